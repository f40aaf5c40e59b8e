import type { SubscriptionSummary } from '#contract/billing'
import { Badge, type Tone } from '#platform/ui/badge.tsx'
import { useMessages } from '#platform/ui/messages.tsx'

const tones: Record<SubscriptionSummary['status'], Tone> = {
  trialing: 'info',
  active: 'success',
  past_due: 'danger',
  paused: 'neutral',
  cancelled: 'warning',
  ended: 'neutral',
}

export function SubscriptionBadge({ status }: Pick<SubscriptionSummary, 'status'>) {
  const t = useMessages()
  return <Badge tone={tones[status]}>{t(`billing.subscriptions.status.${status}`)}</Badge>
}
