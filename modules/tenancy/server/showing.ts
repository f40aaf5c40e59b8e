import { getTenant, getTenantOfClient, type Tenant } from '#contract/tenancy'
import { found, handle, type Context, type Handler } from '#platform/server/requests.ts'
import type { Versions } from './alerts.ts'
import { obstacleOf } from './obstacles.ts'
import { clientForTenant, hasClusters, tenantById, tenantOfClient } from './queries.ts'

/** What every write about one tenant answers with: the tenant as it stands now. */
export async function wholeTenant(
  ctx: Pick<Context, 'db' | 'clock'>,
  id: string,
  versions: Versions,
): Promise<Tenant> {
  const tenant = found(await tenantById(ctx.db, id, { versions, now: ctx.clock.now() }))
  return { ...tenant, currentVersion: versions.current }
}

export const showing = ({ versions }: { versions: Versions }): Handler[] => [
  handle(getTenant, (ctx, { params: { id } }) => wholeTenant(ctx, id, versions)),
  handle(getTenantOfClient, async (ctx, { params: { id } }) => {
    const client = found(await clientForTenant(ctx.db, id))
    const tenant = await tenantOfClient(ctx.db, id, { versions, now: ctx.clock.now() })
    if (tenant) return { tenant, obstacle: null }
    // Without a cluster there is nowhere to make a database: no provisioner ever started here.
    return { tenant: null, obstacle: obstacleOf(client) ?? ((await hasClusters(ctx.db)) ? null : 'unavailable') }
  }),
]
