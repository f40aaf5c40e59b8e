import type { ClientStatus } from '#contract/clients'
import { clientStatuses, clientTotals } from '#contract/clients'
import { cx } from '#platform/ui/cx.ts'
import { useEndpoint } from '#platform/ui/data.ts'
import { LiveFigure } from '#platform/ui/just-changed.tsx'
import { Link } from '#platform/ui/link.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { listTo } from './addresses.ts'
import { type ClientFilters, isSet } from './client-filters.ts'

type Total = 'total' | ClientStatus | 'trashed'

/** How many there are of each, whatever is searched for: each figure leads to exactly its clients. */
export function Totals({ filters }: { filters: ClientFilters }) {
  const t = useMessages()
  const formats = useFormats()
  const may = useMay()
  const totals = useEndpoint(clientTotals, {})
  const shown: Total[] = ['total', ...clientStatuses, ...(may('clients.trash') ? (['trashed'] as const) : [])]
  const here = shownTotal(filters)
  return (
    <nav
      aria-label={t('clients.totals')}
      className="grid grid-cols-3 overflow-hidden rounded-card border border-line bg-surface sm:flex"
    >
      {shown.map((total) => (
        <Link
          key={total}
          to={addressOf(total)}
          {...(total === here && { 'aria-current': 'true' as const })}
          className={cx(
            'min-w-0 flex-1 border-line px-4 py-2.5 transition-colors focus-visible:-outline-offset-2',
            '-mb-px border-b max-sm:[&:not(:nth-child(3n))]:border-r sm:not-last:border-r',
            total === here ? 'bg-accent-soft' : 'hover:bg-hover',
          )}
        >
          <span
            className={cx(
              'block truncate text-12 font-medium',
              total === here ? 'text-accent-ink' : 'text-ink-muted',
            )}
          >
            {t(`clients.totals.${total}`)}
          </span>
          <span className="mt-0.5 block text-16 font-semibold tabular-nums">
            {totals.data ? (
              <LiveFigure value={formats.integer(totals.data[total])} />
            ) : (
              <span className="flex h-6 items-center">
                <Skeleton width={36} height={14} />
              </span>
            )}
          </span>
        </Link>
      ))}
    </nav>
  )
}

function addressOf(total: Total): string {
  if (total === 'total') return listTo()
  if (total === 'trashed') return listTo({ trash: 'in' })
  return listTo({ status: [total] })
}

/** The figure the list is exactly about, if there is one. */
function shownTotal({ status = [], trash, ...others }: ClientFilters): Total | null {
  if (Object.values(others).some(isSet) || trash === 'any' || status.length > 1) return null
  const [only] = status
  if (trash === 'in') return only ? null : 'trashed'
  return only ?? 'total'
}
