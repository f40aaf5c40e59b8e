/** A client's own page, told in one card: whether their practice has its space, who comes there, and how it fares. */
import { ArrowRight } from 'lucide-react'
import { getTenantOfClient, type TenantRow } from '#contract/tenancy'
import { Card } from '#platform/ui/card.tsx'
import { type CardProps, Cards } from '#platform/ui/cards.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { ButtonLink } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { ErrorState } from '#platform/ui/states.tsx'
import { tenantTo } from '../addresses.ts'
import { AlertBadges, StateBadge } from '../tenant-words.tsx'
import { WorkProgress } from '../work-progress.tsx'
import { HealthLine } from './health-line.tsx'
import { MembersLine } from './members-line.tsx'
import { NoTenant } from './no-tenant.tsx'

export function TenantCard({ id: clientId }: CardProps) {
  const t = useMessages()
  const { data, error, refetch } = useEndpoint(getTenantOfClient, { params: { id: clientId } })
  const tenant = data?.tenant
  return (
    <Card
      title={t('tenancy.card.of-client')}
      actions={
        tenant && (
          <>
            <StateBadge state={tenant.state} />
            <ButtonLink size="small" variant="ghost" icon={ArrowRight} to={tenantTo(tenant.id)}>
              {t('tenancy.of-client.see')}
            </ButtonLink>
          </>
        )
      }
    >
      {tenant ? (
        <Shown tenant={tenant} />
      ) : data ? (
        <NoTenant clientId={clientId} obstacle={data.obstacle} />
      ) : error ? (
        <ErrorState error={error} onRetry={refetch} />
      ) : (
        <div aria-hidden className="flex flex-col gap-3 py-1">
          <Skeleton width="70%" />
          <Skeleton width="45%" />
        </div>
      )}
    </Card>
  )
}

function Shown({ tenant }: { tenant: TenantRow }) {
  return (
    <div className="flex flex-col gap-2 text-13">
      {tenant.work && <WorkProgress work={tenant.work} />}
      {tenant.state !== 'provisioning' && (
        <>
          <MembersLine tenantId={tenant.id} />
          <HealthLine tenant={tenant} />
        </>
      )}
      {tenant.alerts.length > 0 && <AlertBadges alerts={tenant.alerts} />}
      {tenant.state === 'active' && <Cards quiet of="tenant" id={tenant.id} />}
    </div>
  )
}
