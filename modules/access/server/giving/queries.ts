import { sql, type Tables } from '#platform/server/db.ts'
import type { Limit } from '#platform/server/requests.ts'

type Db = Tables<'roles' | 'rolePermissions' | 'roleLimits' | 'staffRoles'>
type WithNames = Tables<'roles' | 'rolePermissions' | 'roleLimits' | 'staffRoles' | 'staffMembers'>

export type RoleGiven = {
  id: string
  key: string
  name: string | null
  level: number
  permissions: string[]
  limits: Limit[]
}

const whole = [
  'roles.id',
  'roles.key',
  'roles.name',
  'roles.level',
  sql<
    string[]
  >`array(select permission from role_permissions where role_id = roles.id order by permission)`.as(
    'permissions',
  ),
  sql<Limit[]>`coalesce((select json_agg(each) from (
    select kind, json_agg(value order by value) as "values" from role_limits where role_id = roles.id group by kind) each), '[]')`.as(
    'limits',
  ),
] as const

/** What somebody holds now, the highest role first. */
export async function rolesHeld(db: Db, staffId: string): Promise<RoleGiven[]> {
  return db
    .selectFrom('staffRoles')
    .innerJoin('roles', 'roles.id', 'staffRoles.roleId')
    .where('staffRoles.staffId', '=', staffId)
    .where('staffRoles.endedAt', 'is', null)
    .orderBy('roles.level', 'desc')
    .orderBy('roles.key')
    .select(whole)
    .execute()
}

/** Roles by id, those that were retired left out. */
export async function rolesById(db: Db, ids: readonly string[]): Promise<RoleGiven[]> {
  if (ids.length === 0) return []
  return db
    .selectFrom('roles')
    .where('roles.id', 'in', ids)
    .where('roles.retiredAt', 'is', null)
    .orderBy('roles.level', 'desc')
    .orderBy('roles.key')
    .select(whole)
    .execute()
}

export async function heldByMany(db: Db, staffIds: readonly string[]) {
  if (staffIds.length === 0) return []
  return db
    .selectFrom('staffRoles')
    .innerJoin('roles', 'roles.id', 'staffRoles.roleId')
    .where('staffRoles.staffId', 'in', staffIds)
    .where('staffRoles.endedAt', 'is', null)
    .orderBy('roles.level', 'desc')
    .orderBy('roles.key')
    .select(['staffRoles.staffId', 'roles.id', 'roles.key', 'roles.name', 'roles.level'])
    .execute()
}

/** Two who give somebody roles take turns, and both wait for whoever saves the matrix. */
export async function lockForGiving(db: Tables<'roleMatrix' | 'staffMembers'>, staffId: string) {
  await sql`select from role_matrix for share`.execute(db)
  await sql`select from staff_members where id = ${staffId} for no key update`.execute(db)
}

export async function insertHeld(
  db: Db,
  row: { staffId: string; roleIds: readonly string[]; givenBy: string; givenAt: Date },
) {
  if (row.roleIds.length === 0) return
  const { roleIds, ...rest } = row
  await db
    .insertInto('staffRoles')
    .values(roleIds.map((roleId) => ({ ...rest, roleId })))
    .execute()
}

export async function endHeld(
  db: Db,
  row: { staffId: string; roleIds: readonly string[]; endedBy: string; endedAt: Date },
) {
  if (row.roleIds.length === 0) return
  await db
    .updateTable('staffRoles')
    .set({ endedAt: row.endedAt, endedBy: row.endedBy })
    .where('staffId', '=', row.staffId)
    .where('endedAt', 'is', null)
    .where('roleId', 'in', row.roleIds)
    .execute()
}

/** Every role somebody ever held, what was given last first. */
export async function everHeld(db: WithNames, staffId: string) {
  const name = (alias: string) =>
    sql<string | null>`${sql.ref(`${alias}.first_name`)} || ' ' || ${sql.ref(`${alias}.last_name`)}`
  return db
    .selectFrom('staffRoles')
    .innerJoin('roles', 'roles.id', 'staffRoles.roleId')
    .leftJoin('staffMembers as giver', 'giver.id', 'staffRoles.givenBy')
    .leftJoin('staffMembers as ender', 'ender.id', 'staffRoles.endedBy')
    .where('staffRoles.staffId', '=', staffId)
    .orderBy('staffRoles.givenAt', 'desc')
    .orderBy('roles.level', 'desc')
    .orderBy('staffRoles.id', 'desc')
    .select([
      'roles.id',
      'roles.key',
      'roles.name',
      'givenAt',
      'endedAt',
      name('giver').as('givenBy'),
      name('ender').as('endedBy'),
    ])
    .execute()
}

/** Who may sign in and holds a permission, by name, with each role of theirs that gives it. */
export async function holdersOf(db: WithNames, permission: string) {
  return db
    .selectFrom('staffRoles')
    .innerJoin('roles', 'roles.id', 'staffRoles.roleId')
    .innerJoin('rolePermissions', 'rolePermissions.roleId', 'roles.id')
    .innerJoin('staffMembers', 'staffMembers.id', 'staffRoles.staffId')
    .where('rolePermissions.permission', '=', permission)
    .where('staffRoles.endedAt', 'is', null)
    .where('staffMembers.suspendedAt', 'is', null)
    .orderBy(sql`plain_text(first_name || ' ' || last_name)`)
    .orderBy('staffMembers.id')
    .orderBy('roles.level', 'desc')
    .select([
      'staffMembers.id',
      'staffMembers.email',
      'staffMembers.language',
      sql<string>`first_name || ' ' || last_name`.as('name'),
      'roles.id as roleId',
      'roles.key as roleKey',
      'roles.name as roleName',
      'roles.level as roleLevel',
      sql<boolean>`exists (select from role_limits where role_limits.role_id = roles.id)`.as('limited'),
    ])
    .execute()
}
