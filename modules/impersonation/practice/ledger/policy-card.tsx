import { useState } from 'react'
import { chooseOwnPolicy, policies, stricter, type Policy } from '#contract/impersonation'
import { Button } from '#platform/ui/button.tsx'
import { Card } from '#platform/ui/card.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { Field } from '#platform/ui/field.tsx'
import { FormErrors } from '#platform/ui/form.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { Select } from '#platform/ui/select.tsx'
import { notify } from '#platform/ui/toast.tsx'

type Choice = Policy | 'vendor'
type PolicyCardProps = { policy: { vendor: Policy; own: Policy | null; effective: Policy } }

/** What the practice is told and asked: as the vendor says to all, or sooner. */
export function PolicyCard({ policy: { vendor, own, effective } }: PolicyCardProps) {
  const t = useMessages()
  const sooner = policies.filter((one) => one !== vendor && stricter(vendor, one) === one)
  const kept: Choice = own !== null && sooner.includes(own) ? own : 'vendor'
  const [chosen, setChosen] = useState<Choice>(kept)
  const choose = useEndpoint(chooseOwnPolicy, {
    onSuccess: () => notify.done({ title: t('impersonation.practice.policy.saved') }),
  })
  return (
    <Card title={t('impersonation.practice.policy')}>
      <p className="max-w-prose text-13">{t(`impersonation.practice.policy.${effective}`)}</p>
      {sooner.length > 0 && (
        <div className="mt-3 flex flex-col gap-3">
          {choose.error && <FormErrors error={choose.error} />}
          <div className="flex flex-wrap items-end gap-2">
            <div className="min-w-64 flex-1">
              <Field
                label={t('impersonation.practice.policy.choice')}
                help={t('impersonation.practice.policy.help')}
              >
                <Select<Choice>
                  value={chosen}
                  onChange={setChosen}
                  options={[
                    {
                      value: 'vendor',
                      label: t('impersonation.practice.policy.vendor', {
                        policy: t(`impersonation.practice.policy.${vendor}.short`),
                      }),
                    },
                    ...sooner.map((value) => ({
                      value,
                      label: t(`impersonation.practice.policy.${value}.short`),
                    })),
                  ]}
                />
              </Field>
            </div>
          </div>
          {chosen !== kept && (
            <div>
              <Button
                variant="primary"
                loading={choose.isPending}
                onClick={() => choose.mutate({ body: { policy: chosen === 'vendor' ? null : chosen } })}
              >
                {t('impersonation.practice.policy.save')}
              </Button>
            </div>
          )}
        </div>
      )}
    </Card>
  )
}
