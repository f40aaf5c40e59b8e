/**
 * The central database, ready to serve: found or started, migrated, with an address for the server that is neither
 * superuser nor owner. The launcher and the command line both begin here.
 */
import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { ensureDataDir, type Config } from './config.ts'
import { startEmbedded, type EmbeddedPostgres } from './embedded-postgres.ts'
import { migrate, pendingMigrations } from './migrate.ts'
import { PostgresError, sayUnreachable } from './postgres-error.ts'

export type CentralDatabase = {
  /** The server's address: role mgp_app, or a login that has its rights. */
  appUrl: string
  /** For provisioning and demonstration data; absent when only the server's address was given. */
  adminUrl: string | undefined
  embedded: EmbeddedPostgres | undefined
  /** Names of the migrations that ran now. */
  migrated: string[]
  stop(mode?: 'fast' | 'immediate'): Promise<void>
}

type DatabaseConfig = Pick<Config, 'appEnv' | 'dataDir' | 'databaseUrl' | 'databaseAdminUrl'>
type Log = (sentence: string) => void

/** @throws {PostgresError} with a sentence for the person at the terminal */
export async function openCentralDatabase(
  config: DatabaseConfig,
  log: Log = () => {},
): Promise<CentralDatabase> {
  ensureDataDir(config)
  if (config.databaseUrl === undefined) return openEmbedded(config.dataDir, log)
  const external = await openExternal(config.databaseUrl, config, log)
  return { ...external, embedded: undefined, stop: async () => {} }
}

async function openEmbedded(dataDir: string, log: Log): Promise<CentralDatabase> {
  const embedded = await startEmbedded(dataDir)
  try {
    const migrated = await migrate(embedded.adminUrl, { log })
    await letAppIn(embedded.adminUrl, embedded.appUrl)
    const { adminUrl, appUrl } = embedded
    return { adminUrl, appUrl, embedded, migrated, stop: (mode) => embedded.stop(mode) }
  } catch (error) {
    await embedded.stop()
    throw error
  }
}

type External = Pick<CentralDatabase, 'appUrl' | 'adminUrl' | 'migrated'>

async function openExternal(databaseUrl: string, config: DatabaseConfig, log: Log): Promise<External> {
  if (config.databaseAdminUrl !== undefined) {
    const adminUrl = config.databaseAdminUrl
    const migrated = await reaching('DATABASE_ADMIN_URL', adminUrl, () => migrate(adminUrl, { log }))
    await letAppIn(adminUrl, databaseUrl)
    await requirePowerless(databaseUrl)
    return { appUrl: databaseUrl, adminUrl, migrated }
  }
  const role = await reaching('DATABASE_URL', databaseUrl, () => powersOf(databaseUrl))
  if (isReal(config) || !(role.isSuperuser || role.createsRoles)) {
    await requirePowerless(databaseUrl)
    await requireCurrent(databaseUrl)
    return { appUrl: databaseUrl, adminUrl: undefined, migrated: [] }
  }
  // A trial on one's own PostgreSQL: the one address given may do everything, so the server gets a lesser one.
  const migrated = await migrate(databaseUrl, { log })
  const appUrl = withLogin(databaseUrl, 'mgp_app', keptPassword(config.dataDir))
  await letAppIn(databaseUrl, appUrl)
  return { appUrl, adminUrl: databaseUrl, migrated }
}

function isReal({ appEnv }: DatabaseConfig): boolean {
  return appEnv === 'production' || appEnv === 'staging'
}

type Powers = {
  name: string
  isSuperuser: boolean
  createsRoles: boolean
  /** Or may become who does, by SET ROLE. */
  owns: boolean
  reachesBeyond: boolean
}

async function powersOf(url: string): Promise<Powers> {
  return query(url, async (client) => {
    const { rows } = await client.query<Powers>(`
      SELECT rolname AS name, rolsuper AS "isSuperuser", rolcreaterole AS "createsRoles",
             pg_has_role(r.oid, d.datdba, 'MEMBER') OR EXISTS (
               SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
               WHERE n.nspname IN ('public', 'pgboss') AND pg_has_role(r.oid, c.relowner, 'MEMBER')
             ) AS owns,
             rolreplication OR rolbypassrls OR rolcreatedb OR EXISTS (
               SELECT FROM pg_roles given
               WHERE (given.rolname IN ('pg_read_all_data', 'pg_write_all_data', 'pg_maintain')
                 OR given.rolname LIKE 'pg\\_%server%') AND pg_has_role(r.oid, given.oid, 'MEMBER')
             ) AS "reachesBeyond"
      FROM pg_roles r, pg_database d
      WHERE r.rolname = current_user AND d.datname = current_database()`)
    const [row] = rows
    if (!row) throw new PostgresError('The role of DATABASE_URL is not in pg_roles.')
    return row
  })
}

/** The server never connects as superuser or owner (decision 2): a hole in it must not be a hole in everything. */
async function requirePowerless(url: string): Promise<void> {
  const role = await reaching('DATABASE_URL', url, () => powersOf(url))
  const power = role.isSuperuser
    ? 'is a superuser'
    : role.owns
      ? 'owns the database or its tables, or may become who does'
      : role.createsRoles
        ? 'may create roles'
        : role.reachesBeyond
          ? 'reaches beyond the data (CREATEDB, REPLICATION, BYPASSRLS, or a role like pg_read_all_data)'
          : undefined
  if (power === undefined) return
  throw new PostgresError(
    `The role "${role.name}" of DATABASE_URL ${power}, which the server must not be. Give that address as ` +
      'DATABASE_ADMIN_URL, and as DATABASE_URL the one of mgp_app (it is created by the migrations; its password is ' +
      'the one in DATABASE_URL).',
  )
}

async function requireCurrent(url: string): Promise<void> {
  const pending = await pendingMigrations(url)
  if (pending.length === 0) return
  throw new PostgresError(
    `The database lacks ${pending.length} migration(s), from ${pending[0]} on. Run: ` +
      'DATABASE_ADMIN_URL=postgres://… DATABASE_URL=postgres://… bin/mgp migrate',
  )
}

/** Makes the server's login work: mgp_app gets the password of its address, another login gets mgp_app's rights. */
async function letAppIn(adminUrl: string, appUrl: string): Promise<void> {
  const { username, password } = new URL(appUrl)
  const name = decodeURIComponent(username)
  if (await isAppLogin(appUrl)) return
  await query(adminUrl, async (admin) => {
    const login = pg.escapeIdentifier(name)
    if (name === 'mgp_app') {
      await admin.query(
        `ALTER ROLE ${login} LOGIN PASSWORD ${pg.escapeLiteral(decodeURIComponent(password))}`,
      )
    } else if ((await admin.query('SELECT FROM pg_roles WHERE rolname = $1', [name])).rowCount) {
      await admin.query(`GRANT mgp_app TO ${login}`)
    }
  })
  await reaching('DATABASE_URL', appUrl, () => powersOf(appUrl))
}

async function isAppLogin(appUrl: string): Promise<boolean> {
  try {
    return await query(appUrl, async (client) => {
      const { rows } = await client.query("SELECT pg_has_role(current_user, 'mgp_app', 'USAGE') AS yes")
      return rows[0].yes
    })
  } catch {
    return false
  }
}

/** The password of mgp_app on a database that is not ours is made once and kept, mode 0600. */
function keptPassword(dataDir: string): string {
  const file = path.join(dataDir, 'database.json')
  if (!fs.existsSync(file)) {
    fs.writeFileSync(file, JSON.stringify({ appPassword: randomBytes(24).toString('base64url') }), {
      mode: 0o600,
    })
  }
  // Written above and nowhere else.
  return (JSON.parse(fs.readFileSync(file, 'utf8')) as { appPassword: string }).appPassword
}

function withLogin(url: string, username: string, password: string): string {
  const target = new URL(url)
  target.username = username
  target.password = password
  return target.href
}

async function query<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

async function reaching<T>(variable: string, url: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw sayUnreachable(variable, url, error)
  }
}
