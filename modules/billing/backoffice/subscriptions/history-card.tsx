import type { Subscription } from '#contract/billing'
import { Card } from '#platform/ui/card.tsx'
import { DateText } from '#platform/ui/date-text.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { remark, said } from './history-words.ts'

/** What happened, the latest first, and by whom. */
export function HistoryCard({ events }: Pick<Subscription, 'events'>) {
  const t = useMessages()
  const formats = useFormats()
  return (
    <Card title={t('billing.subscriptions.history')} flush className="self-start">
      <ol className="mt-1 pb-1 text-13">
        {events.map((event) => (
          <li key={event.id} className="border-t border-line px-4 py-2">
            <p>{said(event, t, formats)}</p>
            {remark(event) !== '' && (
              <p className="whitespace-pre-line text-ink-muted wrap-anywhere">{remark(event)}</p>
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
