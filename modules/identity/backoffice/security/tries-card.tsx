import { ChartColumn, Table2 } from 'lucide-react'
import { useId, useState } from 'react'
import { Button } from '#platform/ui/button.tsx'
import { Card } from '#platform/ui/card.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { FailedSwatch, SucceededSwatch } from './tries-marks.tsx'
import { TriesChart } from './tries-chart.tsx'
import type { Hour } from './tries-scale.ts'
import { TriesTable } from './tries-table.tsx'

/** The last day hour by hour: what failed, what succeeded; as a chart, or as the table behind it. */
export function TriesCard({ hours }: { hours: readonly Hour[] }) {
  const t = useMessages()
  const [asTable, setAsTable] = useState(false)
  const pattern = useId()
  return (
    <Card
      title={t('identity.security.tries')}
      actions={
        <Button
          variant="ghost"
          size="small"
          icon={asTable ? ChartColumn : Table2}
          onClick={() => setAsTable(!asTable)}
        >
          {t(asTable ? 'identity.security.tries.chart' : 'identity.security.tries.table')}
        </Button>
      }
    >
      {asTable ? (
        <div className="max-h-80 overflow-y-auto">
          <TriesTable hours={hours} />
        </div>
      ) : (
        <>
          <ul className="flex min-h-7 flex-wrap items-center gap-x-4 gap-y-1 text-12 text-ink-muted">
            <li className="flex items-center gap-1.5">
              <FailedSwatch /> {t('identity.security.tries.failed')}
            </li>
            <li className="flex items-center gap-1.5">
              <SucceededSwatch /> {t('identity.security.tries.succeeded')}
            </li>
          </ul>
          <div className="h-44">
            <TriesChart hours={hours} pattern={pattern} />
          </div>
          {/* The same figures for who does not see the bars. */}
          <div className="sr-only">
            <TriesTable hours={hours} />
          </div>
        </>
      )}
    </Card>
  )
}
