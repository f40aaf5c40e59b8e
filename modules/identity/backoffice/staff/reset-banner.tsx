import { Check, Hourglass, ShieldQuestionMark, X } from 'lucide-react'
import type { FactorReset } from '#contract/identity'
import { Button } from '#platform/ui/button.tsx'
import { DateText } from '#platform/ui/date-text.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { Banner } from './next-step.tsx'
import { callOffWords, resetCan, useResetActs } from './reset-acts.ts'
import { useAsker } from './staff-acts.ts'

/** A lost factor that is being reset: who asked and why, who agreed, what is missing, when it happens. */
export function ResetBanner({ reset, name }: { reset: FactorReset; name: string }) {
  const t = useMessages()
  const asker = useAsker()
  const acts = useResetActs()
  if (reset.state === 'done' || reset.state === 'cancelled') return null
  return (
    <Banner
      icon={reset.state === 'delayed' ? Hourglass : ShieldQuestionMark}
      tone="warning"
      act={
        <>
          {resetCan.callOff(reset, asker) && (
            <Button icon={X} loading={acts.callingOff} onClick={() => acts.callOff(reset)}>
              {t(callOffWords(reset))}
            </Button>
          )}
          {resetCan.approve(reset) && (
            <Button
              icon={Check}
              variant="primary"
              loading={acts.approving}
              onClick={() => acts.approve(reset)}
            >
              {t('identity.staff.reset.approve')}
            </Button>
          )}
        </>
      }
    >
      <p className="font-medium">
        {t.rich(reset.requestedBy ? 'identity.staff.reset.by' : 'identity.staff.reset.by-themselves', {
          by: reset.requestedBy,
          name,
          date: <DateText key="date" value={reset.requestedAt} show="dayTime" />,
        })}
      </p>
      <p className="wrap-anywhere">{t('identity.staff.next.reason', { reason: reset.reason })}</p>
      <p>
        <Standing reset={reset} />
      </p>
    </Banner>
  )
}

function Standing({ reset: { state, approvals, effectiveAt } }: { reset: FactorReset }) {
  const t = useMessages()
  const formats = useFormats()
  const names = formats.list(approvals.map(({ name }) => name))
  if (state === 'delayed')
    return t.rich('identity.staff.reset.delayed', {
      names,
      date: <DateText key="date" value={effectiveAt} show="both" />,
    })
  return approvals.length === 0
    ? t('identity.staff.reset.needs-two')
    : t('identity.staff.reset.needs-one', { names })
}
