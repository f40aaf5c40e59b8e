import type { Notice } from '#contract/support'
import { cx } from '#platform/ui/cx.ts'
import { DateText } from '#platform/ui/date-text.tsx'
import { Link } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { ticketTo } from '../addresses.ts'

/** « Karim Benali vous mentionne », in which ticket, and when. */
export function NoticeLine({ notice, onOpen }: { notice: Notice; onOpen: () => void }) {
  const t = useMessages()
  const { ticket, kind, by, at, seen } = notice
  return (
    <Link to={ticketTo(ticket.id)} onClick={onOpen} className="flex gap-2 px-3 py-2 text-13 hover:bg-hover">
      <span
        aria-hidden
        className={cx('mt-1.5 size-2 shrink-0 rounded-full', seen ? 'bg-transparent' : 'bg-accent')}
      />
      <span className="min-w-0 flex-1">
        <span className="block truncate font-medium">
          {t(`support.notice.${kind}`, { by })}
          {!seen && <span className="sr-only"> {t('support.alerts.unseen_mark')}</span>}
        </span>
        <span className="block truncate">
          <span className="tabular-nums">#{ticket.number}</span> <span lang="fr">{ticket.subject}</span>
        </span>
        <span className="block text-12 text-ink-muted">
          <DateText value={at} show="both" />
        </span>
      </span>
    </Link>
  )
}
