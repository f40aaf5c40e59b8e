import type { Dashboard } from '#contract/dashboard'
import { useFormats } from '#platform/ui/messages.tsx'
import type { OnActive } from '#platform/ui/active-mark.ts'
import { RevenueBar } from './revenue-bar.tsx'
import { RevenueDot } from './revenue-dot.tsx'
import { lineStroke } from './revenue-marks.tsx'
import { revenueScale } from './revenue-scale.ts'

type RevenuePlotProps = {
  months: Dashboard['revenueByMonth']
  monthIsOver: boolean
  size: { width: number; height: number }
  active: number | null
  onActive: OnActive<number>
}

/** Under this width a bar has no room for whole euros above it. */
const ROOMY = 480

/** Bars of six months with their values on top; the same months a year earlier as a line. */
export function RevenuePlot({ months, monthIsOver, size, active, onActive }: RevenuePlotProps) {
  const formats = useFormats()
  const scale = revenueScale(months, size)
  const { bottom, left, right } = scale
  const value = (cents: number) =>
    size.width < ROOMY ? formats.compactMoney(cents) : formats.wholeMoney(cents)
  return (
    <svg {...size} className="absolute inset-0 [&_text]:text-12">
      <line x1={left} y1={bottom} x2={right} y2={bottom} stroke="var(--line-strong)" />
      {months.map(({ month }, index) => (
        <text key={month} x={scale.middle(index)} y={bottom + 20} textAnchor="middle" fill="var(--ink-muted)">
          {formats.shortMonth(month)}
        </text>
      ))}
      {months.map((month, index) => (
        <RevenueBar
          key={month.month}
          month={month}
          runs={!monthIsOver && index === months.length - 1}
          faded={active !== null && active !== index}
          column={{ ...scale.column(index), y: scale.top, height: bottom - scale.top }}
          bar={scale.bar(index)}
          onActive={(place, on) => onActive(index, place, on)}
        />
      ))}
      <path d={scale.yearBeforePath} fill="none" {...lineStroke} pointerEvents="none" />
      {months.map(({ month, exclCents }, index) => (
        <text
          key={month}
          x={scale.middle(index)}
          y={scale.bar(index).y - 6}
          textAnchor="middle"
          fill="var(--ink)"
          stroke="var(--surface)"
          strokeWidth={4}
          paintOrder="stroke"
          pointerEvents="none"
          className="font-medium tabular-nums"
        >
          {value(exclCents)}
        </text>
      ))}
      {months.map(({ month, yearBefore }, index) =>
        yearBefore ? (
          <RevenueDot
            key={month}
            earlier={yearBefore}
            x={scale.middle(index)}
            y={scale.y(yearBefore.exclCents)}
            onActive={(place, on) => onActive(index, place, on)}
          />
        ) : null,
      )}
    </svg>
  )
}
