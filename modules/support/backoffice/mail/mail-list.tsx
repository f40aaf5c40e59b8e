import { Inbox, Paperclip, SearchX } from 'lucide-react'
import type { ReceivedMailRow, ReceivedState } from '#contract/support'
import type { ApiError } from '#platform/ui/api-error.ts'
import { cx } from '#platform/ui/cx.ts'
import { DateText } from '#platform/ui/date-text.tsx'
import { ButtonLink, Link } from '#platform/ui/link.tsx'
import { LoadMore, type More } from '#platform/ui/load-more.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { EmptyState, ErrorState } from '#platform/ui/states.tsx'
import { mailsTo } from './addresses.ts'
import { senderName, WhyMark } from './mail-words.tsx'

type ListProps = {
  list: {
    rows: readonly ReceivedMailRow[] | undefined
    error: ApiError | Error | null
    stale: boolean
    retry: () => void
    more: More
  }
  state: ReceivedState
  q: string | undefined
  /** The one that is read beside it. */
  read: string | undefined
}

export function MailList({ list: { rows, error, stale, retry, more }, state, q, read }: ListProps) {
  const t = useMessages()
  if (!rows)
    return error ? (
      <ErrorState error={error} onRetry={retry} />
    ) : (
      <div aria-hidden className="flex flex-col gap-5 rounded-card border border-line bg-surface p-3">
        {[0, 1, 2, 3].map((line) => (
          <span key={line} className="flex flex-col gap-2">
            <Skeleton width="60%" />
            <Skeleton width="90%" />
          </span>
        ))}
      </div>
    )
  if (rows.length === 0)
    return (
      <div className="rounded-card border border-line bg-surface">
        {q ? (
          <EmptyState
            icon={SearchX}
            title={t('support.received.none.search', { q })}
            action={<ButtonLink to={mailsTo({ state })}>{t('support.filters.clear')}</ButtonLink>}
          />
        ) : (
          <EmptyState icon={Inbox} title={t(`support.received.none.${state}`)}>
            <p>{t(`support.received.none.${state}.help`)}</p>
          </EmptyState>
        )}
      </div>
    )
  return (
    <>
      <ul
        aria-label={t('support.received.list')}
        aria-busy={stale}
        className="divide-y divide-line overflow-hidden rounded-card border border-line bg-surface"
      >
        {rows.map((mail) => (
          <li key={mail.id}>
            <Line mail={mail} to={mailsTo({ state, q, mail: mail.id })} isRead={mail.id === read} />
          </li>
        ))}
      </ul>
      <LoadMore more={more} shown={rows.length} />
    </>
  )
}

type LineProps = { mail: ReceivedMailRow; to: string; isRead: boolean }

/** Enter on it goes on to what can be done with it. */
function Line({ mail, to, isRead }: LineProps) {
  const t = useMessages()
  const { id, from, subject, excerpt, receivedAt, why, files } = mail
  return (
    <Link
      to={to}
      id={rowOf(id)}
      {...(isRead && { 'aria-current': 'true' as const })}
      onClick={focusActs}
      className={cx(
        'flex flex-col gap-0.5 border-l-2 px-3 py-2 focus-visible:-outline-offset-2',
        isRead
          ? 'lg:border-accent lg:bg-accent-soft max-lg:border-transparent'
          : 'border-transparent hover:bg-hover',
      )}
    >
      <span className="flex min-w-0 items-baseline gap-2">
        <span lang="fr" className="min-w-0 flex-1 truncate text-13 font-medium">
          {senderName(from, t)}
        </span>
        {files > 0 && (
          <span className="inline-flex shrink-0 items-center gap-0.5 self-center text-12 text-ink-muted">
            <Paperclip aria-hidden size={13} />
            <span aria-hidden>{files}</span>
            <span className="sr-only">{t('support.received.files', { count: files })}</span>
          </span>
        )}
        <span className="shrink-0 text-12 text-ink-muted">
          <DateText value={receivedAt} show="relative" />
        </span>
      </span>
      <span lang="fr" className="truncate text-13">
        {subject || t('support.received.no-subject')}
      </span>
      {excerpt && (
        <span lang="fr" className="truncate text-12 text-ink-muted">
          {excerpt}
        </span>
      )}
      {why && (
        <span className="mt-0.5">
          <WhyMark why={why} />
        </span>
      )}
    </Link>
  )
}

/** What the line of a mail is known by on the page. */
export const rowOf = (id: string) => `mail-${id}`

/** Has the focus stand on a mail of the list. */
export function focusMail(id: string): void {
  requestAnimationFrame(() => document.getElementById(rowOf(id))?.focus())
}

function focusActs(): void {
  requestAnimationFrame(() =>
    document.querySelector<HTMLElement>('[data-mail-act], [data-mail-view]')?.focus(),
  )
}
