/** The server as people run it, killed in the middle of what is no work with steps: an export, a suspension, a resumption. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import http from 'node:http'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { unzipSync } from 'fflate'
import pg from 'pg'
import { afterAll, expect, test } from 'vitest'
import { addFile, getPractice } from '#contract/cabinet'
import { exportTenant, resumeTenant, suspendTenant } from '#contract/tenancy'
import { addressOf, type AnyEndpoint } from '#platform/contract/endpoint.ts'
import { getJob } from '#platform/contract/jobs.ts'
import { openFiles } from '#platform/server/files.ts'
import { rootDir } from '#platform/server/config.ts'
import { onDatabase } from '../../../tests/harness/another-cluster.ts'
import { entriesOf } from '../../../tests/harness/audit.ts'
import { bareEnv } from '../../../tests/harness/bare-env.ts'
import type { Browserless } from '../../../tests/harness/browserless.ts'
import { startRealServer } from '../../../tests/harness/real-server.ts'
import { tenancyServer } from '../../../tests/harness/tenants.ts'
import { buildWebApps } from '../../../apps/server/launch/web-builds.ts'

// It lives on, and does no jobs.
const server = await tenancyServer({ env: { ROLE: 'web' } })
const { db, database, dataDir } = server
const chief = await server.as('super_administrator')
const practice = await server.openPractice('Claire Moreau')
const { tenantId: id, holder } = practice

await buildWebApps(() => {})
const mortal = await startRealServer({
  databaseUrl: database.appUrl,
  dataDir,
  env: {
    MASTER_KEY: server.masterKey.toString('base64'),
    PROVISIONER_DATABASE_URL: database.provisionerUrl,
  },
})
// One holds locks, in a transaction that sees what was at work at its beginning; the other looks.
const [admin, watch] = [new pg.Client(database.adminUrl), new pg.Client(database.adminUrl)]
await Promise.all([admin.connect(), watch.connect()])
afterAll(async () => {
  await mortal.stop()
  await Promise.all([admin.end(), watch.end()])
})

// Enough that an export of it can be killed half-way.
const rows = 20_000
const client = new pg.Client(onDatabase(database.adminUrl, practice.databaseName))
await client.connect()
await client.query(
  `INSERT INTO notes (author_id, kind, body_sealed) SELECT '${holder.memberId}', 'record', 'x' FROM generate_series(1, ${rows})`,
)
await client.end()
const pdf = new Blob(['%PDF-1.7\nBilan'], { type: 'application/octet-stream' })
await holder.call(addFile, { query: { name: 'bilan.pdf' }, file: pdf })

/**
 * Whoever commits such a change of a row waits in its COMMIT for as long as we hold the lock. Nobody else does: what the
 * server notes on the same rows by itself, in single statements, would hold them and be waited for without end.
 */
async function commitsWait(table: string, change = 'INSERT OR UPDATE', when = 'true'): Promise<void> {
  await admin.query(`
    CREATE OR REPLACE FUNCTION wait_to_commit() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN PERFORM pg_advisory_xact_lock_shared(42); RETURN NULL; END $$;
    GRANT EXECUTE ON FUNCTION wait_to_commit() TO PUBLIC;
    CREATE CONSTRAINT TRIGGER waits AFTER ${change} ON ${table} DEFERRABLE INITIALLY DEFERRED
      FOR EACH ROW WHEN (${when}) EXECUTE FUNCTION wait_to_commit();
    SELECT pg_advisory_lock(42)`)
}
const commitsGoOn = (table: string) =>
  admin.query(`SELECT pg_advisory_unlock_all(); DROP TRIGGER waits ON ${table}`)

const waiting = `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND query ~* $1`

/** Kills it when a statement like that waits for us; then lets PostgreSQL go on with what the dead one had sent. */
async function killedAt(
  statement: string,
  letGoOn: () => Promise<unknown>,
  asked?: Promise<number | undefined>,
): Promise<void> {
  let answer: number | undefined
  void asked?.then((status) => (answer = status))
  while (!(await watch.query(waiting, [statement])).rowCount) {
    if (answer !== undefined) throw new Error(`it was over before it was killed: ${answer}`)
    await pause(5)
  }
  const { rows } = await watch.query<{ pid: number }>(waiting.replace('FROM', 'pid FROM'), [statement])
  await mortal.kill()
  await letGoOn()
  const left = 'SELECT FROM pg_stat_activity WHERE pid = any($1)'
  while ((await watch.query(left, [rows.map(({ pid }) => pid)])).rowCount) await pause(5)
}

/** Over a socket to the one that dies. @returns undefined when it died before it answered */
async function ask(endpoint: AnyEndpoint, who: Browserless, host: string, body?: unknown) {
  for (let turn = 1; ; turn++) {
    const status = await askOnce(endpoint, who, host, body)
    // It has just begun, and says on a busy machine that it is: nothing of what was asked was done.
    if (status !== 503 || turn === 10) return status
    await pause(1_000)
  }
}

function askOnce(endpoint: AnyEndpoint, who: Browserless, host: string, body?: unknown) {
  const { port } = new URL(mortal.url)
  const payload = body === undefined ? undefined : JSON.stringify(body)
  return new Promise<number | undefined>((resolve) => {
    const request = http.request({
      host: 'localhost',
      port,
      method: endpoint.method,
      path: addressOf(endpoint, { id }),
      headers: {
        host: `${host}:${port}`,
        cookie: who.cookie(),
        'sec-fetch-site': 'same-origin',
        ...(payload === undefined ? {} : { 'content-type': 'application/json' }),
      },
    })
    request.on('response', (response) => resolve(response.resume().statusCode))
    request.on('error', () => resolve(undefined))
    request.end(payload)
  })
}

const stateNow = async () =>
  (await db.selectFrom('tenants').where('id', '=', id).select('state').executeTakeFirstOrThrow()).state
const told = async (verb: string) =>
  (await entriesOf(server, { verb, object: id })).map(({ result }) => result)
const servesMembers = async () => (await holder.ask(getPractice)).status === 200
const letsIn = () =>
  server.tenants.databases.reading(id, 'practitioner').then(
    () => true,
    (error: { code?: string }) => error.code !== 'tenant_suspended',
  )

/** To the last: nobody heard that it is so, and everybody goes by it. */
async function expectIs(state: 'active' | 'suspended') {
  const isServed = state === 'active'
  expect(await stateNow()).toBe(state)
  await expect.poll(servesMembers).toBe(isServed)
  await expect.poll(letsIn).toBe(isServed)
  await mortal.start()
  const status = await ask(getPractice, holder, 'app.localhost')
  expect(status === 200, `${status}`).toBe(isServed)
}

test('a server killed in a suspension leaves a practice that works on and no line in the log, or a suspended one and its line', async () => {
  const suspend = () => ask(suspendTenant, chief, 'localhost', { reason: 'Trois factures impayées' })
  // All of it is done, and not committed.
  await admin.query('BEGIN; LOCK TABLE audit_entries IN SHARE MODE')
  const first = suspend()
  await killedAt('audit_entries', () => admin.query('COMMIT'), first)
  expect(await first).toBeUndefined()
  expect(await told('tenant.suspended')).toEqual([])
  await expectIs('active')

  await commitsWait('tenants', 'UPDATE', 'OLD.state IS DISTINCT FROM NEW.state')
  const second = suspend()
  await killedAt('^commit', () => commitsGoOn('tenants'), second)
  expect(await second).toBeUndefined()
  expect(await told('tenant.suspended')).toEqual(['done'])
  await expectIs('suspended')
}, 180_000)

test('a server killed in the commit of a resumption leaves a practice that is open again, and its line', async () => {
  await commitsWait('tenants', 'UPDATE', 'OLD.state IS DISTINCT FROM NEW.state')
  const asked = ask(resumeTenant, chief, 'localhost')
  await killedAt('^commit', () => commitsGoOn('tenants'), asked)
  expect(await asked).toBeUndefined()
  expect(await told('tenant.resumed')).toEqual(['done'])
  await expectIs('active')
}, 180_000)

test('a server killed in an export begins it anew when it is back; one whole file is offered, once', async () => {
  const offered = () => db.selectFrom('storedFiles').selectAll().execute()
  const job = (jobId: string) => chief.call(getJob, { params: { id: jobId } })

  const asked = { params: { id }, body: { reason: 'Demande de portabilité' } }
  const { jobId } = await chief.call(exportTenant, asked)
  const draft = path.join(dataDir, 'work', `tenant-${jobId}`)
  await isBegun(draft)
  await mortal.kill()
  expect(await job(jobId)).toMatchObject({ state: 'running', result: null })
  expect(await offered()).toEqual([])

  // With the file kept, and the job not told of it.
  await commitsWait('stored_files')
  await mortal.start()
  await killedAt('^commit', () => commitsGoOn('stored_files'))
  expect(await job(jobId)).toMatchObject({ state: 'running' })
  const [kept] = await offered()

  await mortal.start()
  await expect.poll(async () => (await job(jobId)).state, { timeout: 60_000 }).toBe('done')
  expect(await offered()).toEqual([kept])
  expect((await job(jobId)).result).toMatchObject({ fileId: kept!.id, files: 1 })
  expect(readdirSync(path.join(dataDir, 'work'))).toEqual([])
  expect(readdirSync(path.join(dataDir, 'files'))).toEqual([kept!.storageKey])
  const chunks = await (await openFiles(dataDir).read(kept!.storageKey)).toArray()
  expectWhole(Buffer.concat(chunks as Buffer[]))
  expect(await told('tenant.export_prepared')).toEqual(['done'])
}, 240_000)

test('a command killed in an export leaves no file of that name, and the next one makes it whole', async () => {
  const file = path.join(dataDir, 'export.zip')
  const command = () =>
    spawn(
      process.execPath,
      [path.join(rootDir, 'apps/server/cli/index.ts'), 'tenants', 'export', id, file, '--reason', 'Départ'],
      {
        env: {
          ...bareEnv,
          DATABASE_URL: database.appUrl,
          PROVISIONER_DATABASE_URL: database.provisionerUrl,
          DATA_DIR: dataDir,
          MASTER_KEY: server.masterKey.toString('base64'),
        },
        stdio: ['ignore', 'ignore', 'inherit'],
      },
    )
  const killed = command()
  await isBegun(`${file}.draft`)
  killed.kill('SIGKILL')
  expect(await once(killed, 'close')).toEqual([null, 'SIGKILL'])
  expect(existsSync(file)).toBe(false)

  expect(await once(command(), 'close')).toEqual([0, null])
  expectWhole(readFileSync(file))
  expect(existsSync(`${file}.draft`)).toBe(false)
}, 180_000)

/** With some of the zip on the disk. */
async function isBegun(draft: string): Promise<void> {
  while ((statSync(draft, { throwIfNoEntry: false })?.size ?? 0) < 100_000) await pause(2)
}

function expectWhole(bytes: Uint8Array): void {
  const zip = unzipSync(bytes)
  const text = (name: string) => new TextDecoder().decode(zip[name])
  expect(JSON.parse(text('json/notes.json'))).toHaveLength(rows)
  expect(text('csv/notes.csv').split('\r\n')).toHaveLength(rows + 2)
  expect(text('files/bilan.pdf')).toBe('%PDF-1.7\nBilan')
}
