/** One practice's tenant: how it stands, what is done to it, what can be gone back to, and who works in it. */
import { Ellipsis } from 'lucide-react'
import { getTenant, type Tenant } from '#contract/tenancy'
import { useEndpoint } from '#platform/ui/data.ts'
import { CardSkeletons } from '#platform/ui/card-skeletons.tsx'
import { IconButton } from '#platform/ui/icon-button.tsx'
import { usePathParam } from '#platform/ui/link.tsx'
import { Menu } from '#platform/ui/menu.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { useTenantActs } from '../acts/tenant-acts.tsx'
import { useSpokenName } from '../spoken-name.ts'
import { StateBadge } from '../tenant-words.tsx'
import { BackupsCard } from './backups-card.tsx'
import { DriftCard } from './drift-card.tsx'
import { HealthCard } from './health-card.tsx'
import { LogCard } from './log-card.tsx'
import { MembersCard } from './members-card.tsx'
import { SparesCard } from './spares-card.tsx'
import { TenantBanner } from './tenant-banner.tsx'
import { TenantUnreadable } from './tenant-unreadable.tsx'
import { WhereCard } from './where-card.tsx'
import { WorksCard } from './works-card.tsx'

export function TenantPage() {
  const t = useMessages()
  const id = usePathParam('id')
  const { data, error, refetch } = useEndpoint(getTenant, { params: { id } })
  if (data) return <Shown key={id} tenant={data} />
  if (error) return <TenantUnreadable error={error} retry={refetch} />
  return (
    <>
      <PageHeader title={t('tenancy.one')} />
      <CardSkeletons />
    </>
  )
}

function Shown({ tenant }: { tenant: Tenant }) {
  const t = useMessages()
  const may = useMay()
  const spoken = useSpokenName()
  const acts = useTenantActs()
  const items = acts.items(tenant)
  const isPurged = tenant.state === 'purged'
  return (
    <>
      <PageHeader
        title={t('tenancy.named', { name: spoken(tenant.name) })}
        count={<StateBadge state={tenant.state} />}
        secondary={
          items.length > 0 && (
            <Menu
              align="end"
              items={items}
              trigger={<IconButton icon={Ellipsis} label={t('tenancy.more-actions')} variant="secondary" />}
            />
          )
        }
      />
      <TenantBanner tenant={tenant} />
      {/* Side by side; on a telephone people and what was done to it come before where it lies. */}
      <div className="flex flex-col gap-4 lg:grid lg:grid-cols-[minmax(0,1fr)_22rem] lg:items-start">
        <div className="flex min-w-0 flex-col gap-4">
          {!isPurged && <MembersCard tenant={tenant} />}
          {tenant.spares.length > 0 && <SparesCard tenant={tenant} />}
          {!isPurged && <BackupsCard tenant={tenant} />}
          <WorksCard tenant={tenant} />
          {!isPurged && <DriftCard tenant={tenant} />}
          {may('audit.read') && <LogCard tenantId={tenant.id} />}
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <WhereCard tenant={tenant} />
          {!isPurged && <HealthCard tenant={tenant} />}
        </div>
      </div>
      {acts.dialog}
    </>
  )
}
