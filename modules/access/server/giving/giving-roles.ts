/** Who may give whom which roles: what identity's pages about people ask. */
import type { CentralDb } from '#platform/server/db.ts'
import type { Actor } from '#platform/server/requests.ts'
import { beyond, differenceOf, reachOf, standsAbove } from '../reach.ts'
import {
  endHeld,
  everHeld,
  heldByMany,
  holdersOf,
  insertHeld,
  lockForGiving,
  rolesById,
  rolesHeld,
  type RoleGiven,
} from './queries.ts'

type Giver = Pick<Actor, 'staffId'>

/** The highest level somebody holds; 0 without a role. */
export async function levelOf(db: CentralDb, staffId: string): Promise<number> {
  const [highest] = await rolesHeld(db, staffId)
  return highest?.level ?? 0
}

/** Why roles may not be given: unknown ids, roles (by key) of too high a level, permissions the giver lacks or holds less widely. */
export type NotGrantable = { unknown: string[]; above: string[]; permissions: string[] }

/**
 * Whether somebody may give these roles. One gives what stands below one's own level (the top also its like) and holds
 * nothing that oneself does not hold at least as widely.
 *
 * @param to who receives them: what they hold already is not given, and what they would lose must stand below the giver too
 */
export async function mayGrant(
  db: CentralDb,
  actor: Giver,
  roleIds: readonly string[],
  to?: string,
): Promise<true | NotGrantable> {
  const [mine, wanted, held] = [
    await rolesHeld(db, actor.staffId),
    await rolesById(db, roleIds),
    to === undefined ? [] : await rolesHeld(db, to),
  ]
  const level = mine[0]?.level ?? 0
  const { given, ended } = changes(held, wanted)
  const unknown = roleIds.filter((id) => ![...wanted, ...held].some((role) => role.id === id))
  const above = [...given, ...ended].filter((role) => !standsAbove(level, role.level)).map(({ key }) => key)
  const permissions = beyond(reachOf(given), reachOf(mine))
  return unknown.length + above.length + permissions.length === 0 || { unknown, above, permissions }
}

/** Thrown by `setRoles`, since only under its lock is the answer of `mayGrant` certain. */
export class NotYoursToGive extends Error {
  readonly why: NotGrantable
  constructor(why: NotGrantable) {
    super(`not yours to give: ${[...why.unknown, ...why.above, ...why.permissions].join(', ')}`)
    this.why = why
  }
}

/**
 * Gives somebody exactly these roles; those that end stay in the history.
 *
 * @returns what changed, for the audit log
 * @throws NotYoursToGive what `mayGrant` says; an error `isLastSuperAdministrator` knows when no top level would be left
 */
export async function setRoles(
  db: CentralDb,
  actor: Giver,
  staffId: string,
  roleIds: readonly string[],
  now: Date,
): Promise<{ given: RoleGiven[]; ended: RoleGiven[] }> {
  await lockForGiving(db, staffId)
  if (actor.staffId === staffId) throw new Error('nobody gives themself roles')
  const may = await mayGrant(db, actor, roleIds, staffId)
  if (may !== true) throw new NotYoursToGive(may)
  const { given, ended } = changes(await rolesHeld(db, staffId), await rolesById(db, roleIds))
  const ids = (roles: readonly RoleGiven[]) => roles.map(({ id }) => id)
  await insertHeld(db, { staffId, roleIds: ids(given), givenBy: actor.staffId, givenAt: now })
  await endHeld(db, { staffId, roleIds: ids(ended), endedBy: actor.staffId, endedAt: now })
  return { given, ended }
}

/** What somebody would gain, lose and keep within limits by holding exactly these roles. */
export async function difference(db: CentralDb, staffId: string, roleIds: readonly string[]) {
  return differenceOf(await rolesHeld(db, staffId), await rolesById(db, roleIds))
}

export type HeldRole = { id: string; key: string; name: string | null; level: number }

/** The roles of many people at once, the highest first; who has none is missing. */
export async function rolesOfMany(
  db: CentralDb,
  staffIds: readonly string[],
): Promise<ReadonlyMap<string, HeldRole[]>> {
  const held = new Map<string, HeldRole[]>()
  for (const { staffId, ...role } of await heldByMany(db, staffIds))
    held.set(staffId, [...(held.get(staffId) ?? []), role])
  return held
}

export async function roleHistory(db: CentralDb, staffId: string) {
  const rows = await everHeld(db, staffId)
  return rows.map(({ id, key, name, ...held }) => ({ role: { id, key, name }, ...held }))
}

export type Holder = {
  id: string
  name: string
  email: string
  language: 'fr' | 'en'
  /** Those that give the permission. */
  roles: HeldRole[]
  limited: boolean
}

/** Everybody who may sign in and holds a permission, by name. */
export async function peopleWith(db: CentralDb, permission: string): Promise<Holder[]> {
  const people = new Map<string, Holder>()
  for (const row of await holdersOf(db, permission)) {
    const { id, name, email } = row
    const language = row.language === 'en' ? 'en' : 'fr'
    const person = people.get(id) ?? { id, name, email, language, roles: [], limited: true }
    person.roles.push({ id: row.roleId, key: row.roleKey, name: row.roleName, level: row.roleLevel })
    person.limited &&= row.limited
    people.set(id, person)
  }
  return [...people.values()]
}

/** Whether a write failed because it would have left the house without its top level (a trigger of the database). */
export function isLastSuperAdministrator(error: unknown): boolean {
  return (error as { constraint?: string } | null)?.constraint === 'staff_roles_last_super_administrator'
}

function changes(held: readonly RoleGiven[], wanted: readonly RoleGiven[]) {
  const within = (roles: readonly RoleGiven[], role: RoleGiven) => roles.some(({ id }) => id === role.id)
  return {
    given: wanted.filter((role) => !within(held, role)),
    ended: held.filter((role) => !within(wanted, role)),
  }
}
