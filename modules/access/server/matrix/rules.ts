/** What may be changed in roles, and by whom. Each rule throws the refusal that says why not. */
import { permissionNotLimitable, permissionNotYours, roleAboveYours, roleFixed } from '#contract/access'
import type { CentralDb } from '#platform/server/db.ts'
import { Platform } from '#platform/server/errors.ts'
import { refuse, WrongField, type Actor } from '#platform/server/requests.ts'
import { rolesHeld, type RoleGiven } from '../giving/queries.ts'
import type { Declared } from '../parts.ts'
import { beyond, reachOf, standsAbove, topRole, type Gives } from '../reach.ts'
import type { RoleRow } from './queries.ts'

export type Standing = { roles: readonly RoleGiven[]; level: number }

/** What somebody holds now. */
export async function standingOf(db: CentralDb, { staffId }: Pick<Actor, 'staffId'>): Promise<Standing> {
  const roles = await rolesHeld(db, staffId)
  return { roles, level: roles[0]?.level ?? 0 }
}

/** The same inside a change's transaction: a session knows of rights up to a second late, and this is no matter of a second. */
export async function standingOfManager(db: CentralDb, actor: Pick<Actor, 'staffId'>): Promise<Standing> {
  const standing = await standingOf(db, actor)
  if (!reachOf(standing.roles).has('roles.manage'))
    throw new Platform('forbidden', { details: { permission: 'roles.manage' } })
  return standing
}

/** The matrix of a role is open to who stands above it; that of the top to nobody. */
export function mustBeBelow(mine: Standing, role: Pick<RoleRow, 'key' | 'level'>): void {
  if (role.key === topRole) throw refuse(roleFixed)
  mustStandAbove(mine, role.level)
}

export function mustStandAbove(mine: Standing, level: number): void {
  if (!standsAbove(mine.level, level)) throw refuse(roleAboveYours)
}

/** A limited role holds only what knows limits: anything else would reach everywhere. */
export function mustBeLimitable(declared: readonly Declared[], role: Gives): void {
  if (role.limits.length === 0) return
  const free = role.permissions.filter(
    (permission) => !declared.some((one) => one.permission === permission && one.limitable),
  )
  if (free.length > 0) throw refuse(permissionNotLimitable, { details: { permissions: free.toSorted() } })
}

/** A role may grow only by what the person holds at least as widely; what it had already is not theirs to answer for. */
export function mustBeMine(mine: Standing, before: readonly Gives[], after: readonly Gives[]): void {
  const permissions = beyond(reachOf(after), reachOf(before), reachOf(mine.roles))
  if (permissions.length > 0) throw refuse(permissionNotYours, { details: { permissions } })
}

export function mustBeDeclared(
  declared: readonly Declared[],
  permissions: readonly string[],
  path: string,
): void {
  if (permissions.some((permission) => !declared.some((one) => one.permission === permission)))
    throw new WrongField('body', path, 'permission_unknown')
}
