import { useCallback, useRef, useState } from 'react'
import type { Dashboard } from '#contract/dashboard'
import { useSize } from '#platform/ui/media.ts'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import type { OnActive } from '#platform/ui/active-mark.ts'
import { changeSince } from './changes.ts'
import { ChartTip, TipLine } from '#platform/ui/chart-tip.tsx'
import { RevenuePlot } from './revenue-plot.tsx'

type RevenueChartProps = { months: Dashboard['revenueByMonth']; monthIsOver: boolean }

/** The plot, and the figures of the mark under the pointer or the focus. */
export function RevenueChart({ months, monthIsOver }: RevenueChartProps) {
  const t = useMessages()
  const formats = useFormats()
  const plot = useRef<HTMLDivElement>(null)
  const size = useSize(plot)
  const [active, setActive] = useState<{ index: number; x: number } | null>(null)
  const watch = useCallback<OnActive<number>>(
    (index, { x }, on) =>
      setActive((before) => (on ? { index, x } : before?.index === index ? null : before)),
    [],
  )
  const shown = active && months[active.index]
  return (
    <div ref={plot} className="relative h-full">
      <RevenuePlot
        months={months}
        monthIsOver={monthIsOver}
        size={size}
        active={active?.index ?? null}
        onActive={watch}
      />
      {shown && (
        // Above the plot, where it covers none of the values beside it.
        <ChartTip x={active.x} y={0} title={formats.month(shown.month)}>
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
