import { getMatrix, type Role } from '#contract/access'
import type { CentralDb } from '#platform/server/db.ts'
import { found, handle } from '#platform/server/requests.ts'
import type { Parts } from '../parts.ts'
import { reachOf, standsAbove, topRole } from '../reach.ts'
import { limitsOnTheWire } from './limits.ts'
import { allRoles, matrixRevision, type RoleRow } from './queries.ts'
import { standingOf, type Standing } from './rules.ts'

export const reading = ({ permissions }: Parts) =>
  handle(getMatrix, async (ctx) => {
    // Before the roles: who saves on what was read while somebody else saved is told so, not the other way round.
    const revision = await matrixRevision(ctx.db)
    const [roles, mine] = await Promise.all([allRoles(ctx.db), standingOf(ctx.db, ctx.actor)])
    const reach = reachOf(mine.roles)
    return {
      revision,
      roles: roles.map((role) => shown(role, mine)),
      permissions: permissions.map((declared) => ({
        ...declared,
        grantable: reach.has(declared.permission),
      })),
    }
  })

export function shown({ limits, ...role }: RoleRow, mine: Standing): Role {
  return {
    ...role,
    limits: limitsOnTheWire(limits),
    editable:
      role.key !== topRole && standsAbove(mine.level, role.level) && reachOf(mine.roles).has('roles.manage'),
  }
}

/** One role as it is shown, or 404. */
export async function roleShown(db: CentralDb, id: string, mine: Standing): Promise<Role> {
  return shown(found((await allRoles(db)).find((role) => role.id === id)), mine)
}
