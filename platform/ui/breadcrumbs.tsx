import { ChevronRight } from 'lucide-react'
import { Link } from './link.tsx'
import { useMessages } from './messages.tsx'

export type Crumb = { label: string; to?: string | undefined }

/** Where one is. On a narrow screen only the way back up is shown. */
export function Breadcrumbs({ crumbs }: { crumbs: readonly Crumb[] }) {
  const t = useMessages()
  return (
    <nav aria-label={t('ui.breadcrumbs')} className="-ml-1 min-w-0">
      <ol className="flex min-w-0 items-center gap-1 text-13">
        {crumbs.map(({ label, to }, index) => {
          const last = index === crumbs.length - 1
          return (
            <li
              key={`${index} ${label}`}
              className={
                last ? 'flex min-w-0 items-center gap-1' : 'flex shrink-0 items-center gap-1 max-sm:hidden'
              }
            >
              {index > 0 && (
                <ChevronRight aria-hidden size={14} className="shrink-0 text-ink-faint max-sm:hidden" />
              )}
              {to && !last ? (
                <Link to={to} className="truncate rounded-small px-1 text-ink-muted hover:text-ink">
                  {label}
                </Link>
              ) : (
                <span
                  {...(last && { 'aria-current': 'page' as const })}
                  className={last ? 'truncate px-1 font-medium' : 'truncate px-1 text-ink-muted'}
                >
                  {label}
                </span>
              )}
            </li>
          )
        })}
      </ol>
    </nav>
  )
}
