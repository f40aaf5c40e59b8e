import type { PatientRequest } from '#contract/patients'
import { Badge } from '#platform/ui/badge.tsx'
import { useMessages } from '#platform/ui/messages.tsx'

/** From so many days before the last one on, it presses. */
const soon = 7

export function RequestBadge({ request }: { request: PatientRequest }) {
  const t = useMessages()
  const { state, daysLeft } = request
  if (state === 'answered') return <Badge tone="success">{t('patients.request.state.answered')}</Badge>
  if (state === 'refused') return <Badge>{t('patients.request.state.refused')}</Badge>
  if (daysLeft !== null && daysLeft < 0)
    return <Badge tone="danger">{t('patients.request.overdue', { days: -daysLeft })}</Badge>
  return (
    <Badge tone={daysLeft !== null && daysLeft <= soon ? 'warning' : 'info'}>
      {t('patients.request.days-left', { days: daysLeft ?? 0 })}
    </Badge>
  )
}
