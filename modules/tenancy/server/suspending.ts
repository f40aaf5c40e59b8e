import { resumeTenant, suspendTenant, tenantBusy, tenantStateWrong } from '#contract/tenancy'
import type { CentralDb } from '#platform/server/db.ts'
import { found, handle, refuse, type Handler, type Recorded } from '#platform/server/requests.ts'
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

type Why = { reason: string; now: Date }

/** In the caller's transaction. @returns what the log says of it. @throws Refused */
export async function suspendPractice(db: CentralDb, id: string, { reason, now }: Why): Promise<Recorded> {
  const tenant = found(await lockTenant(db, id))
  if (tenant.state !== 'active') throw refuse(tenantStateWrong)
  if (tenant.isBusy) throw refuse(tenantBusy)
  await changeState(db, id, { state: 'suspended', reason, now })
  const changed = { before: { state: 'active' }, after: { state: 'suspended' } }
  return { object: 'tenant', id, tenant: id, ...changed, reason }
}

/** In the caller's transaction. @returns what the log says of it. @throws Refused */
export async function resumePractice(db: CentralDb, id: string, { now }: { now: Date }): Promise<Recorded> {
  const tenant = found(await lockTenant(db, id))
  if (tenant.state !== 'suspended') throw refuse(tenantStateWrong)
  await changeState(db, id, { state: 'active', reason: null, now })
  return { object: 'tenant', id, tenant: id, before: { state: 'suspended' }, after: { state: 'active' } }
}

/**
 * The news of `tenants` that these tell drop what other processes remember of it, and of the sessions of its members:
 * their next request is refused.
 */
export const suspending = ({ versions, catalogue, databases }: On): Handler[] => [
  handle(suspendTenant, async (ctx, { params: { id }, body: { reason } }) => {
    ctx.record(await suspendPractice(ctx.db, id, { reason, now: ctx.clock.now() }))
    ctx.afterCommit(() => {
      // Here the news would come a moment after the answer.
      catalogue.forget(id)
      void databases.forget(id)
    })
    return wholeTenant(ctx, id, versions)
  }),
  handle(resumeTenant, async (ctx, { params: { id } }) => {
    ctx.record(await resumePractice(ctx.db, id, { now: ctx.clock.now() }))
    ctx.afterCommit(() => catalogue.forget(id))
    return wholeTenant(ctx, id, versions)
  }),
]
