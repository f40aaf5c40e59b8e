/** A client's own page, told in one card: what they asked, open ones first. */
import { ArrowRight, MessageSquarePlus } from 'lucide-react'
import { listTickets, type TicketRow } from '#contract/support'
import { Card } from '#platform/ui/card.tsx'
import type { CardProps } from '#platform/ui/cards.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { DateText } from '#platform/ui/date-text.tsx'
import { ButtonLink, Link } from '#platform/ui/link.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { ErrorState } from '#platform/ui/states.tsx'
import { newTo, type QueueAddress, queueTo, ticketTo } from '../addresses.ts'
import { DueText } from '../due.tsx'
import { StatusBadge } from '../ticket-words.tsx'

const most = 5

export function TicketsCard({ id: clientId }: CardProps) {
  const t = useMessages()
  const formats = useFormats()
  const may = useMay()
  const all = { queue: 'all', clientId, snoozed: 'yes', sort: '-last' } satisfies QueueAddress
  const { data, error, refetch } = useEndpoint(listTickets, { query: { ...all, limit: most } })
  return (
    <Card
      title={t('support.card.of-client')}
      actions={
        <>
          {may('tickets.write') && (
            <ButtonLink
              size="small"
              variant="ghost"
              icon={MessageSquarePlus}
              to={`${newTo}?clientId=${clientId}`}
            >
              {t('support.queue.new')}
            </ButtonLink>
          )}
          {data && data.total > 0 && (
            <ButtonLink size="small" variant="ghost" icon={ArrowRight} to={queueTo(all)}>
              {t('support.card.all', { count: data.total, shown: formats.integer(data.total) })}
            </ButtonLink>
          )}
        </>
      }
    >
      {data ? (
        data.rows.length > 0 ? (
          <ul className="flex flex-col divide-y divide-line text-13">
            {data.rows.map((ticket) => (
              <Line key={ticket.id} ticket={ticket} from={all} />
            ))}
          </ul>
        ) : (
          <p className="text-13 text-ink-muted">{t('support.card.none')}</p>
        )
      ) : error ? (
        <ErrorState error={error} onRetry={refetch} />
      ) : (
        <div aria-hidden className="flex flex-col gap-3 py-1">
          <Skeleton width="70%" />
          <Skeleton width="45%" />
        </div>
      )}
    </Card>
  )
}

function Line({ ticket, from }: { ticket: TicketRow; from: QueueAddress }) {
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2">
      <Link to={ticketTo(ticket.id, from)} className="min-w-0 flex-1 basis-40 truncate hover:underline">
        <span className="text-ink-muted tabular-nums">#{ticket.number}</span>{' '}
        <span lang="fr">{ticket.subject}</span>
      </Link>
      <StatusBadge status={ticket.status} waiting={ticket.waiting} />
      <span className="text-12 text-ink-muted">
        {ticket.status === 'resolved' || (!ticket.dueAt && !ticket.waiting) ? (
          <DateText value={ticket.lastMessageAt} show="relative" />
        ) : (
          <DueText ticket={ticket} />
        )}
      </span>
    </li>
  )
}
