import { lastSuperAdministrator, previewStaffRoles, roleNotYours, setStaffRoles } from '#contract/identity'
import { difference, isLastSuperAdministrator, rolesOfMany } from '#server/access'
import { Id } from '#platform/contract/ids.ts'
import { found, handle, refuse, WrongField, type Handler } from '#platform/server/requests.ts'
import { z } from 'zod'
import { giveRoles, managedOther, mustBeGrantable } from './managing.ts'
import { personById } from './queries.ts'
import { shownById } from './showing.ts'

const Ids = z.array(Id).min(1).max(20)

/** The database marks open sessions and tells everybody concerned (0003): rights act at the next request. */
export const changingRoles: readonly Handler[] = [
  handle(previewStaffRoles, async (ctx, { params: { id }, query }) => {
    found(await personById(ctx.db, id, ctx.clock.now()))
    const roles = Ids.safeParse(query.roles.split(','))
    if (!roles.success) throw new WrongField('query', 'roles', 'role_unknown')
    return difference(ctx.db, id, roles.data)
  }),

  handle(setStaffRoles, async (ctx, { params: { id }, body }) => {
    await managedOther(ctx, id)
    const roles = [...new Set(body.roles)]
    await mustBeGrantable(ctx, roles, {
      to: id,
      otherwise: (details) => refuse(roleNotYours, { details }),
    })
    const before = (await rolesOfMany(ctx.db, [id])).get(id) ?? []
    await giveRoles(ctx, id, roles, ctx.clock.now()).catch((error: unknown) => {
      if (isLastSuperAdministrator(error)) throw refuse(lastSuperAdministrator)
      throw error
    })
    const after = (await rolesOfMany(ctx.db, [id])).get(id) ?? []
    const words = (held: typeof after) => ({ roles: held.map(({ key, name }) => name ?? key) })
    ctx.record({ object: 'staff_member', id, before: words(before), after: words(after) })
    return shownById(ctx, id)
  }),
]
