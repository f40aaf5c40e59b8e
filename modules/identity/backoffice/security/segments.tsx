import { cx } from '#platform/ui/cx.ts'
import { Link } from '#platform/ui/link.tsx'

type SegmentsProps = {
  label: string
  options: readonly { label: string; to: string; current: boolean }[]
}

/** A few views of the same list, one of them open; each is an address, so Back goes back. */
export function Segments({ label, options }: SegmentsProps) {
  return (
    <nav
      aria-label={label}
      className="inline-flex max-w-full overflow-x-auto rounded-control border border-line-strong bg-surface base-ui-disable-scrollbar"
    >
      {options.map((option) => (
        <Link
          key={option.to}
          to={option.to}
          {...(option.current && { 'aria-current': 'true' as const })}
          className={cx(
            'flex h-control shrink-0 items-center border-line-strong px-3 text-13 font-medium whitespace-nowrap transition-colors not-last:border-r focus-visible:-outline-offset-2',
            option.current
              ? 'bg-accent-soft text-accent-ink'
              : 'text-ink-muted hover:bg-hover hover:text-ink',
          )}
        >
          {option.label}
        </Link>
      ))}
    </nav>
  )
}
