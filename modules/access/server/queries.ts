import type { Tables } from '#platform/server/db.ts'

type Db = Tables<'roles' | 'rolePermissions' | 'staffRoles'>

/** The roles of a staff member, the highest first, and every permission they hold by them. */
export async function rightsOf(
  db: Db,
  staffId: string,
): Promise<{ roles: string[]; permissions: Set<string> }> {
  const rows = await db
    .selectFrom('staffRoles')
    .innerJoin('roles', 'roles.id', 'staffRoles.roleId')
    .leftJoin('rolePermissions', 'rolePermissions.roleId', 'roles.id')
    .where('staffRoles.staffId', '=', staffId)
    .orderBy('roles.level', 'desc')
    .select(['roles.key', 'rolePermissions.permission'])
    .execute()
  return {
    roles: [...new Set(rows.map((row) => row.key))],
    permissions: new Set(rows.flatMap((row) => row.permission ?? [])),
  }
}

export async function giveRole(db: Db, staffId: string, role: string): Promise<boolean> {
  const given = await db
    .insertInto('staffRoles')
    .columns(['staffId', 'roleId'])
    .expression((eb) =>
      eb
        .selectFrom('roles')
        .where('key', '=', role)
        .select([eb.val(staffId).as('staffId'), 'id']),
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
