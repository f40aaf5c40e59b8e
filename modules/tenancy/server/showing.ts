import { getTenant, getTenantOfClient, type Tenant } from '#contract/tenancy'
import { found, handle, type Context, type Handler } from '#platform/server/requests.ts'
import type { Versions } from './alerts.ts'
import { obstacleOf } from './obstacles.ts'
import { clientForTenant, tenantById, tenantOfClient } from './queries.ts'

/** What every write about one tenant answers with: the tenant as it stands now. */
export async function wholeTenant(
  ctx: Pick<Context, 'db' | 'clock'>,
  id: string,
  versions: Versions,
): Promise<Tenant> {
  const tenant = found(await tenantById(ctx.db, id, { versions, now: ctx.clock.now() }))
  return { ...tenant, currentVersion: versions.current }
}

export const showing = (on: { versions: Versions; canProvision: boolean }): Handler[] => [
  handle(getTenant, (ctx, { params: { id } }) => wholeTenant(ctx, id, on.versions)),
  handle(getTenantOfClient, async (ctx, { params: { id } }) => {
    const client = found(await clientForTenant(ctx.db, id))
    const tenant = await tenantOfClient(ctx.db, id, { versions: on.versions, now: ctx.clock.now() })
    if (tenant) return { tenant, obstacle: null }
    return { tenant: null, obstacle: obstacleOf(client) ?? (on.canProvision ? null : 'unavailable') }
  }),
]
