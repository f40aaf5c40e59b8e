import { resumeTenant, suspendTenant, tenantBusy, tenantStateWrong } from '#contract/tenancy'
import { found, handle, refuse, type Handler } from '#platform/server/requests.ts'
import type { TenantDatabases } from '#platform/server/tenant-db.ts'
import type { Versions } from './alerts.ts'
import type { Catalogue } from './catalogue.ts'
import { changeState, lockTenant } from './queries.ts'
import { wholeTenant } from './showing.ts'

type On = {
  versions: Versions
  catalogue: Pick<Catalogue, 'forget'>
  databases: Pick<TenantDatabases, 'forget'>
}

/**
 * The news of `tenants` that these tell drop what other processes remember of it, and of the sessions of its members:
 * their next request is refused.
 */
export const suspending = ({ versions, catalogue, databases }: On): Handler[] => [
  handle(suspendTenant, async (ctx, { params: { id }, body: { reason } }) => {
    const tenant = found(await lockTenant(ctx.db, id))
    if (tenant.state !== 'active') throw refuse(tenantStateWrong)
    if (tenant.isBusy) throw refuse(tenantBusy)
    await changeState(ctx.db, id, { state: 'suspended', reason, now: ctx.clock.now() })
    ctx.record({
      object: 'tenant',
      id,
      tenant: id,
      before: { state: 'active' },
      after: { state: 'suspended' },
      reason,
    })
    ctx.afterCommit(() => {
      // Here the news would come a moment after the answer.
      catalogue.forget(id)
      void databases.forget(id)
    })
    return wholeTenant(ctx, id, versions)
  }),
  handle(resumeTenant, async (ctx, { params: { id } }) => {
    const tenant = found(await lockTenant(ctx.db, id))
    if (tenant.state !== 'suspended') throw refuse(tenantStateWrong)
    await changeState(ctx.db, id, { state: 'active', reason: null, now: ctx.clock.now() })
    ctx.record({
      object: 'tenant',
      id,
      tenant: id,
      before: { state: 'suspended' },
      after: { state: 'active' },
    })
    ctx.afterCommit(() => catalogue.forget(id))
    return wholeTenant(ctx, id, versions)
  }),
]
