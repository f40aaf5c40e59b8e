import { useCallback, useRef, useState } from 'react'
import { Bar, ComposedChart, LabelList, Line, XAxis, YAxis } from 'recharts'
import type { Dashboard } from '#contract/dashboard'
import { useWidth } from '#platform/ui/media.ts'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { changeSince } from './changes.ts'
import { ChartTip, TipLine } from './chart-tip.tsx'
import { RevenueBar } from './revenue-bar.tsx'
import { RevenueDot } from './revenue-dot.tsx'
import { lineStroke } from './revenue-marks.tsx'

type Months = Dashboard['revenueByMonth']
type Active = { index: number; x: number; y: number }

/** Under this width a bar has no room for whole euros above it. */
const ROOMY = 480

/** Bars of six months with their values on top; the same months a year earlier as a line. */
export function RevenueChart({ months, monthIsOver }: { months: Months; monthIsOver: boolean }) {
  const t = useMessages()
  const formats = useFormats()
  const plot = useRef<HTMLDivElement>(null)
  const width = useWidth(plot)
  const [active, setActive] = useState<Active | null>(null)
  const watch = useCallback(
    (index: number, x: number, y: number, on: boolean) =>
      setActive((before) => (on ? { index, x, y } : before?.index === index ? null : before)),
    [],
  )
  const money = (cents: number) => (width < ROOMY ? formats.compact(cents / 100) : formats.wholeMoney(cents))
  const points = months.map((one) => ({
    label: formats.shortMonth(one.month),
    cents: one.exclCents,
    yearBefore: one.yearBefore?.exclCents ?? null,
  }))
  const shown = active && months[active.index]
  return (
    <div ref={plot} className="relative h-full">
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
        {/* Elements rather than functions: a mark that were made anew at each drawing would lose the focus. */}
        <Bar
          dataKey="cents"
          isAnimationActive={false}
          shape={
            <RevenueBar
              months={months}
              monthIsOver={monthIsOver}
              active={active?.index ?? null}
              onActive={watch}
            />
          }
          maxBarSize={96}
          background={{ fill: 'none' }}
        >
          <LabelList
            dataKey="cents"
            position="top"
            offset={6}
            formatter={(cents) => money(Number(cents))}
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
          dot={<RevenueDot months={months} onActive={watch} />}
          activeDot={false}
        />
      </ComposedChart>
      {shown && (
        <ChartTip x={active.x} y={active.y} title={formats.month(shown.month)}>
          <TipLine label={t('dashboard.revenue-chart.this-year')} value={formats.money(shown.exclCents)} />
          <TipLine
            label={t('dashboard.revenue-chart.year-before')}
            value={formats.money(shown.yearBefore?.exclCents)}
          />
          <TipLine
            label={t('dashboard.change')}
            value={formats.change(changeSince(shown.yearBefore?.exclCents, shown.exclCents))}
          />
        </ChartTip>
      )}
    </div>
  )
}
