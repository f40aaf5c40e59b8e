import { randomUUID } from 'node:crypto'
import type { BuiltInRole } from '#contract/access'
import { verifySecondFactor } from '#contract/identity'
import { giveRole } from '#server/access'
import type { CentralDb } from '#platform/server/db.ts'
import type { Browserless } from './browserless.ts'
import { lucieEnrolling } from './newcomer.ts'
import type { TestServer } from './server.ts'

export type MadeRole = { id: string; key: string; name: string }

/** A role people made, written behind the server's back: whatever its rules would say. */
export async function madeRole(
  db: CentralDb,
  role: { level: number; permissions?: readonly string[]; departments?: readonly string[] },
): Promise<MadeRole> {
  const key = `made_${randomUUID()}`
  const name = `Partenaire ${key}`
  const { id } = await db
    .insertInto('roles')
    .values({ key, name, level: role.level })
    .returning('id')
    .executeTakeFirstOrThrow()
  for (const permission of role.permissions ?? [])
    await db.insertInto('rolePermissions').values({ roleId: id, permission }).execute()
  for (const value of role.departments ?? [])
    await db.insertInto('roleLimits').values({ roleId: id, kind: 'department', value }).execute()
  return { id, key, name }
}

export async function roleId(db: CentralDb, key: string): Promise<string> {
  const { id } = await db.selectFrom('roles').where('key', '=', key).select('id').executeTakeFirstOrThrow()
  return id
}

/** Somebody who holds these roles and never signs in. */
export async function holder(db: CentralDb, ...roles: { id: string }[]): Promise<{ staffId: string }> {
  const { id: staffId } = await db
    .insertInto('staffMembers')
    .values({
      email: `${randomUUID()}@example.com`,
      firstName: 'Inès',
      lastName: 'Martin',
      passwordHash: 'none that opens',
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  for (const { id: roleId } of roles) await db.insertInto('staffRoles').values({ staffId, roleId }).execute()
  return { staffId }
}

/** Somebody signed in who holds exactly these roles. */
export async function colleague(
  server: TestServer,
  first: MadeRole,
  ...more: MadeRole[]
): Promise<Browserless & { staffId: string }> {
  // An account is made with any role that exists; only the harness speaks of the built-in ones.
  const { browser, email, totp } = await lucieEnrolling(server, first.key as BuiltInRole)
  const { id } = await server.db
    .selectFrom('staffMembers')
    .where('email', '=', email)
    .select('id')
    .executeTakeFirstOrThrow()
  for (const { key } of more) await giveRole(server.db, id, key)
  await browser.call(verifySecondFactor, { body: { method: 'totp', code: totp.generate() } })
  return { ...browser, staffId: id }
}
