import { useState } from 'react'
import { requireSecondFactor } from '#contract/identity'
import { Card } from '#platform/ui/card.tsx'
import { Switch } from '#platform/ui/checkbox.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { DangerDialog } from '#platform/ui/dialog.tsx'
import { sentenceOf } from '#platform/ui/errors.ts'
import { TextLink } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { Problem } from '#platform/ui/problem.tsx'
import { notify } from '#platform/ui/toast.tsx'

type SecondFactorRuleProps = {
  required: boolean
  /** Whether who asks has one: nobody asks of others what they do not do. */
  own: boolean
  /** How many would have to enrol one. */
  without: number
}

/** Everybody who works here shows a second factor, or may. */
export function SecondFactorRule({ required, own, without }: SecondFactorRuleProps) {
  const t = useMessages()
  const [asked, setAsked] = useState(false)
  const rule = useEndpoint(requireSecondFactor, {
    onSuccess: ({ required: now }) => {
      setAsked(false)
      notify.done({ title: t(now ? 'identity.team.rule.on' : 'identity.team.rule.off') })
    },
    onError: (error) =>
      error.code !== 'step_up_required' && !asked && notify.failed({ title: sentenceOf(error, t) }),
  })
  const set = (wanted: boolean) => rule.mutate({ body: { required: wanted } })
  return (
    <Card title={t('identity.account.factors')}>
      <div className="flex items-start gap-3">
        <div className="min-w-0 flex-1 text-13">
          <p className="font-medium">{t('identity.team.rule')}</p>
          <p className="mt-0.5 text-12 text-ink-muted">{t('identity.team.rule.help')}</p>
          {!own && !required && (
            <p className="mt-1 text-12">
              {t.rich('identity.team.rule.own-first', {
                account: (
                  <TextLink key="account" to="/account">
                    {t('identity.practice.account')}
                  </TextLink>
                ),
              })}
            </p>
          )}
        </div>
        <Switch
          label={t('identity.team.rule')}
          checked={required}
          disabled={rule.isPending || (!own && !required)}
          onChange={(wanted) => (wanted ? setAsked(true) : set(false))}
        />
      </div>
      <DangerDialog
        open={asked}
        onOpenChange={(open) => {
          if (open) return
          rule.reset()
          setAsked(false)
        }}
        title={t('identity.team.rule.ask')}
        description={t('identity.team.rule.ask.help', { without })}
        action={t('identity.team.rule.submit')}
        loading={rule.isPending}
        onConfirm={() => set(true)}
      >
        {rule.error && rule.error.code !== 'step_up_required' && (
          <Problem>{sentenceOf(rule.error, t)}</Problem>
        )}
      </DangerDialog>
    </Card>
  )
}
