/** With which address tenants' databases are made: the launcher asks, and hands it to the process that runs the jobs. */
import pg from 'pg'
import type { CentralDatabase } from './central-database.ts'
import type { Config } from './config.ts'
import { keptPassword, letIn, provisionerLogin, reaching, withLogin } from './database-logins.ts'
import { PostgresError } from './postgres-error.ts'

type Given = Pick<Config, 'dataDir' | 'provisionerDatabaseUrl'>
type Database = Pick<CentralDatabase, 'appUrl' | 'adminUrl' | 'embedded'>

/**
 * The address of mgp_provisioner on a database that is ready; undefined where only the server's address is known, from
 * which no other login can be made, or where the administrator may make no databases. No practices are opened then.
 * @throws {PostgresError}
 */
export async function openProvisionerLogin(config: Given, database: Database): Promise<string | undefined> {
  const { adminUrl, embedded } = database
  if (embedded) {
    await letIn(embedded.adminUrl, embedded.provisionerUrl, provisionerLogin)
    return embedded.provisionerUrl
  }
  const given = config.provisionerDatabaseUrl
  if (adminUrl === undefined) {
    if (given !== undefined) await requireProvisioner(given)
    return given
  }
  const url =
    given ??
    withLogin(database.appUrl, provisionerLogin.role, keptPassword(config.dataDir, 'provisionerPassword'))
  // Another login than the role itself would not have its attributes, whatever it is granted: it is refused below.
  if (isItself(url)) await letIn(adminUrl, url, provisionerLogin)
  if (given === undefined && !(await mayMakeDatabases(url))) return undefined
  await requireProvisioner(url)
  return url
}

/** An administrator who may not make databases cannot let it do so: a trial there does without practices. */
async function mayMakeDatabases(url: string): Promise<boolean> {
  return (await reaching(provisionerLogin.variable, url, () => rightsOf(url))).makes
}

/**
 * That role itself and no more: CREATEDB and CREATEROLE are not inherited, and whoever has them must own nothing of
 * the central database and read nothing of a practice.
 * @param variable what the address is called in sentences
 * @throws {PostgresError}
 */
export async function requireProvisioner(
  url: string,
  variable: string = provisionerLogin.variable,
): Promise<void> {
  const found = await reaching(variable, url, () => rightsOf(url))
  const wrong = found.isSuperuser
    ? 'is a superuser, which the server must never be'
    : found.name !== provisionerLogin.role
      ? 'is not mgp_provisioner, and its rights to make databases and logins are not inherited'
      : !found.makes
        ? 'may not create databases and roles, or may not give the roles of tenants: run bin/mgp migrate as an administrator'
        : found.reachesBeyond
          ? 'reaches beyond its work (the owner, the server’s role, REPLICATION, BYPASSRLS, or a role like pg_read_all_data)'
          : undefined
  if (wrong !== undefined)
    throw new PostgresError(
      `The role "${found.name}" of ${variable} ${wrong}. Give the address of mgp_provisioner: it is created by the ` +
        'migrations, and where the administrator’s address is given its login is made by itself.',
    )
}

const isItself = (url: string) => decodeURIComponent(new URL(url).username) === provisionerLogin.role

type Rights = { name: string; isSuperuser: boolean; makes: boolean; reachesBeyond: boolean }

async function rightsOf(url: string): Promise<Rights> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  await client.connect()
  try {
    const { rows } = await client.query<Rights>(`
      SELECT rolname AS name, rolsuper AS "isSuperuser",
        rolcreatedb AND rolcreaterole AND NOT EXISTS (
          SELECT FROM unnest(ARRAY['owner', 'practitioner', 'secretary', 'support', 'console', 'keeper']) AS tenant_role
          LEFT JOIN pg_roles given ON given.rolname = 'mgp_tenant_' || tenant_role
          WHERE given.oid IS NULL OR NOT pg_has_role(r.oid, given.oid, 'MEMBER WITH ADMIN OPTION')) AS makes,
        rolreplication OR rolbypassrls OR EXISTS (
          SELECT FROM pg_roles given
          WHERE (given.rolname IN ('mgp_owner', 'mgp_app', 'mgp_sequencer', 'pg_read_all_data', 'pg_write_all_data', 'pg_maintain')
            OR given.rolname LIKE 'pg\\_%server%') AND pg_has_role(r.oid, given.oid, 'MEMBER')) AS "reachesBeyond"
      FROM pg_roles r WHERE r.rolname = current_user`)
    const [row] = rows
    if (!row) throw new PostgresError('The role of PROVISIONER_DATABASE_URL is not in pg_roles.')
    return row
  } finally {
    await client.end()
  }
}
