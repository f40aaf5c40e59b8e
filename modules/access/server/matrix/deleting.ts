import { deleteRole, roleFixed, roleHeld } from '#contract/access'
import { found, handle, refuse } from '#platform/server/requests.ts'
import { limitsOnTheWire } from './limits.ts'
import { allRoles, deleteRoleRow, raiseRevision, retireRole, wasEverHeld } from './queries.ts'
import { mustBeBelow, standingOfManager } from './rules.ts'

export const deleting = handle(deleteRole, async (ctx, { params: { id } }) => {
  await raiseRevision(ctx.db)
  const role = found((await allRoles(ctx.db)).find((one) => one.id === id))
  mustBeBelow(await standingOfManager(ctx.db, ctx.actor), role)
  if (role.builtIn) throw refuse(roleFixed)
  if (role.holders > 0) throw refuse(roleHeld, { values: { count: role.holders } })
  if (await wasEverHeld(ctx.db, id)) await retireRole(ctx.db, id, ctx.clock.now())
  else await deleteRoleRow(ctx.db, id)
  const { key, name, description, level, permissions } = role
  ctx.record({
    object: 'role',
    id,
    before: { key, name, description, level, limits: limitsOnTheWire(role.limits), permissions },
  })
  return undefined
})
