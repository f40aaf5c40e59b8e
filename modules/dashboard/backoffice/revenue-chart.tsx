import { useRef, useState } from 'react'
import {
  Bar,
  type BarShapeProps,
  ComposedChart,
  type DotItemDotProps,
  LabelList,
  Line,
  XAxis,
  YAxis,
} from 'recharts'
import type { Dashboard } from '#contract/dashboard'
import { useWidth } from '#platform/ui/media.ts'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { ChartTip, TipLine } from './chart-tip.tsx'
import { linesTo } from './lines.ts'
import { MarkLink } from './mark-link.tsx'
import { barFill, dotLook, lineStroke, runningFill } from './revenue-marks.tsx'

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
  const money = (cents: number) => (width < ROOMY ? formats.compact(cents / 100) : formats.wholeMoney(cents))
  const points = months.map((one) => ({
    label: formats.shortMonth(one.month),
    cents: one.exclCents,
    yearBefore: one.yearBefore?.exclCents ?? null,
  }))
  const runs = (index: number) => !monthIsOver && index === months.length - 1
  const watch = (index: number, x: number, y: number) => (on: boolean) =>
    setActive((before) => (on ? { index, x, y } : before?.index === index ? null : before))

  const bar = ({ x, y, width: wide, height, index, background }: BarShapeProps) => {
    const month = months[index]
    if (!month) return <g />
    const column = background ?? { y, height }
    return (
      <MarkLink
        to={linesTo(month.lines)}
        label={t('dashboard.mark.month', {
          month: formats.month(month.month),
          amount: formats.money(month.exclCents),
          count: month.documents,
        })}
        onActive={watch(index, x + wide / 2, Math.min(y, y + height))}
      >
        {/* The whole column answers to the pointer, not only the bar. */}
        <rect
          x={x - wide * 0.15}
          y={column.y ?? y}
          width={wide * 1.3}
          height={column.height}
          fill="transparent"
        />
        <rect
          x={x}
          y={Math.min(y, y + height)}
          width={wide}
          height={Math.abs(height)}
          rx={3}
          {...(runs(index) ? runningFill : barFill)}
          opacity={active && active.index !== index ? 0.6 : 1}
        />
      </MarkLink>
    )
  }
  const dot = ({ cx, cy, index }: DotItemDotProps) => {
    const earlier = months[index]?.yearBefore
    if (!earlier || cx === undefined || cy === undefined) return <g key={index} />
    return (
      <MarkLink
        key={index}
        to={linesTo(earlier.lines)}
        label={t('dashboard.mark.month', {
          month: formats.month(earlier.month),
          amount: formats.money(earlier.exclCents),
          count: earlier.documents,
        })}
        onActive={watch(index, cx, cy)}
      >
        <circle cx={cx} cy={cy} r={12} fill="transparent" pointerEvents="all" />
        <circle cx={cx} cy={cy} r={4} {...dotLook} />
      </MarkLink>
    )
  }

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
        <Bar
          dataKey="cents"
          isAnimationActive={false}
          shape={bar}
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
          dot={dot}
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

/** A ratio: 0.062 is 6.2 % more; null where there is nothing to compare with. */
export function changeSince(before: number | null | undefined, now: number): number | null {
  return before == null || before <= 0 ? null : (now - before) / before
}
