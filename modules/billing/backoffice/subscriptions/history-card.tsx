import type { Subscription } from '#contract/billing'
import { Card } from '#platform/ui/card.tsx'
import { DateText } from '#platform/ui/date-text.tsx'
import { useMessages, type MessageKey, type Translate } from '#platform/ui/messages.tsx'

const known = [
  'started',
  'activated',
  'trial_extended',
  'plan_changed',
  'plan_change_planned',
  'plan_change_withdrawn',
  'paused',
  'resumed',
  'continued',
  'cancelled',
  'reactivated',
  'ended',
  'updated',
  'options_changed',
  'coupon_applied',
  'coupon_removed',
  'extra_added',
  'extra_removed',
  'fell_behind',
  'caught_up',
] as const

/** What happened, the latest first, and by whom. */
export function HistoryCard({ events }: Pick<Subscription, 'events'>) {
  const t = useMessages()
  return (
    <Card title={t('billing.subscriptions.history')} flush className="self-start">
      <ol className="mt-1 pb-1 text-13">
        {events.map((event) => (
          <li key={event.id} className="border-t border-line px-4 py-2">
            <p>{said(event.kind, t)}</p>
            {typeof event.data['why'] === 'string' && event.data['why'] !== '' && (
              <p className="text-ink-muted wrap-anywhere">{event.data['why']}</p>
            )}
            <p className="text-12 text-ink-muted">
              <DateText value={event.at} /> · {event.by ?? t('billing.subscriptions.by-itself')}
            </p>
          </li>
        ))}
      </ol>
    </Card>
  )
}

function said(kind: string, t: Translate): string {
  const one = known.find((word) => word === kind)
  return one ? t(`billing.subscriptions.event.${one}` satisfies MessageKey) : kind
}
