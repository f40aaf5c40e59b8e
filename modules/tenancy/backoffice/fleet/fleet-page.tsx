/** All tenants at once: which schema they have, how a migration of them goes, what drifted, and where they lie. */
import { Rocket } from 'lucide-react'
import { useState } from 'react'
import { type Fleet, getFleet } from '#contract/tenancy'
import { Button } from '#platform/ui/button.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { ErrorState } from '#platform/ui/states.tsx'
import { ClustersCard } from './clusters-card.tsx'
import { DriftSummary } from './drift-summary.tsx'
import { fleetCan } from './fleet-can.ts'
import { MigrationCard } from './migration-card.tsx'
import { StartDialog } from './start-dialog.tsx'
import { VersionsCard } from './versions-card.tsx'

export function FleetPage() {
  const t = useMessages()
  const { data, error, refetch } = useEndpoint(getFleet)
  if (data) return <Shown fleet={data} />
  return (
    <>
      <PageHeader title={t('tenancy.fleet.title')} />
      {error ? (
        <ErrorState error={error} onRetry={refetch} />
      ) : (
        <div aria-hidden className="flex flex-col gap-4">
          <Skeleton width="100%" height={200} />
          <Skeleton width="100%" height={160} />
        </div>
      )}
    </>
  )
}

function Shown({ fleet }: { fleet: Fleet }) {
  const t = useMessages()
  const may = useMay()
  const [starting, setStarting] = useState(false)
  return (
    <>
      <PageHeader
        title={t('tenancy.fleet.title')}
        primary={
          fleetCan.start(fleet, may) && (
            <Button variant="primary" icon={Rocket} onClick={() => setStarting(true)}>
              {t('tenancy.migration.start')}
            </Button>
          )
        }
      >
        <p className="max-w-160 text-13 text-ink-muted">{t('tenancy.fleet.intro')}</p>
      </PageHeader>
      <div className="flex flex-col gap-4">
        <div className="flex flex-col gap-4 lg:grid lg:grid-cols-[minmax(0,1fr)_22rem] lg:items-start">
          <VersionsCard fleet={fleet} />
          <DriftSummary fleet={fleet} />
        </div>
        {fleet.latest && <MigrationCard migration={fleet.latest} />}
        <ClustersCard />
      </div>
      {starting && <StartDialog fleet={fleet} onClose={() => setStarting(false)} />}
    </>
  )
}
