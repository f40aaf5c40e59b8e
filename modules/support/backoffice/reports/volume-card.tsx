import { ChartColumn, Table2 } from 'lucide-react'
import { useRef, useState } from 'react'
import type { Report } from '#contract/support'
import { Button } from '#platform/ui/button.tsx'
import { ChartCard } from '#platform/ui/chart-card.tsx'
import { useWidth } from '#platform/ui/media.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { bucketsIn } from './buckets.ts'
import { CsvLink } from './csv-link.tsx'
import { VolumePlot } from './volume-plot.tsx'
import { VolumeTable } from './volume-table.tsx'

const titles = {
  day: 'support.report.volume',
  week: 'support.report.volume.week',
  month: 'support.report.volume.month',
} as const

/** What came and went as a picture, or as the table behind it. */
export function VolumeCard({ report }: { report: Report }) {
  const t = useMessages()
  const [asTable, setAsTable] = useState(false)
  const frame = useRef<HTMLDivElement>(null)
  const width = useWidth(frame)
  const { unit, buckets } = bucketsIn(report.days, width)
  const title = t(titles[unit])
  return (
    <ChartCard
      title={title}
      actions={
        <>
          <Button
            variant="ghost"
            size="small"
            icon={asTable ? ChartColumn : Table2}
            onClick={() => setAsTable(!asTable)}
          >
            {t(asTable ? 'support.report.chart' : 'support.report.table')}
          </Button>
          <CsvLink table="days" span={report.span} title={title} />
        </>
      }
    >
      <p className="mb-2 text-12 text-ink-muted">{t('support.report.volume.help')}</p>
      <div ref={frame}>
        {asTable ? (
          <VolumeTable buckets={buckets} unit={unit} label={title} />
        ) : (
          // Before its width is known there is only its room.
          <div className="h-80">
            {width > 0 && <VolumePlot buckets={buckets} unit={unit} width={width} />}
          </div>
        )}
      </div>
    </ChartCard>
  )
}
