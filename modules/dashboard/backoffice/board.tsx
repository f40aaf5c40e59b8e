import type { Dashboard } from '#contract/dashboard'
import { useMessages } from '#platform/ui/messages.tsx'
import { Cards } from '#platform/ui/cards.tsx'
import { KpiSkeleton } from '#platform/ui/kpi-card.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { ChartSkeleton } from '#platform/ui/chart-card.tsx'
import { Charts } from './charts.tsx'
import { KpiCards } from './kpi-cards.tsx'
import { OverdueAlert } from './overdue-alert.tsx'
import { Proof } from './proof.tsx'
import { TenantsLine } from './tenants-line.tsx'

/** Six of its own; with those of others they stand in rows of four. */
const cards =
  'grid grid-cols-1 gap-3 sm:grid-cols-2 xl:grid-cols-3 xl:has-[>:nth-child(7)]:grid-cols-4 in-data-meeting:gap-5'
const charts = 'grid grid-cols-1 gap-3 xl:grid-cols-2 in-data-meeting:gap-5 in-data-meeting:grow'

export function Board({ dashboard }: { dashboard: Dashboard }) {
  const t = useMessages()
  const may = useMay()
  return (
    <div className="flex flex-col gap-3 in-data-meeting:min-h-full in-data-meeting:gap-5">
      <OverdueAlert dashboard={dashboard} />
      {may('tenants.read') && <TenantsLine />}
      <h2 className="sr-only">{t('dashboard.figures')}</h2>
      <div className={cards}>
        <KpiCards dashboard={dashboard} />
        <Cards of="dashboard" id={dashboard.month} />
      </div>
      <div className={charts}>
        <Charts dashboard={dashboard} />
      </div>
      <Proof dashboard={dashboard} />
    </div>
  )
}

export function BoardSkeleton() {
  const t = useMessages()
  return (
    <div className="flex flex-col gap-3" aria-busy>
      <p className="sr-only">{t('dashboard.loading')}</p>
      <div className={cards}>
        {Array.from({ length: 6 }, (_, index) => (
          <KpiSkeleton key={index} details />
        ))}
      </div>
      <div className={charts}>
        <ChartSkeletons />
      </div>
    </div>
  )
}

function ChartSkeletons() {
  return (
    <>
      <ChartSkeleton />
      <ChartSkeleton />
    </>
  )
}
