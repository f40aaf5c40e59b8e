/** A tenant's logins and its database on a cluster: made, opened to the logins alone, and dropped. All of it may be asked again. */
import pg from 'pg'
import { pgCode } from '#platform/server/db.ts'
import { tenantRoles } from '#platform/server/tenant-db.ts'
import type { Provisioner } from './clusters.ts'
import { loginOf, passwordOf, verifierOf } from './logins.ts'
import { isMissing, isTaken, type Templates } from './template.ts'

/** Of one login, all processes together: each keeps at most two. */
const connectionsALogin = 20

/**
 * Not waited for until it is on the disk: before anybody relies on it, something is committed on that cluster that is
 * (who has a practice says so in it, what is restored is written), and then all that was before it is too.
 */
const lazily = "SELECT set_config('synchronous_commit', 'off', true);"

/** How a login has its group's rights: it never becomes the group, but for the owner, whose tables are the group's. */
const memberships = tenantRoles.map((role) => ({
  role,
  group: `mgp_tenant_${role}`,
  how: role === 'owner' ? 'INHERIT TRUE, SET TRUE' : 'INHERIT TRUE, SET FALSE',
}))

/**
 * All six or none. One that is there already has the password that is derived for it, whoever made it.
 * @param secret what the passwords are derived from
 */
export async function makeLogins(on: Provisioner, loginRole: string, secret: Uint8Array): Promise<void> {
  const statements = memberships.map(({ role, group, how }) => {
    const login = loginOf(loginRole, role)
    const verifier = verifierOf(passwordOf(secret, login))
    return (
      `CREATE ROLE ${login} LOGIN PASSWORD ${pg.escapeLiteral(verifier)} CONNECTION LIMIT ${connectionsALogin};` +
      `GRANT ${group} TO ${login} WITH ${how}, ADMIN FALSE;`
    )
  })
  await on.run(async (client) => {
    // One statement after the other in the one transaction that a question with several is.
    const [first] = memberships
    const name = loginOf(loginRole, first?.role ?? 'owner')
    const { rowCount } = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [name])
    if (rowCount) return
    await client.query(lazily + statements.join('\n')).catch((error: unknown) => {
      // Of a process that died while PostgreSQL was still at it.
      if (!['42710', '23505'].includes(pgCode(error) ?? '')) throw error
    })
  })
}

/**
 * A clone of the template nobody can connect to yet. What an interrupted DROP left behind goes first.
 * @throws when a database of that name is somebody else's
 */
export async function cloneTemplate(
  on: Provisioner,
  databaseName: string,
  templates: Templates,
): Promise<void> {
  const create = () =>
    on.run(async (client) => {
      await client.query(`CREATE DATABASE ${databaseName} TEMPLATE ${templates.name} ALLOW_CONNECTIONS false`)
    })
  try {
    await create()
  } catch (error) {
    if (isMissing(error)) {
      await templates.ensure(on)
      await create()
    } else if (!isTaken(error)) throw error
    else if (await isWhole(on, databaseName)) return
    else {
      await dropDatabase(on, databaseName)
      await create()
    }
  }
}

/** Whoever makes one commits it whole; only a DROP that was cut short leaves a ruin. */
async function isWhole(on: Provisioner, databaseName: string): Promise<boolean> {
  return on.run(async (client) => {
    const { rows } = await client.query<{ whole: boolean; own: boolean }>(
      `SELECT datconnlimit <> -2 AS whole, pg_get_userbyid(datdba) = current_user AS own
       FROM pg_database WHERE datname = $1`,
      [databaseName],
    )
    const [row] = rows
    if (row && !row.own) throw new Error(`the database ${databaseName} belongs to somebody else`)
    return row?.whole ?? false
  })
}

/** Rights on a database and its settings are not cloned with it (decision 3). Until they stand nobody comes in. */
export async function openToLogins(on: Provisioner, databaseName: string, loginRole: string): Promise<void> {
  const logins = tenantRoles.map((role) => loginOf(loginRole, role)).join(', ')
  await on.run(async (client) => {
    await client.query(`${lazily}
      REVOKE ALL ON DATABASE ${databaseName} FROM PUBLIC;
      GRANT CONNECT ON DATABASE ${databaseName} TO ${logins};
      ALTER DATABASE ${databaseName} SET search_path = public, pg_temp;
      ALTER DATABASE ${databaseName} SET timezone = 'UTC';
      ALTER DATABASE ${databaseName} WITH ALLOW_CONNECTIONS true`)
  })
}

/** Whether one is there that anybody can come into: not half made, nor dropped halfway. */
export async function isOpen(client: pg.ClientBase, databaseName: string): Promise<boolean> {
  const { rowCount } = await client.query(
    'SELECT FROM pg_database WHERE datname = $1 AND datallowconn AND datconnlimit <> -2',
    [databaseName],
  )
  return rowCount === 1
}

/** Whoever is connected is thrown out. Nothing happens where there is none. */
export async function dropDatabase(on: Provisioner, databaseName: string): Promise<void> {
  await on.run(async (client) => {
    await client.query(`DROP DATABASE IF EXISTS ${databaseName} WITH (FORCE)`)
  })
}

/** After the databases they may connect to. */
export async function dropLogins(on: Provisioner, loginRole: string): Promise<void> {
  const logins = tenantRoles.map((role) => loginOf(loginRole, role)).join(', ')
  await on.run(async (client) => {
    await client.query(`DROP ROLE IF EXISTS ${logins}`)
  })
}
