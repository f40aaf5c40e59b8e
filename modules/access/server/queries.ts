import type { Limit } from '#platform/server/requests.ts'
import { sql, type Tables } from '#platform/server/db.ts'

type Db = Tables<'roles' | 'rolePermissions' | 'roleLimits' | 'staffRoles'>

/** What somebody may do, and within what. */
export type Rights = {
  /** Keys, the highest level first. */
  roles: string[]
  /** What those are called that people made, by key. */
  names: Record<string, string>
  permissions: Set<string>
  limits: Map<string, readonly Limit[]>
}

/** The roles of a staff member, and every permission they hold by them: a role without limits lifts those of the others. */
export async function rightsOf(db: Db, staffId: string): Promise<Rights> {
  const rows = await db
    .selectFrom('staffRoles')
    .innerJoin('roles', 'roles.id', 'staffRoles.roleId')
    .where('staffRoles.staffId', '=', staffId)
    .where('staffRoles.endedAt', 'is', null)
    .orderBy('roles.level', 'desc')
    .orderBy('roles.key')
    .select([
      'roles.key',
      'roles.name',
      sql<string[]>`array(select permission from role_permissions where role_id = roles.id)`.as(
        'permissions',
      ),
      sql<Limit[]>`coalesce((select json_agg(each) from (
        select kind, json_agg(value) as "values" from role_limits where role_id = roles.id group by kind) each), '[]')`.as(
        'limits',
      ),
    ])
    .execute()
  const everywhere = new Set(rows.flatMap((row) => (row.limits.length === 0 ? row.permissions : [])))
  const limits = new Map<string, readonly Limit[]>()
  for (const row of rows)
    for (const permission of row.permissions)
      if (!everywhere.has(permission))
        limits.set(permission, [...(limits.get(permission) ?? []), ...row.limits])
  return {
    roles: rows.map((row) => row.key),
    names: Object.fromEntries(rows.flatMap(({ key, name }) => (name === null ? [] : [[key, name]]))),
    permissions: new Set(rows.flatMap((row) => row.permissions)),
    limits,
  }
}

/** @param by who gives it; null for the command line and the demonstration */
export async function giveRole(
  db: Db,
  staffId: string,
  role: string,
  by: string | null = null,
): Promise<boolean> {
  const given = await db
    .insertInto('staffRoles')
    .columns(['staffId', 'roleId', 'givenBy'])
    .expression((eb) =>
      eb
        .selectFrom('roles')
        .where('key', '=', role)
        .select([eb.val(staffId).as('staffId'), 'id', eb.val(by).as('givenBy')]),
    )
    .executeTakeFirst()
  return (given.numInsertedOrUpdatedRows ?? 0n) > 0n
}

/** Every permission any role holds: a wall compares them with what the contracts ask for. */
export async function permissionsHeld(db: Db): Promise<string[]> {
  const rows = await db
    .selectFrom('rolePermissions')
    .select('permission')
    .distinct()
    .orderBy('permission')
    .execute()
  return rows.map((row) => row.permission)
}
