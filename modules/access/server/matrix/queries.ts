import type { RoleLimits } from '#contract/access'
import { sql, type Tables } from '#platform/server/db.ts'
import type { Limit } from '#platform/server/requests.ts'

type Db = Tables<'roles' | 'rolePermissions' | 'roleLimits' | 'roleMatrix' | 'staffRoles'>

export type RoleRow = {
  id: string
  key: string
  name: string | null
  description: string | null
  level: number
  builtIn: boolean
  holders: number
  permissions: string[]
  limits: Limit[]
}

/** The roles that can be held, the highest first. */
export async function allRoles(db: Db): Promise<RoleRow[]> {
  return db
    .selectFrom('roles')
    .where('retiredAt', 'is', null)
    .orderBy('level', 'desc')
    .orderBy('builtIn', 'desc')
    .orderBy(sql`coalesce(plain_text(name), key)`)
    .orderBy('id')
    .select([
      'id',
      'key',
      'name',
      'description',
      'level',
      'builtIn',
      sql<number>`(select count(*)::int from staff_roles where role_id = roles.id and ended_at is null)`.as(
        'holders',
      ),
      sql<
        string[]
      >`array(select permission from role_permissions where role_id = roles.id order by permission)`.as(
        'permissions',
      ),
      sql<Limit[]>`coalesce((select json_agg(each) from (
        select kind, json_agg(value order by value) as "values" from role_limits where role_id = roles.id group by kind) each), '[]')`.as(
        'limits',
      ),
    ])
    .execute()
}

export async function matrixRevision(db: Db): Promise<number> {
  const { revision } = await db.selectFrom('roleMatrix').select('revision').executeTakeFirstOrThrow()
  return revision
}

/**
 * The turn of whoever changes roles: until the commit nobody else does, nor gives somebody one.
 *
 * @param seen the revision the change was made on; without it the change is to one role, whatever happened to the others
 * @returns the new revision, or null when somebody changed roles since `seen`
 */
export async function raiseRevision(db: Db, seen?: number): Promise<number | null> {
  const raised = await db
    .updateTable('roleMatrix')
    .set((eb) => ({ revision: eb('revision', '+', 1) }))
    .$if(seen !== undefined, (query) => query.where('revision', '=', seen ?? 0))
    .returning('revision')
    .executeTakeFirst()
  return raised?.revision ?? null
}

export async function addPermissions(db: Db, roleId: string, permissions: readonly string[]) {
  if (permissions.length === 0) return
  await db
    .insertInto('rolePermissions')
    .values(permissions.map((permission) => ({ roleId, permission })))
    .execute()
}

export async function removePermissions(db: Db, roleId: string, permissions: readonly string[]) {
  if (permissions.length === 0) return
  await db
    .deleteFrom('rolePermissions')
    .where('roleId', '=', roleId)
    .where('permission', 'in', permissions)
    .execute()
}

/** Exactly these limits; the lines that stay are left alone. */
export async function replaceLimits(db: Db, roleId: string, limits: RoleLimits) {
  const lines = [
    ...limits.departments.map((value) => ({ kind: 'department', value })),
    ...limits.clients.map((value) => ({ kind: 'client', value })),
    ...(limits.own ? [{ kind: 'own', value: '' }] : []),
  ]
  const kept = lines.map(({ kind, value }) => `${kind}:${value}`)
  await db
    .deleteFrom('roleLimits')
    .where('roleId', '=', roleId)
    .where(sql<boolean>`not (kind || ':' || value = any(${kept}::text[]))`)
    .execute()
  if (lines.length > 0)
    await db
      .insertInto('roleLimits')
      .values(lines.map((line) => ({ roleId, ...line })))
      .onConflict((conflict) => conflict.doNothing())
      .execute()
}

/** A key nobody has, close to the name: « Partenaire Lorraine » -> `partenaire_lorraine`. Keys of retired roles stay taken. */
export async function freeKey(db: Db, name: string): Promise<string> {
  const { rows } = await sql<{ key: string }>`
    with wanted as (select coalesce(nullif(trim(both '_' from regexp_replace(left(plain_text(${name}), 40), '[^a-z0-9]+', '_', 'g')), ''), 'role') as key)
    select key || case when n = 1 then '' else '_' || n end as key from wanted, generate_series(1, 10000) as n
    where not exists (select from roles where roles.key = wanted.key || case when n = 1 then '' else '_' || n end)
    order by n limit 1`.execute(db)
  return rows[0]!.key // ten thousand roles of one name are not made
}

/** Whether a name is one of `reserved`, or borne by a role that can be held; case and accents make no other name. */
export async function nameTaken(
  db: Db,
  name: string,
  reserved: readonly string[],
  but: string | null = null,
): Promise<boolean> {
  const { rows } = await sql<{ taken: boolean }>`
    select exists (select from roles where retired_at is null and id is distinct from ${but}::uuid and plain_text(name) = plain_text(${name}))
      or exists (select from unnest(${reserved}::text[]) as one where plain_text(one) = plain_text(${name})) as taken`.execute(
    db,
  )
  return rows[0]?.taken ?? false
}

export async function insertRole(
  db: Db,
  role: {
    key: string
    name: string
    description: string | null
    level: number
    createdBy: string
    createdAt: Date
  },
): Promise<string> {
  const { id } = await db.insertInto('roles').values(role).returning('id').executeTakeFirstOrThrow()
  return id
}

export async function describeRole(
  db: Db,
  id: string,
  described: { name?: string; description?: string | null; level?: number },
) {
  if (Object.keys(described).length === 0) return
  await db.updateTable('roles').set(described).where('id', '=', id).execute()
}

export async function wasEverHeld(db: Db, id: string): Promise<boolean> {
  const held = await db
    .selectFrom('staffRoles')
    .where('roleId', '=', id)
    .select('id')
    .limit(1)
    .executeTakeFirst()
  return held !== undefined
}

export async function deleteRoleRow(db: Db, id: string) {
  await db.deleteFrom('roles').where('id', '=', id).execute()
}

/** It gives nothing any more and is offered nowhere; its name stays for the history. */
export async function retireRole(db: Db, id: string, now: Date) {
  await db.deleteFrom('rolePermissions').where('roleId', '=', id).execute()
  await db.deleteFrom('roleLimits').where('roleId', '=', id).execute()
  await db.updateTable('roles').set({ retiredAt: now }).where('id', '=', id).execute()
}

/** Who holds any of these roles and may sign in, by name, with all the roles they hold. */
export async function peopleHolding(
  db: Tables<'staffRoles' | 'staffMembers'>,
  roleIds: readonly string[],
): Promise<{ id: string; name: string; roles: string[] }[]> {
  const { rows } = await sql<{ id: string; name: string; roles: string[] }>`
    select s.id, s.first_name || ' ' || s.last_name as name, array_agg(held.role_id) as roles
    from staff_members s join staff_roles held on held.staff_id = s.id and held.ended_at is null
    group by s.id having array_agg(held.role_id) && ${roleIds}::uuid[]
    order by plain_text(s.first_name || ' ' || s.last_name), s.id`.execute(db)
  return rows
}
