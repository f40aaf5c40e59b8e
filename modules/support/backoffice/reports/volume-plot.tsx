import { type ReactNode, useState } from 'react'
import { type ReportTickets, ticketsOf } from '#contract/support'
import { ChartTip, TipLine } from '#platform/ui/chart-tip.tsx'
import { MarkLink } from '#platform/ui/mark-link.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { ticketsTo } from './address.ts'
import { useBucketWords } from './bucket-words.ts'
import type { Bucket, Unit } from './buckets.ts'

type VolumePlotProps = { buckets: readonly Bucket[]; unit: Unit; width: number }

/** Three bands, one below the other, so that each mark is as wide as its day: what stood open, what came, what went. */
const bands = {
  open: { top: 28, height: 68 },
  opened: { top: 124, height: 68 },
  resolved: { top: 220, height: 68 },
} as const
type Band = keyof typeof bands
const height = 320
const fills = { opened: 'var(--chart-1)', resolved: 'var(--chart-5)' }
const dot = { fill: 'var(--surface)', stroke: 'var(--chart-2)', strokeWidth: 2 }
/** Values stand above their marks where they have room. */
const roomForValues = 26
const roomForLabel = 48

export function VolumePlot({ buckets, unit, width }: VolumePlotProps) {
  const t = useMessages()
  const formats = useFormats()
  const words = useBucketWords(unit)
  const [active, setActive] = useState<{ at: number; band: Band } | null>(null)
  const column = width / Math.max(1, buckets.length)
  const most = Math.max(1, ...buckets.flatMap(({ opened, resolved }) => [opened, resolved]))
  const mostOpen = Math.max(1, ...buckets.map(({ open }) => open))
  const heightOf = (band: Band, count: number) =>
    (count / (band === 'open' ? mostOpen : most)) * (bands[band].height - 18)
  const middle = (at: number) => column * (at + 0.5)
  const top = (band: Band, count: number) => bands[band].top + bands[band].height - heightOf(band, count)
  const everyLabel = Math.ceil(roomForLabel / column)
  const told = active && buckets[active.at]

  const markOf = (band: Band, bucket: Bucket, at: number) => (
    <Mark
      key={bucket.from}
      name={t(`support.report.mark.${band}`, { when: words.full(bucket), count: bucket[band] })}
      tickets={bucket[band] === 0 ? null : ticketsOf[band](bucket)}
      area={{ x: column * at, y: bands[band].top, width: column, height: bands[band].height }}
      onActive={(on) => setActive(on ? { at, band } : null)}
    >
      {band === 'open' ? (
        <circle cx={middle(at)} cy={top(band, bucket.open)} r={3} {...dot} />
      ) : (
        <rect
          x={column * at + column * 0.18}
          y={top(band, bucket[band])}
          width={column * 0.64}
          height={heightOf(band, bucket[band])}
          rx={2}
          fill={fills[band]}
        />
      )}
      {column >= roomForValues && bucket[band] > 0 && (
        <text
          x={middle(at)}
          y={top(band, bucket[band]) - 6}
          textAnchor="middle"
          fill="var(--ink)"
          className="font-medium tabular-nums"
        >
          {formats.integer(bucket[band])}
        </text>
      )}
    </Mark>
  )

  return (
    <div className="relative">
      <svg width={width} height={height} className="[&_text]:text-12">
        {(['open', 'opened', 'resolved'] as const).map((band) => (
          <g key={band}>
            <text x={0} y={bands[band].top - 12} fill="var(--ink-muted)">
              {t(`support.report.${band}`)}
            </text>
            <line
              x1={0}
              x2={width}
              y1={bands[band].top + bands[band].height}
              y2={bands[band].top + bands[band].height}
              stroke="var(--line-strong)"
            />
            {band === 'open' && (
              <path
                d={buckets
                  .map(({ open }, at) => `${at === 0 ? 'M' : 'L'}${middle(at)} ${top(band, open)}`)
                  .join('')}
                fill="none"
                stroke="var(--chart-2)"
                strokeWidth={2}
              />
            )}
            {buckets.map((bucket, at) => markOf(band, bucket, at))}
          </g>
        ))}
        {buckets.map(
          (bucket, at) =>
            at % everyLabel === 0 && (
              <text
                key={bucket.from}
                x={middle(at)}
                y={height - 10}
                textAnchor="middle"
                fill="var(--ink-muted)"
              >
                {words.short(bucket)}
              </text>
            ),
        )}
      </svg>
      {told && (
        <ChartTip x={middle(active.at)} y={bands[active.band].top + 16} title={words.full(told)}>
          {(['opened', 'resolved', 'open'] as const).map((band) => (
            <TipLine key={band} label={t(`support.report.${band}`)} value={formats.integer(told[band])} />
          ))}
        </ChartTip>
      )}
    </div>
  )
}

type MarkProps = {
  name: string
  /** Null: there are none to go to. */
  tickets: ReportTickets | null
  area: { x: number; y: number; width: number; height: number }
  onActive: (on: boolean) => void
  children: ReactNode
}

/** The whole of a day's band answers to the pointer, not only what is drawn in it. */
function Mark({ name, tickets, area, onActive, children }: MarkProps) {
  if (!tickets)
    return (
      <g onPointerEnter={() => onActive(true)} onPointerLeave={() => onActive(false)}>
        {children}
      </g>
    )
  return (
    <MarkLink to={ticketsTo(tickets)} label={name} onActive={onActive}>
      <rect
        {...area}
        rx={3}
        fill="transparent"
        className="in-[a:hover]:fill-hover in-[a:focus-visible]:stroke-accent in-[a:focus-visible]:stroke-2"
      />
      {children}
    </MarkLink>
  )
}
