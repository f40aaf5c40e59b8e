import { useRef, useState } from 'react'
import { useSize } from '#platform/ui/media.ts'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { failedLook, FailedPattern, succeededFill } from './tries-marks.tsx'
import { type Hour, triesScale } from './tries-scale.ts'

type TriesChartProps = { hours: readonly Hour[]; pattern: string }

/** Under this width every hour's name would run into the next one's. */
const ROOMY = 560

/** The bars, and the figures of the hour under the pointer. Silent: the table beside it says the same. */
export function TriesChart({ hours, pattern }: TriesChartProps) {
  const formats = useFormats()
  const plot = useRef<HTMLDivElement>(null)
  const size = useSize(plot)
  const [active, setActive] = useState<number | null>(null)
  const scale = triesScale(hours, size)
  const shown = active === null ? undefined : hours[active]
  const every = size.width < ROOMY ? 6 : 3
  return (
    <div ref={plot} aria-hidden className="relative h-full">
      <svg {...size} className="absolute inset-0 [&_text]:text-12" onPointerLeave={() => setActive(null)}>
        <defs>
          <FailedPattern id={pattern} />
        </defs>
        {scale.ticks.map((tick) => (
          <g key={tick}>
            <line
              x1={scale.left}
              x2={scale.right}
              y1={scale.y(tick)}
              y2={scale.y(tick)}
              stroke={tick === 0 ? 'var(--line-strong)' : 'var(--line)'}
            />
            <text
              x={scale.left - 6}
              y={scale.y(tick) + 4}
              textAnchor="end"
              fill="var(--ink-muted)"
              className="tabular-nums"
            >
              {formats.integer(tick)}
            </text>
          </g>
        ))}
        {hours.map((hour, index) => {
          const { failed, succeeded } = scale.bar(index)
          return (
            <g
              key={hour.from}
              opacity={active !== null && active !== index ? 0.6 : 1}
              onPointerEnter={() => setActive(index)}
              onPointerDown={() => setActive(index)}
            >
              {/* The whole column answers to the pointer, not only the bar. */}
              <rect
                {...scale.column(index)}
                y={scale.top}
                height={scale.bottom - scale.top}
                fill={active === index ? 'var(--hover)' : 'transparent'}
              />
              {succeeded.height > 0 && <rect {...succeeded} {...succeededFill} />}
              {failed.height > 0 && <rect {...failed} {...failedLook(pattern)} />}
            </g>
          )
        })}
        {hours.map((hour, index) =>
          (hours.length - 1 - index) % every === 0 ? (
            <text
              key={hour.from}
              x={scale.middle(index)}
              y={scale.bottom + 18}
              textAnchor={index === hours.length - 1 ? 'end' : 'middle'}
              fill="var(--ink-muted)"
              className="tabular-nums"
            >
              {formats.time(hour.from)}
            </text>
          ) : null,
        )}
      </svg>
      {shown && active !== null && <Tip hour={shown} x={scale.middle(active)} />}
    </div>
  )
}

function Tip({ hour, x }: { hour: Hour; x: number }) {
  const t = useMessages()
  const formats = useFormats()
  return (
    <div
      className="pointer-events-none absolute -top-2 z-5 w-max -translate-x-1/2 rounded-control border border-line bg-raised px-3 py-2 text-12 text-ink shadow-float"
      style={{ left: `clamp(5rem, ${x}px, 100% - 5rem)` }}
    >
      <p className="mb-1 font-semibold">{formats.dayTime(hour.from)}</p>
      {(['failed', 'succeeded'] as const).map((kind) => (
        <p key={kind} className="flex justify-between gap-4">
          <span className="text-ink-muted">{t(`identity.security.tries.${kind}`)}</span>
          <span className="font-medium tabular-nums">{formats.integer(hour[kind])}</span>
        </p>
      ))}
    </div>
  )
}
