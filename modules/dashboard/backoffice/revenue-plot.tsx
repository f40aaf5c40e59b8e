import { memo } from 'react'
import { Bar, ComposedChart, LabelList, Line, XAxis, YAxis } from 'recharts'
import type { Dashboard } from '#contract/dashboard'
import { useFormats } from '#platform/ui/messages.tsx'
import type { OnActive } from './active-mark.ts'
import { RevenueBar } from './revenue-bar.tsx'
import { RevenueDot } from './revenue-dot.tsx'
import { lineStroke } from './revenue-marks.tsx'

type RevenuePlotProps = {
  months: Dashboard['revenueByMonth']
  monthIsOver: boolean
  /** No room for whole euros above a bar. */
  narrow: boolean
  onActive: OnActive<number>
}

/** Bars of six months with their values on top; the same months a year earlier as a line. */
export const RevenuePlot = memo(function RevenuePlot({
  months,
  monthIsOver,
  narrow,
  onActive,
}: RevenuePlotProps) {
  const formats = useFormats()
  const points = months.map((one) => ({
    label: formats.shortMonth(one.month),
    cents: one.exclCents,
    yearBefore: one.yearBefore?.exclCents ?? null,
  }))
  return (
    <ComposedChart
      responsive
      accessibilityLayer={false}
      data={points}
      margin={{ top: 24, right: 8, bottom: 0, left: 8 }}
      barCategoryGap="24%"
      className="size-full [&_text]:text-12"
    >
      <XAxis
        dataKey="label"
        interval={0}
        tickLine={false}
        axisLine={{ stroke: 'var(--line-strong)' }}
        tick={{ fill: 'var(--ink-muted)' }}
      />
      <YAxis hide domain={[(least: number) => Math.min(0, least), 'auto']} />
      <Bar
        dataKey="cents"
        isAnimationActive={false}
        shape={<RevenueBar months={months} monthIsOver={monthIsOver} onActive={onActive} />}
        maxBarSize={96}
        background={{ fill: 'none' }}
      >
        <LabelList
          dataKey="cents"
          position="top"
          offset={6}
          formatter={(cents) =>
            narrow ? formats.compact(Number(cents) / 100) : formats.wholeMoney(Number(cents))
          }
          fill="var(--ink)"
          stroke="var(--surface)"
          strokeWidth={4}
          paintOrder="stroke"
          pointerEvents="none"
          className="font-medium tabular-nums"
        />
      </Bar>
      <Line
        dataKey="yearBefore"
        type="linear"
        isAnimationActive={false}
        {...lineStroke}
        pointerEvents="none"
        dot={<RevenueDot months={months} onActive={onActive} />}
        activeDot={false}
      />
    </ComposedChart>
  )
})
