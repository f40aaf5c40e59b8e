import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { getSession, verifySecondFactor } from '#contract/identity'
import type { Limit } from '#platform/server/requests.ts'
import type { Browserless } from './browserless.ts'
import { lucieEnrolling } from './newcomer.ts'
import type { TestServer } from './server.ts'

export type Partner = { browser: Browserless; staffId: string; roleId: string }

/** Somebody whose only role holds these permissions within these limits; written behind the server's back. */
export async function partnerSignedIn(
  server: TestServer,
  { permissions, limits }: { permissions: readonly string[]; limits: readonly Limit[] },
): Promise<Partner> {
  const { browser, email, totp } = await lucieEnrolling(server)
  const { roleId, staffId } = await asOwner(server, async (run) => {
    const key = `partner_${randomUUID().slice(0, 8)}`
    const [role] = await run(
      `INSERT INTO roles (key, level, built_in, name) VALUES ($1, 10, false, $1) RETURNING id`,
      key,
    )
    const roleId = String(role?.['id'])
    for (const permission of permissions)
      await run(`INSERT INTO role_permissions (role_id, permission) VALUES ($1, $2)`, roleId, permission)
    await limitRole(run, roleId, limits)
    const [staff] = await run(`SELECT id FROM staff_members WHERE email = $1`, email)
    const staffId = String(staff?.['id'])
    await run(`UPDATE staff_roles SET ended_at = now() WHERE staff_id = $1`, staffId)
    await run(`INSERT INTO staff_roles (staff_id, role_id) VALUES ($1, $2)`, staffId, roleId)
    return { roleId, staffId }
  })
  await browser.call(verifySecondFactor, { body: { method: 'totp', code: totp.generate() } })
  const session = await browser.call(getSession)
  if (session.permissions.length !== permissions.length)
    throw new Error('the partner holds other permissions')
  return { browser, staffId, roleId }
}

/** Another role beside the limited one, held everywhere: what the limits of the first say of these is for each endpoint to mind. */
export const alsoHolds = (
  server: TestServer,
  staffId: string,
  permissions: readonly string[],
): Promise<void> =>
  asOwner(server, async (run) => {
    const [role] = await run(
      `INSERT INTO roles (key, level, built_in, name) VALUES ($1, 10, false, $1) RETURNING id`,
      `beside_${randomUUID().slice(0, 8)}`,
    )
    for (const permission of permissions)
      await run(
        `INSERT INTO role_permissions (role_id, permission) VALUES ($1, $2)`,
        role?.['id'],
        permission,
      )
    await run(`INSERT INTO staff_roles (staff_id, role_id) VALUES ($1, $2)`, staffId, role?.['id'])
  })

type Run = (statement: string, ...values: unknown[]) => Promise<Record<string, unknown>[]>

/** Gives a role other limits than it had. */
export async function limitRole(run: Run, roleId: string, limits: readonly Limit[]): Promise<void> {
  await run(`DELETE FROM role_limits WHERE role_id = $1`, roleId)
  for (const { kind, values } of limits)
    for (const value of values)
      await run(`INSERT INTO role_limits (role_id, kind, value) VALUES ($1, $2, $3)`, roleId, kind, value)
}

/** Statements the server itself could not make, in one transaction. */
export async function asOwner<T>(server: TestServer, work: (run: Run) => Promise<T>): Promise<T> {
  const admin = new pg.Client({ connectionString: server.database.adminUrl })
  await admin.connect()
  try {
    await admin.query('BEGIN')
    const done = await work(
      async (statement, ...values) => (await admin.query<Record<string, unknown>>(statement, values)).rows,
    )
    await admin.query('COMMIT')
    return done
  } finally {
    await admin.end()
  }
}
