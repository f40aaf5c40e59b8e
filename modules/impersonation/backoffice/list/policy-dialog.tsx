import { Check } from 'lucide-react'
import { useState } from 'react'
import {
  chooseImpersonationPolicy,
  type getImpersonationPolicy,
  policies,
  type Policy,
} from '#contract/impersonation'
import type { OutputOf } from '#platform/contract/endpoint.ts'
import { ActDialog } from '#platform/ui/act-dialog.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { Field } from '#platform/ui/field.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { Select } from '#platform/ui/select.tsx'
import { notify } from '#platform/ui/toast.tsx'

type Known = OutputOf<typeof getImpersonationPolicy>

/** What every practice is told, and asked; who was overtaken sees what stands now before choosing again. */
export function PolicyDialog({ known, onClose }: { known: Known; onClose: () => void }) {
  const t = useMessages()
  const [seen, setSeen] = useState(known)
  const [policy, setPolicy] = useState<Policy>(known.policy)
  const choose = useEndpoint(chooseImpersonationPolicy, {
    onSuccess: () => {
      notify.done({ title: t('impersonation.policy.saved') })
      onClose()
    },
    onError: (error) => {
      if (error.code !== 'impersonation_policy_changed') return
      const { current } = error.details as { current: Known } // as the server refuses
      setSeen(current)
      setPolicy(current.policy)
    },
  })
  return (
    <ActDialog
      title={t('impersonation.policy.title')}
      effects={[t('impersonation.policy.help')]}
      action={t('impersonation.policy.save')}
      icon={Check}
      disabled={policy === seen.policy}
      running={choose.isPending}
      error={choose.error}
      onSubmit={() => choose.mutate({ body: { policy, revision: seen.revision } })}
      onClose={onClose}
    >
      <Field name="policy" label={t('impersonation.policy')} help={t(`impersonation.policy.${policy}.help`)}>
        <Select
          options={policies.map((one) => ({ value: one, label: t(`impersonation.policy.${one}`) }))}
          value={policy}
          onChange={setPolicy}
        />
      </Field>
    </ActDialog>
  )
}
