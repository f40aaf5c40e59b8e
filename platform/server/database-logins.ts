/** The logins of our processes: made to work with the administrator's address, and held to be no more than they should. */
import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { PostgresError, sayUnreachable } from './postgres-error.ts'

/** A role of the migrations that somebody connects as, and the variable that holds its address. */
export type Login = {
  role: 'mgp_app' | 'mgp_sequencer' | 'mgp_provisioner' | 'mgp_console' | 'mgp_console_owner'
  variable:
    | 'DATABASE_URL'
    | 'SEQUENCER_DATABASE_URL'
    | 'PROVISIONER_DATABASE_URL'
    | 'CONSOLE_DATABASE_URL'
    | 'DATABASE_ADMIN_URL'
  who: string
}

export const appLogin: Login = { role: 'mgp_app', variable: 'DATABASE_URL', who: 'the server' }
export const sequencerLogin: Login = {
  role: 'mgp_sequencer',
  variable: 'SEQUENCER_DATABASE_URL',
  who: 'the sequencer',
}
export const provisionerLogin: Login = {
  role: 'mgp_provisioner',
  variable: 'PROVISIONER_DATABASE_URL',
  who: 'what makes tenants’ databases',
}
export const consoleLogin: Login = {
  role: 'mgp_console',
  variable: 'CONSOLE_DATABASE_URL',
  who: 'the SQL console',
}
/** No variable holds its address: it is made where the administrator's is known, and is told to no process that serves. */
export const consoleOwnerLogin: Login = {
  role: 'mgp_console_owner',
  variable: 'DATABASE_ADMIN_URL',
  who: 'a change of the schema that is simulated',
}

export type Powers = {
  name: string
  isSuperuser: boolean
  createsRoles: boolean
  /** Or may become who does, by SET ROLE. */
  owns: boolean
  reachesBeyond: boolean
}

export async function powersOf(url: string): Promise<Powers> {
  return asking(url, async (client) => {
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

/** No process of ours connects as superuser or owner (decision 2): a hole in it must not be a hole in everything. */
export async function requirePowerless(url: string, { role, variable, who }: Login): Promise<void> {
  const found = await reaching(variable, url, () => powersOf(url))
  const power = found.isSuperuser
    ? 'is a superuser'
    : found.owns
      ? 'owns the database or its tables, or may become who does'
      : found.createsRoles
        ? 'may create roles'
        : found.reachesBeyond
          ? 'reaches beyond the data (CREATEDB, REPLICATION, BYPASSRLS, or a role like pg_read_all_data)'
          : undefined
  if (power === undefined) return
  throw new PostgresError(
    `The role "${found.name}" of ${variable} ${power}, which ${who} must not be. Give that address as ` +
      `DATABASE_ADMIN_URL, and as ${variable} the one of ${role} (it is created by the migrations; its password is ` +
      `the one in ${variable}).`,
  )
}

/** Makes a login work: the role itself gets the password of its address, another login gets the role's rights. */
export async function letIn(adminUrl: string, url: string, { role, variable }: Login): Promise<void> {
  const { username, password } = new URL(url)
  const name = decodeURIComponent(username)
  if (await worksAs(role, url)) return
  await asking(adminUrl, async (admin) => {
    const login = pg.escapeIdentifier(name)
    if (name === role) {
      await admin.query(
        `ALTER ROLE ${login} LOGIN PASSWORD ${pg.escapeLiteral(decodeURIComponent(password))}`,
      )
    } else if ((await admin.query('SELECT FROM pg_roles WHERE rolname = $1', [name])).rowCount) {
      await admin.query(`GRANT ${role} TO ${login}`)
    }
  })
  await reaching(variable, url, () => powersOf(url))
}

export async function worksAs(role: Login['role'], url: string): Promise<boolean> {
  try {
    return await asking(url, async (client) => {
      const { rows } = await client.query(`SELECT pg_has_role(current_user, '${role}', 'USAGE') AS yes`)
      return rows[0].yes
    })
  } catch {
    return false
  }
}

type Kept =
  | 'appPassword'
  | 'sequencerPassword'
  | 'provisionerPassword'
  | 'consolePassword'
  | 'consoleOwnerPassword'

/** The passwords of our roles on a database that is not ours are made once and kept in DATA_DIR, mode 0600. */
export function keptPassword(dataDir: string, which: Kept): string {
  const file = path.join(dataDir, 'database.json')
  // Written below and nowhere else.
  const kept = fs.existsSync(file)
    ? (JSON.parse(fs.readFileSync(file, 'utf8')) as Partial<Record<Kept, string>>)
    : {}
  const known = kept[which]
  if (known !== undefined) return known
  const made = randomBytes(24).toString('base64url')
  fs.writeFileSync(`${file}.new`, JSON.stringify({ ...kept, [which]: made }), { mode: 0o600 })
  fs.renameSync(`${file}.new`, file)
  return made
}

export function withLogin(url: string, username: string, password: string): string {
  const target = new URL(url)
  target.username = username
  target.password = password
  return target.href
}

export async function reaching<T>(variable: string, url: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw sayUnreachable(variable, url, error)
  }
}

async function asking<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
