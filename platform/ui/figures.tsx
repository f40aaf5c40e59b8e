import { cx } from './cx.ts'
import { LiveFigure } from './just-changed.tsx'
import { Link } from './link.tsx'
import { Skeleton } from './skeleton.tsx'

export type FigureLink = {
  label: string
  /** Written out; undefined while it is on its way. */
  value: string | undefined
  to: string
  /** What the page is exactly about now. */
  current?: boolean
}

type FiguresProps = { label: string; figures: readonly FigureLink[] }

/** Figures side by side, each the way to its lines. */
export function Figures({ label, figures }: FiguresProps) {
  return (
    <nav
      aria-label={label}
      className="flex flex-wrap overflow-hidden rounded-card border border-line bg-surface"
    >
      {figures.map(({ label: name, value, to, current = false }) => (
        <Link
          key={name}
          to={to}
          {...(current && { 'aria-current': 'true' as const })}
          className={cx(
            'min-w-0 flex-1 px-4 max-sm:px-3 py-2.5 transition-colors focus-visible:-outline-offset-2',
            // Lines between neighbours, however many a line holds; those at the edges lie under the frame.
            '-mr-px -mb-px border-r border-b border-line',
            figures.length > 4 ? 'max-sm:basis-[30%]' : 'max-sm:basis-[45%]',
            current ? 'bg-accent-soft' : 'hover:bg-hover',
          )}
        >
          <span
            className={cx(
              'block truncate text-12 font-medium',
              current ? 'text-accent-ink' : 'text-ink-muted',
            )}
          >
            {name}
          </span>
          <span className="mt-0.5 block text-16 font-semibold tabular-nums">
            {value === undefined ? (
              <span className="flex h-6 items-center">
                <Skeleton width={36} height={14} />
              </span>
            ) : (
              <LiveFigure value={value} />
            )}
          </span>
        </Link>
      ))}
    </nav>
  )
}
