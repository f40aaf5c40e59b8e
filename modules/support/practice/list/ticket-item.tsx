import { ChevronRight } from 'lucide-react'
import { useState } from 'react'
import type { OwnTicket } from '#contract/support'
import { cx } from '#platform/ui/cx.ts'
import { DateText } from '#platform/ui/date-text.tsx'
import { Link } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { ticketTo } from '../addresses.ts'
import { isRatable } from '../dates.ts'
import { Expected, stateOf, StateBadge } from '../ticket-words.tsx'

/** One thing that was asked: the whole of it leads to what was said. */
export function TicketItem({ ticket }: { ticket: OwnTicket }) {
  const t = useMessages()
  const { id, number, subject, topic, openedBy, lastMessageAt, expectedAt, resolvedAt, rating } = ticket
  const state = stateOf(ticket)
  const [now] = useState(() => new Date())
  const isToRate = resolvedAt !== null && !rating && isRatable(resolvedAt, now)
  return (
    <article
      className={cx(
        'relative flex items-center gap-3 rounded-card border bg-surface p-3 transition-colors hover:bg-hover sm:px-4',
        'has-focus-visible:outline-2 has-focus-visible:outline-offset-1 has-focus-visible:outline-accent',
        state === 'yours' ? 'border-warning' : 'border-line',
      )}
    >
      <div className="flex min-w-0 flex-1 flex-col gap-1">
        <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <h2 className="min-w-0 text-14 font-semibold wrap-anywhere">
            <Link to={ticketTo(id)} className="outline-none after:absolute after:inset-0">
              <span dir="auto">{subject}</span>
            </Link>
          </h2>
          <StateBadge ticket={ticket} />
        </div>
        <p className="flex flex-wrap gap-x-1.5 text-12 text-ink-muted tabular-nums">
          <span>{t('support.own.number', { number })}</span>
          <Dot />
          <span>{t(`support.own.topic.${topic}`)}</span>
          <Dot />
          <span>{openedBy}</span>
          <Dot />
          <DateText value={resolvedAt ?? lastMessageAt} show="relative" />
        </p>
        {state !== 'yours' && state !== 'resolved' && expectedAt && (
          <p className="text-12">
            <Expected at={expectedAt} />
          </p>
        )}
        {isToRate && <p className="text-12 text-ink-muted">{t('support.own.rate.please')}</p>}
      </div>
      <ChevronRight aria-hidden size={16} className="shrink-0 text-ink-faint" />
    </article>
  )
}

const Dot = () => <span aria-hidden>·</span>
