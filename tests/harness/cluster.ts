/** One PostgreSQL for a whole run of tests, and in it a migrated database to clone. */
import fs from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { startEmbedded } from '#platform/server/embedded-postgres.ts'
import { migrate } from '#platform/server/migrate.ts'
import { isRunning, withLock } from '#platform/server/process-lock.ts'

const template = 'magestionpsy_template'

export type TestCluster = {
  adminUrl: string
  appUrl: string
  sequencerUrl: string
  provisionerUrl: string
  consoleUrl: string
  consoleOwnerUrl: string
}

/** Started by whoever comes first; the others find it running. */
export async function testCluster(dataDir: string): Promise<TestCluster> {
  const { adminUrl, appUrl, sequencerUrl, provisionerUrl, consoleUrl, consoleOwnerUrl } = await startEmbedded(
    dataDir,
    { durable: false },
  )
  await withLock(path.join(dataDir, 'template.lock'), async () => {
    if (await isThere(adminUrl)) return
    const draft = `${template}_draft`
    await asAdmin(adminUrl, `DROP DATABASE IF EXISTS ${draft}`, `CREATE DATABASE ${draft}`)
    await migrate(withDatabase(adminUrl, draft))
    await asAdmin(
      adminUrl,
      ...[appUrl, sequencerUrl, provisionerUrl, consoleUrl, consoleOwnerUrl].map((url) => {
        const { username, password } = new URL(url)
        return `ALTER ROLE ${username} LOGIN PASSWORD '${password}'`
      }),
      `ALTER DATABASE ${draft} RENAME TO ${template}`,
    )
  })
  return { adminUrl, appUrl, sequencerUrl, provisionerUrl, consoleUrl, consoleOwnerUrl }
}

/** @returns the addresses of a new database like the template, or like another one nobody is connected to */
export async function cloneDatabase(
  cluster: TestCluster,
  name: string,
  model: string = template,
): Promise<TestCluster> {
  // File by file, in memory, where fsync is off: block by block through the write-ahead log costs twice as much, and so does
  // dropping it afterwards.
  await asAdmin(cluster.adminUrl, `CREATE DATABASE ${name} TEMPLATE ${model} STRATEGY file_copy`)
  // What belongs to a database is not copied with it, and a test must see the rights production has.
  await migrate(withDatabase(cluster.adminUrl, name), { always: true })
  return addressesOf(cluster, name)
}

/** @returns the addresses of a new database in which nothing ever ran */
export async function emptyDatabase(cluster: TestCluster, name: string): Promise<TestCluster> {
  await asAdmin(cluster.adminUrl, `CREATE DATABASE ${name}`)
  return addressesOf(cluster, name)
}

export async function dropDatabase(cluster: TestCluster, name: string): Promise<void> {
  await asAdmin(cluster.adminUrl, leaving(name), `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
}

/** A pool has ended before its connections have: thrown out on their way they would complain to nobody. A second for them. */
const leaving = (name: string) => `
  DO $$ BEGIN
    FOR turn IN 1..50 LOOP
      PERFORM pg_stat_clear_snapshot();
      EXIT WHEN NOT EXISTS (SELECT FROM pg_stat_activity WHERE datname = '${name}');
      PERFORM pg_sleep(0.02);
    END LOOP;
  END $$`

/** At once and without a checkpoint: nothing in it is worth keeping. Synchronous, for the exit of a process. */
export function endCluster(dataDir: string): void {
  const pid = Number(readFirstLine(path.join(dataDir, 'postgres/postmaster.pid')))
  if (pid) endNow(pid)
  fs.rmSync(dataDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 })
}

function readFirstLine(file: string): string | undefined {
  return fs.existsSync(file) ? fs.readFileSync(file, 'utf8').split('\n')[0] : undefined
}

function endNow(pid: number): void {
  try {
    process.kill(pid, 'SIGQUIT')
    // Its folder can only be removed once it stopped writing there.
    const pause = new Int32Array(new SharedArrayBuffer(4))
    for (let turn = 0; turn < 200 && isRunning({ pid, startedAt: '' }); turn++) Atomics.wait(pause, 0, 0, 20)
  } catch {
    // gone already
  }
}

async function isThere(adminUrl: string): Promise<boolean> {
  const rows = await asAdmin(adminUrl, `SELECT FROM pg_database WHERE datname = '${template}'`)
  return rows > 0
}

async function asAdmin(url: string, ...statements: string[]): Promise<number> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    let rows = 0
    for (const statement of statements) rows = (await client.query(statement)).rowCount ?? 0
    return rows
  } finally {
    await client.end()
  }
}

function addressesOf(cluster: TestCluster, name: string): TestCluster {
  return {
    adminUrl: withDatabase(cluster.adminUrl, name),
    appUrl: withDatabase(cluster.appUrl, name),
    sequencerUrl: withDatabase(cluster.sequencerUrl, name),
    provisionerUrl: withDatabase(cluster.provisionerUrl, name),
    consoleUrl: withDatabase(cluster.consoleUrl, name),
    consoleOwnerUrl: withDatabase(cluster.consoleOwnerUrl, name),
  }
}

function withDatabase(url: string, name: string): string {
  const target = new URL(url)
  target.pathname = `/${name}`
  return target.href
}
