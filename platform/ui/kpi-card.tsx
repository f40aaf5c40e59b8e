import { ArrowDownRight, ArrowRight, ArrowUpRight } from 'lucide-react'
import { MISSING } from './formats.ts'
import { LiveFigure } from './just-changed.tsx'
import { Link } from './link.tsx'
import { useFormats, useMessages } from './messages.tsx'
import { Skeleton } from './skeleton.tsx'

export type KpiDetail = { label: string; value: string; to?: string | undefined }

type KpiCardProps = {
  label: string
  /** Already written out: « 18 420,50 € ». */
  value: string
  /** What the figure counts: « HT ». */
  unit?: string | undefined
  /** Where the lines behind the figure are. No figure without its lines. */
  to: string
  change?:
    | {
        ratio: number | null
        /** Shown in place of the share where that would say nothing: « +3 ». Only the ratio's sign counts then. */
        difference?: string
        against: string
        better: 'up' | 'down'
      }
    | undefined
  details?: readonly KpiDetail[] | undefined
  /** The rule it is counted by, where its name does not say. */
  note?: string | undefined
}

export function KpiCard({ label, value, unit, to, change, details, note }: KpiCardProps) {
  return (
    <section
      aria-label={label}
      className="@container relative flex min-w-0 flex-col rounded-card border border-line bg-surface px-4 py-3 max-sm:px-3"
    >
      <h2 className="text-12 font-medium text-ink-muted">{label}</h2>
      <p className="mt-1 text-20 font-semibold tabular-nums @3xs:text-24">
        {/* The whole card leads to the lines, under the links of its details. */}
        <Link
          to={to}
          className="rounded-small decoration-line-strong underline-offset-4 after:absolute after:inset-0 after:rounded-card hover:underline"
        >
          <LiveFigure value={value} />
        </Link>
        {unit && <span className="ml-1.5 inline-block text-13 font-regular text-ink-muted">{unit}</span>}
      </p>
      {change && <Change {...change} />}
      {note && <p className="mt-1 text-12 text-ink-muted">{note}</p>}
      {details && (
        // Lines of 24 px: what can be pressed keeps the distance WCAG 2.2 asks for (2.5.8).
        <ul className="flex flex-wrap gap-x-3 text-12/6 text-ink-muted">
          {details.map((detail) => (
            <li key={detail.label}>
              {detail.to ? (
                <Link to={detail.to} className="relative rounded-small hover:text-ink hover:underline">
                  <Figure {...detail} />
                </Link>
              ) : (
                <Figure {...detail} />
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function Figure({ value, label }: KpiDetail) {
  return (
    <>
      <span className="font-medium text-ink tabular-nums">
        <LiveFigure value={value} />
      </span>{' '}
      {label}
    </>
  )
}

/** An arrow and a sign before the colour: colour never speaks alone. */
function Change({ ratio, difference, against, better }: NonNullable<KpiCardProps['change']>) {
  const formats = useFormats()
  const t = useMessages()
  if (ratio === null)
    return (
      <p className="mt-1 text-12 text-ink-muted">
        <span aria-hidden>
          {MISSING} {against}
        </span>
        <span className="sr-only">{t('ui.kpi.no-comparison', { against })}</span>
      </p>
    )
  const direction = ratio > 0 ? 'up' : ratio < 0 ? 'down' : 'flat'
  const Icon = { up: ArrowUpRight, down: ArrowDownRight, flat: ArrowRight }[direction]
  const tone =
    direction === 'flat' ? 'text-ink-muted' : direction === better ? 'text-success-ink' : 'text-danger-ink'
  return (
    <p className="mt-1 flex items-center gap-1 text-12 text-ink-muted tabular-nums">
      <span className={`inline-flex items-center gap-0.5 font-medium ${tone}`}>
        <Icon aria-hidden size={14} />
        {difference ?? formats.change(ratio)}
      </span>
      {against}
    </p>
  )
}

/** A card whose figure is not there yet, at its true height: with a change, and a line of details below it. */
export function KpiSkeleton({ details = false }: { details?: boolean }) {
  return (
    <div aria-hidden className="rounded-card border border-line bg-surface px-4 py-3">
      <div className="flex h-4 items-center">
        <Skeleton width={96} height={10} />
      </div>
      <div className="mt-1 flex h-8 items-center">
        <Skeleton width={144} height={22} />
      </div>
      <div className="mt-1 flex h-4 items-center">
        <Skeleton width={112} height={10} />
      </div>
      {details && (
        <div className="flex h-6 items-center">
          <Skeleton width={176} height={10} />
        </div>
      )}
    </div>
  )
}
