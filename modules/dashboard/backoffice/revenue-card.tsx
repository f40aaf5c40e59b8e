import { ChartColumn, Table2 } from 'lucide-react'
import { useState } from 'react'
import type { Dashboard } from '#contract/dashboard'
import { Button } from '#platform/ui/button.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { ChartCard, plotHeight } from '#platform/ui/chart-card.tsx'
import { RevenueChart } from './revenue-chart.tsx'
import { BarSwatch, LineSwatch } from './revenue-marks.tsx'
import { RevenueTable } from './revenue-table.tsx'

/** Six months of revenue as a chart, or as the table behind it. */
export function RevenueCard({ dashboard }: { dashboard: Dashboard }) {
  const t = useMessages()
  const formats = useFormats()
  const [asTable, setAsTable] = useState(false)
  const { revenueByMonth: months, monthIsOver, today } = dashboard
  return (
    <ChartCard
      title={t('dashboard.revenue-chart')}
      actions={
        <Button
          variant="ghost"
          size="small"
          icon={asTable ? ChartColumn : Table2}
          data-not-painted
          onClick={() => setAsTable(!asTable)}
        >
          {t(asTable ? 'dashboard.chart' : 'dashboard.table')}
        </Button>
      }
    >
      <ul className="flex min-h-7 flex-wrap items-center gap-x-4 gap-y-1 text-12 text-ink-muted">
        <li className="flex items-center gap-1.5">
          <BarSwatch /> {t('dashboard.revenue-chart.this-year')}
        </li>
        <li className="flex items-center gap-1.5">
          <LineSwatch /> {t('dashboard.revenue-chart.year-before')}
        </li>
        {!monthIsOver && (
          <li className="flex items-center gap-1.5">
            <BarSwatch running /> {t('dashboard.revenue-chart.running', { day: formats.day(today) })}
          </li>
        )}
      </ul>
      {asTable ? (
        <div className="overflow-y-auto">
          <RevenueTable months={months} />
        </div>
      ) : (
        <div className={plotHeight}>
          <RevenueChart months={months} monthIsOver={monthIsOver} />
        </div>
      )}
    </ChartCard>
  )
}
