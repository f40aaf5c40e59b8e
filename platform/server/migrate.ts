/**
 * Brings a central database to the newest schema: ordered files of plain SQL, run once each as role mgp_owner by a
 * connection of the administrator. The server itself never does this.
 */
import fs from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { rootDir } from './config.ts'
import { readMigrations, type Migration } from './migration-files.ts'
import { PostgresError } from './postgres-error.ts'

/** The oldest PostgreSQL that has what the SQL uses: uuidv7(), RETURNING old, transaction_timeout (decision 2). */
const neededMajor = 18

const centralFolder = path.join(rootDir, 'db/central')
/** What a cluster of tenants' databases needs; the central one is always such a cluster too. */
const clusterFile = path.join(rootDir, 'db/tenant/cluster.sql')

type MigrateOptions = {
  folder?: string
  log?: (sentence: string) => void
  /** Re-apply the rights on the database although nothing is pending: after cloning one, say. */
  always?: boolean
}

/**
 * Runs what has not run yet and returns its names. Several processes may ask at once: one works, the others wait.
 * @throws {PostgresError} older PostgreSQL, an applied file that was changed, or one this version does not know
 */
export async function migrate(adminUrl: string, options: MigrateOptions = {}): Promise<string[]> {
  const { folder = centralFolder, log = () => {}, always = false } = options
  const migrations = readMigrations(folder)
  return withClient(adminUrl, async (admin) => {
    await requireVersion(admin)
    if (!always && (await pendingOf(admin, migrations)).length === 0) return []
    // Session level: the lock spans the transactions of all files. Released when the connection ends.
    await admin.query("SELECT pg_advisory_lock(hashtext('magestionpsy migrations'))")
    await prepareDatabase(admin)
    const pending = await pendingOf(admin, migrations)
    for (const migration of pending) {
      log(`Migration ${migration.name}`)
      await apply(admin, migration)
    }
    return pending.map(({ name }) => name)
  })
}

/** Names of the files a database still lacks, asked as any role that may read schema_migrations (mgp_app may). */
export async function pendingMigrations(url: string, folder = centralFolder): Promise<string[]> {
  return withClient(url, async (client) => {
    await requireVersion(client)
    return (await pendingOf(client, readMigrations(folder))).map(({ name }) => name)
  })
}

/**
 * The roles of a further cluster that is to hold tenants' databases; may be run again at any time.
 * @param adminUrl of an administrator there, in any of its databases
 */
export async function prepareCluster(adminUrl: string): Promise<void> {
  await withClient(adminUrl, async (admin) => {
    await requireVersion(admin)
    await runFile(admin, clusterFile)
  })
}

/** Roles of the cluster, rights on the database, extensions. */
async function prepareDatabase(admin: pg.Client): Promise<void> {
  await runFile(admin, path.join(centralFolder, 'roles.sql'))
  await runFile(admin, clusterFile)
  await runFile(admin, path.join(centralFolder, 'database.sql'))
}

async function runFile(admin: pg.Client, file: string): Promise<void> {
  await retryConcurrent(() => admin.query(fs.readFileSync(file, 'utf8')))
}

async function requireVersion(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ number: string; version: string }>(
    "SELECT current_setting('server_version_num') AS number, current_setting('server_version') AS version",
  )
  const [row] = rows
  const refusal = row && refusalOfVersion(Number(row.number), row.version)
  if (refusal) throw new PostgresError(refusal)
}

/** @param number server_version_num: 170005 is 17.5 */
export function refusalOfVersion(number: number, version: string): string | undefined {
  if (Math.floor(number / 10_000) >= neededMajor) return undefined
  return `This database is PostgreSQL ${version}; PostgreSQL ${neededMajor} or newer is needed (DATABASE_URL).`
}

async function pendingOf(client: pg.Client, migrations: Migration[]): Promise<Migration[]> {
  const applied = await appliedTo(client)
  for (const { version, name } of applied.values()) {
    if (!migrations.some((migration) => migration.version === version)) {
      throw new PostgresError(
        `The database was migrated by a newer version of MaGestionPsy: ${name} is unknown to this one.`,
      )
    }
  }
  return migrations.filter((migration) => {
    const { name, checksum } = applied.get(migration.version) ?? {}
    if (checksum !== undefined && (checksum !== migration.checksum || name !== migration.name)) {
      throw new PostgresError(
        `Migration ${migration.name} was changed after it ran here: put it back and write a new file instead. ` +
          'A trial that may be lost begins anew without its data folder (DATA_DIR, .data by default).',
      )
    }
    return checksum === undefined
  })
}

type Applied = { version: number; name: string; checksum: string }

async function appliedTo(client: pg.Client): Promise<Map<number, Applied>> {
  const found = await client.query("SELECT to_regclass('public.schema_migrations') IS NOT NULL AS exists")
  if (!found.rows[0].exists) return new Map()
  const { rows } = await client.query<Applied>('SELECT version, name, checksum FROM public.schema_migrations')
  return new Map(rows.map((row) => [row.version, row]))
}

async function apply(admin: pg.Client, { version, name, checksum, sql }: Migration): Promise<void> {
  await admin.query('BEGIN')
  try {
    await admin.query('SET LOCAL ROLE mgp_owner')
    await admin.query(`
      CREATE TABLE IF NOT EXISTS public.schema_migrations (
        version integer PRIMARY KEY,
        name text NOT NULL,
        checksum text NOT NULL,
        applied_at timestamptz NOT NULL DEFAULT now()
      )`)
    await admin.query('GRANT SELECT ON public.schema_migrations TO mgp_app')
    await admin.query(sql)
    await admin.query('INSERT INTO public.schema_migrations (version, name, checksum) VALUES ($1, $2, $3)', [
      version,
      name,
      checksum,
    ])
    await admin.query('COMMIT')
  } catch (error) {
    await admin.query('ROLLBACK').catch(() => {})
    throw new PostgresError(`Migration ${name} failed: ${placeOf(error, sql)}`, { cause: error })
  }
}

/** PostgreSQL gives the place of an error as a character count; a person looks for a line. */
export function placeOf(error: unknown, sql: string): string {
  if (!(error instanceof pg.DatabaseError)) return String(error)
  const line = error.position ? `line ${sql.slice(0, Number(error.position)).split('\n').length}: ` : ''
  return `${line}${error.message}`
}

/** Roles and grants are shared by the cluster's databases, and PostgreSQL fails one of two concurrent changes. */
async function retryConcurrent<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      const isConcurrent = error instanceof pg.DatabaseError && /concurrently/.test(error.message)
      if (!isConcurrent || attempt === 10) throw error
    }
  }
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, application_name: 'magestionpsy migrate' })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
