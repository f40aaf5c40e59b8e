import type { Alert } from '#contract/support'
import { cx } from '#platform/ui/cx.ts'
import { DateText } from '#platform/ui/date-text.tsx'
import { Link } from '#platform/ui/link.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { ticketTo } from '../addresses.ts'

/** « Première réponse en retard », of which ticket, and since when one was told. */
export function AlertLine({ alert, onOpen }: { alert: Alert; onOpen: () => void }) {
  const t = useMessages()
  const formats = useFormats()
  const { ticket, kind, target, dueAt, toldAt, seenAt, current } = alert
  const promise = t(target === null ? 'support.alerts.a_promise' : `support.sla.target.${target}`)
  return (
    <Link to={ticketTo(ticket.id)} onClick={onOpen} className="flex gap-2 px-3 py-2 text-13 hover:bg-hover">
      <span
        aria-hidden
        className={cx(
          'mt-1.5 size-2 shrink-0 rounded-full',
          seenAt === null ? 'bg-danger' : 'bg-transparent',
        )}
      />
      <span className="min-w-0 flex-1">
        <span className="flex items-baseline gap-x-2">
          <span
            title={formats.exact(dueAt)}
            className={cx(
              'min-w-0 flex-1 truncate font-medium',
              !current ? 'text-ink-muted' : kind === 'breach' ? 'text-danger-ink' : 'text-warning-ink',
            )}
          >
            {t(`support.alerts.${kind}`, { target: promise })}
          </span>
          {seenAt === null && <span className="sr-only">{t('support.alerts.unseen_mark')}</span>}
          {!current && <span className="shrink-0 text-12 text-ink-muted">{t('support.alerts.settled')}</span>}
        </span>
        <span className="block truncate">
          <span className="tabular-nums">#{ticket.number}</span> <span lang="fr">{ticket.subject}</span>
        </span>
        <span className="block text-12 text-ink-muted">
          <DateText value={toldAt} show="both" />
        </span>
      </span>
    </Link>
  )
}
