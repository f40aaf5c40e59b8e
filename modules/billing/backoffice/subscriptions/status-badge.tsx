import type { SubscriptionSummary } from '#contract/billing'
import { Badge, type Tone } from '#platform/ui/badge.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'

const tones: Record<SubscriptionSummary['status'], Tone> = {
  trialing: 'info',
  active: 'success',
  past_due: 'danger',
  paused: 'neutral',
  cancelled: 'warning',
  ended: 'neutral',
}

type SubscriptionBadgeProps = Pick<SubscriptionSummary, 'status'> & { endsOn?: string | null }

/** @param endsOn said with it, where no other place says it */
export function SubscriptionBadge({ status, endsOn }: SubscriptionBadgeProps) {
  const t = useMessages()
  const formats = useFormats()
  return (
    <Badge tone={tones[status]}>
      {status === 'cancelled' && endsOn
        ? t('billing.subscriptions.ends-badge', { day: formats.day(endsOn) })
        : t(`billing.subscriptions.status.${status}`)}
    </Badge>
  )
}
