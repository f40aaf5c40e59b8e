import { chooseCanary, tenantStateWrong } from '#contract/tenancy'
import { found, handle, refuse, type Handler } from '#platform/server/requests.ts'
import type { Versions } from './alerts.ts'
import { changeCanary, lockTenant } from './queries.ts'
import { wholeTenant } from './showing.ts'

export const choosingCanaries = ({ versions }: { versions: Versions }): Handler =>
  handle(chooseCanary, async (ctx, { params: { id }, body: { canary } }) => {
    const tenant = found(await lockTenant(ctx.db, id))
    // There will be no next migration of it.
    if (tenant.state === 'purging' || tenant.state === 'purged') throw refuse(tenantStateWrong)
    await changeCanary(ctx.db, id, canary)
    ctx.record({ object: 'tenant', id, tenant: id, before: { canary: tenant.canary }, after: { canary } })
    return wholeTenant(ctx, id, versions)
  })
