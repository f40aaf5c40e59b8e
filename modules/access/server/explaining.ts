import { explainPermission, listHolders } from '#contract/access'
import { handle, NotFound } from '#platform/server/requests.ts'
import { peopleWith } from './giving/giving-roles.ts'
import { rolesHeld } from './giving/queries.ts'
import { allRoles } from './matrix/queries.ts'
import type { Parts } from './parts.ts'
import { isLimitedIn, reachOf } from './reach.ts'

type Named = { id: string; key: string; name: string | null }
const named = ({ id, key, name }: Named) => ({ id, key, name })

/** How many names to ask are enough. */
const some = 5

export function explaining({ permissions }: Parts) {
  const declared = (permission: string) => {
    if (!permissions.some((one) => one.permission === permission)) throw new NotFound()
  }
  return [
    handle(explainPermission, async (ctx, { params: { permission } }) => {
      declared(permission)
      const mine = await rolesHeld(ctx.db, ctx.actor.staffId)
      const reach = reachOf(mine)
      const roles = await allRoles(ctx.db)
      // Who gives roles can give only what they hold themselves; the nearest colleague is asked before the top.
      const givers = await peopleWith(ctx.db, 'staff.manage')
      const able = new Set((await peopleWith(ctx.db, permission)).map(({ id }) => id))
      const highest = (of: { roles: { level: number }[] }) => Math.max(...of.roles.map(({ level }) => level))
      const askWhom = givers
        .filter(({ id }) => id !== ctx.actor.staffId && able.has(id))
        .toSorted((one, other) => highest(one) - highest(other))
      return {
        permission,
        held: reach.has(permission),
        limited: isLimitedIn(reach, permission),
        yourRoles: mine.map(named),
        rolesWithIt: roles.filter((role) => role.permissions.includes(permission)).map(named),
        askWhom: askWhom.slice(0, some).map(({ name, email }) => ({ name, email })),
      }
    }),

    handle(listHolders, async (ctx, { params: { permission } }) => {
      declared(permission)
      const people = await peopleWith(ctx.db, permission)
      return {
        rows: people.map(({ id, name, roles, limited }) => ({ id, name, roles: roles.map(named), limited })),
      }
    }),
  ]
}
