import { type InvoiceEvent, listInvoiceEvents } from '#contract/billing'
import { Card } from '#platform/ui/card.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { DateText } from '#platform/ui/date-text.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { ErrorState } from '#platform/ui/states.tsx'
import { eventDetail, eventTitle } from './event-words.ts'

/** The life of a document, the latest first. */
export function LifeCard({ id }: { id: string }) {
  const t = useMessages()
  const { data, error, refetch } = useEndpoint(listInvoiceEvents, { params: { id } })
  return (
    <Card title={t('billing.life')} flush>
      {error ? (
        <ErrorState error={error} onRetry={refetch} />
      ) : !data ? (
        <div className="px-4 pb-4">
          <Skeleton width="60%" />
        </div>
      ) : data.rows.length === 0 ? (
        <p className="px-4 pb-4 text-13 text-ink-muted">{t('billing.life.none')}</p>
      ) : (
        <ol className="pb-1">
          {data.rows.toReversed().map((event) => (
            <EventLine key={event.id} event={event} />
          ))}
        </ol>
      )}
    </Card>
  )
}

function EventLine({ event }: { event: InvoiceEvent }) {
  const t = useMessages()
  const formats = useFormats()
  const detail = eventDetail(event, t, formats)
  return (
    <li className="border-t border-line px-4 py-2 text-13">
      <p className="flex items-baseline justify-between gap-2">
        <span className="font-medium">{eventTitle(event, t)}</span>
        <span className="shrink-0 text-12 text-ink-muted">
          <DateText value={event.at} show="dayTime" />
        </span>
      </p>
      {(detail !== '' || event.by !== '') && (
        <p className="text-12 break-words text-ink-muted">
          {[detail, event.by].filter((part) => part !== '').join(' · ')}
        </p>
      )}
    </li>
  )
}
