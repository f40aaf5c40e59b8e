import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { listSqlQueries, type SqlQueryLine } from '#contract/sql-console'
import { useEndpoint } from '#platform/ui/data.ts'
import { Sheet } from '#platform/ui/dialog.tsx'
import { SearchInput } from '#platform/ui/input.tsx'
import { Link } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { useSession } from '#platform/ui/session.tsx'
import { useSettledText } from '#platform/ui/settled-text.ts'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { ErrorState } from '#platform/ui/states.tsx'
import { queriesTo } from './addresses.ts'
import { QueryBadge, QueryTargetName } from './query-words.tsx'

type OpenSheetProps = { onOpen: (id: string) => void; onClose: () => void }

/** More than one looks through: beyond, one searches. */
const shownAtOnce = 100

/** One's own first, then what others share; arrows go from one to the next. */
export function OpenSheet({ onOpen, onClose }: OpenSheetProps) {
  const t = useMessages()
  return (
    <Sheet open onOpenChange={(open) => !open && onClose()} title={t('sql.saved.open')}>
      <Finder onOpen={onOpen} />
    </Sheet>
  )
}

function Finder({ onOpen }: Pick<OpenSheetProps, 'onOpen'>) {
  const t = useMessages()
  const { id: me } = useSession()
  const [q, setQ] = useState('')
  const [text, setText] = useSettledText(q, setQ)
  const frame = useRef<HTMLDivElement>(null)
  const query = { ...(q && { q }), limit: shownAtOnce }
  const { data, error, refetch } = useEndpoint(listSqlQueries, { query }, { keepPrevious: true })
  const mine = data?.rows.filter(({ owner }) => owner.id === me) ?? []
  const others = data?.rows.filter(({ owner }) => owner.id !== me) ?? []
  const move = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step === 0) return
    const places = [
      ...(frame.current?.querySelectorAll<HTMLElement>('input[type="search"], li button') ?? []),
    ]
    const next = places[places.findIndex((one) => one === document.activeElement) + step]
    event.preventDefault()
    next?.focus()
  }
  const field = useRef<HTMLInputElement>(null)
  // Once the sheet has taken the focus, which goes to its first button.
  useEffect(() => {
    const timer = setTimeout(() => field.current?.focus(), 60)
    return () => clearTimeout(timer)
  }, [])
  return (
    <>
      {/* Keys typed in the field or on a line bubble up to here. */}
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions */}
      <div ref={frame} onKeyDown={move} className="flex flex-col gap-3 pt-0.5">
        <form
          onSubmit={(event) => {
            event.preventDefault()
            const [first] = [...mine, ...others]
            if (first && text.trim() === q) onOpen(first.id)
          }}
          className="[&>div]:w-full!"
        >
          <SearchInput ref={field} value={text} onChange={setText} label={t('sql.saved.search')} />
        </form>
        {error && !data && <ErrorState error={error} onRetry={() => void refetch()} />}
        {!error && !data && <Skeleton height={160} width="100%" />}
        {data?.rows.length === 0 && (
          <p className="text-13 text-ink-muted">{t(q ? 'sql.saved.none.found' : 'sql.saved.none.help')}</p>
        )}
        <Group title={t('sql.saved.whose.mine')} rows={mine} onOpen={onOpen} />
        <Group title={t('sql.saved.others')} rows={others} onOpen={onOpen} />
        <Link to={queriesTo()} className="text-13 text-accent-ink underline underline-offset-2">
          {t('sql.saved.all')}
        </Link>
      </div>
    </>
  )
}

type GroupProps = { title: string; rows: readonly SqlQueryLine[]; onOpen: (id: string) => void }

function Group({ title, rows, onOpen }: GroupProps) {
  const t = useMessages()
  const { id: me } = useSession()
  if (rows.length === 0) return null
  return (
    <section aria-label={title}>
      <h3 className="mb-1 text-12 font-medium text-ink-muted">{title}</h3>
      <ul className="divide-y divide-line rounded-card border border-line bg-surface">
        {rows.map((row) => (
          <li key={row.id}>
            <button
              type="button"
              onClick={() => onOpen(row.id)}
              className="flex w-full min-w-0 flex-col gap-0.5 px-3 py-2 text-left -outline-offset-2 hover:bg-hover"
            >
              <span className="flex w-full min-w-0 items-center gap-2">
                <span className="min-w-0 flex-1 truncate text-13 font-medium">{row.name}</span>
                <QueryBadge state={row.state} />
              </span>
              {row.description && (
                <span className="line-clamp-1 w-full text-12 text-ink-muted">{row.description}</span>
              )}
              <span className="flex w-full min-w-0 flex-wrap gap-x-3 text-12 text-ink-muted">
                <QueryTargetName target={row.target} />
                {row.owner.id !== me && <span>{t('sql.saved.by', { name: row.owner.name })}</span>}
                {row.owner.id === me && row.reach === 'everyone' && (
                  <span>{t('sql.saved.reach.everyone')}</span>
                )}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
