import { getTenant, getTenantOfClient, type Tenant } from '#contract/tenancy'
import type { CentralDb } from '#platform/server/db.ts'
import { found, handle, type Context, type Handler } from '#platform/server/requests.ts'
import type { Versions } from './alerts.ts'
import { obstacleOf, type Obstacle } from './obstacles.ts'
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
    return { tenant: tenant ?? null, obstacle: tenant ? null : await obstacleNow(ctx.db, client) }
  }),
]

async function obstacleNow(
  db: CentralDb,
  client: Parameters<typeof obstacleOf>[0],
): Promise<Obstacle | 'unavailable' | null> {
  // Without a cluster there is nowhere to make a database: no provisioner ever started here.
  return obstacleOf(client) ?? ((await hasClusters(db)) ? null : 'unavailable')
}
