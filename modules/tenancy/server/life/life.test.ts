import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import path from 'node:path'
import { unzipSync } from 'fflate'
import pg from 'pg'
import { describe, expect, test } from 'vitest'
import { addFile, getPractice, listFiles, readFile, removeFile, updatePractice } from '#contract/cabinet'
import { getMemberSession } from '#contract/identity'
import {
  backUpTenant,
  dropSpare,
  exportTenant,
  getTenant,
  purgeTenant,
  readPurgeCertificate,
  restoreTenant,
  switchTenant,
  type Tenant,
} from '#contract/tenancy'
import { forgetPractice } from '#server/support'
import { getJob } from '#platform/contract/jobs.ts'
import { uuidv7 } from '#platform/server/ids.ts'
import { entriesOf } from '../../../../tests/harness/audit.ts'
import { tenancyServer } from '../../../../tests/harness/tenants.ts'
import { readSchema } from '../versions.ts'
import { isGone, lifeKinds, lifeParts } from './index.ts'

const { current } = readSchema()

const server = await tenancyServer()
const { db } = server
const chief = await server.as('super_administrator')
const reason = 'Demande écrite du praticien'

/** Where its work is over, as the back-office sees it. */
async function settled(id: string): Promise<Tenant> {
  for (;;) {
    const tenant = await chief.call(getTenant, { params: { id } })
    if (tenant.work === null) return tenant
    await sleep(40)
  }
}
const lastWork = (tenant: Tenant) => tenant.works[0]

async function backedUp(id: string) {
  await chief.call(backUpTenant, { params: { id } })
  const tenant = await settled(id)
  expect(lastWork(tenant)).toMatchObject({ kind: 'backup', state: 'done' })
  return tenant.backups[0]! // it was just made
}

async function restored(id: string, backupId: string) {
  await chief.call(restoreTenant, { params: { id }, body: { backupId, reason } })
  const tenant = await settled(id)
  expect(lastWork(tenant)).toMatchObject({ kind: 'restore', state: 'done', errorDetail: null })
  return tenant.spares[0]! // it was just made
}

/** As the superuser, who sees everything of the cluster. */
async function asAdmin<R>(
  databaseName: string | undefined,
  work: (client: pg.Client) => Promise<R>,
): Promise<R> {
  const url = new URL(server.database.adminUrl)
  if (databaseName) url.pathname = `/${databaseName}`
  const client = new pg.Client({ connectionString: url.href })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

const named = (like: string, kind: 'database' | 'role') =>
  asAdmin(undefined, async (client) => {
    const question =
      kind === 'database'
        ? 'select datname as name from pg_database where datname = any($1)'
        : 'select rolname as name from pg_roles where starts_with(rolname, $1)'
    const { rows } = await client.query<{ name: string }>(question, [kind === 'database' ? [like] : like])
    return rows.map(({ name }) => name)
  })

const pdf = (text: string) => new Blob([`%PDF-1.7\n${text}`], { type: 'application/octet-stream' })

const practice = await server.openPractice('Claire Moreau')
const { tenantId, holder } = practice
const fileIn = (folder: string, name: string) => path.join(server.dataDir, folder, tenantId, name)

describe('a backup', () => {
  test('is restored beside the living database, which goes on; switched to, the practice is as it was', async () => {
    const kept = await holder.call(addFile, { query: { name: 'bilan.pdf' }, file: pdf('Bilan') })
    const before = await holder.call(getPractice)
    const backup = await backedUp(tenantId)
    expect(backup).toMatchObject({ occasion: 'asked', madeBy: expect.any(String), schemaVersion: current })

    await holder.call(updatePractice, {
      body: { name: 'Un autre nom', timeZone: 'Europe/Paris', revision: before.revision },
    })
    await holder.call(addFile, { query: { name: 'après.pdf' }, file: pdf('Après') })
    const spare = await restored(tenantId, backup.id)
    expect(spare).toMatchObject({
      origin: 'restored',
      backupAt: backup.madeAt,
      rowsByTable: { files: 1, practice: 1 },
    })
    // Beside it, nothing changed.
    expect((await holder.call(getPractice)).name).toBe('Un autre nom')

    const living = (await settled(tenantId)).databaseName
    await chief.call(switchTenant, {
      params: { id: tenantId },
      body: { databaseName: spare.databaseName, reason },
    })
    const switched = await settled(tenantId)
    expect(lastWork(switched)).toMatchObject({ kind: 'switch', state: 'done', errorDetail: null })
    expect(switched).toMatchObject({
      state: 'active',
      databaseName: spare.databaseName,
      schemaVersion: current,
    })
    expect(switched.spares).toMatchObject([
      { origin: 'replaced', databaseName: living, rowsByTable: { files: 2 } },
    ])
    expect((await holder.call(getPractice)).name).toBe(before.name)
    expect((await holder.call(listFiles)).rows.map(({ id }) => id)).toEqual([kept.id])
    // It is lived in, not only looked at.
    await holder.call(updatePractice, {
      body: { name: 'Écrit après', timeZone: 'Europe/Paris', revision: before.revision },
    })

    await chief.call(switchTenant, { params: { id: tenantId }, body: { databaseName: living, reason } })
    expect(await settled(tenantId)).toMatchObject({ databaseName: living, spares: [{ origin: 'replaced' }] })
    expect((await holder.call(getPractice)).name).toBe('Un autre nom')
    await holder.call(addFile, { query: { name: 'encore.pdf' }, file: pdf('Encore') })
  })

  test('nobody comes into what stands beside; who drops it takes logins and the files only it named', async () => {
    const { spares } = await settled(tenantId)
    const [spare] = spares
    const row = await db
      .selectFrom('tenantSpares')
      .where('databaseName', '=', spare!.databaseName)
      .selectAll()
      .executeTakeFirstOrThrow()
    const allowed = await asAdmin(undefined, (client) =>
      client.query(
        `select rolname from pg_roles where starts_with(rolname, $1) and has_database_privilege(oid, $2, 'connect')`,
        [row.loginRole, spare!.databaseName],
      ),
    )
    expect(allowed.rows).toEqual([])
    const onlyThere = uuidv7()
    await asAdmin(spare!.databaseName, async (client) => {
      await client.query('set default_transaction_read_only = off')
      await client.query(
        `insert into files (id, name, media_type, bytes, sha256) values ($1, 'x', 'application/pdf', 1, $2)`,
        [onlyThere, Buffer.alloc(32)],
      )
    })
    writeFileSync(fileIn('tenant-files', onlyThere), 'x')
    const filesBefore = readdirSync(fileIn('tenant-files', ''))

    const gone = await chief.call(dropSpare, { params: { id: tenantId, databaseName: spare!.databaseName } })
    expect(gone.spares).toEqual([])
    expect(
      (await chief.refused(dropSpare, { params: { id: tenantId, databaseName: spare!.databaseName } }))
        .status,
    ).toBe(404)
    while ((await named(spare!.databaseName, 'database')).length > 0) await sleep(40)
    while ((await named(row.loginRole, 'role')).length > 0) await sleep(40)
    expect(readdirSync(fileIn('tenant-files', ''))).toEqual(filesBefore.filter((name) => name !== onlyThere))
  })

  test('keeps what a member removed meanwhile: switched to, it opens; its bytes go with the last database that names it', async () => {
    const file = await holder.call(addFile, { query: { name: 'retrouvé.pdf' }, file: pdf('Retrouvé') })
    const spare = await restored(tenantId, (await backedUp(tenantId)).id)
    const living = (await settled(tenantId)).databaseName
    const params = { id: tenantId }
    const switchTo = async (databaseName: string) => {
      await chief.call(switchTenant, { params, body: { databaseName, reason } })
      expect((await settled(tenantId)).databaseName).toBe(databaseName)
    }
    const kept = () => readdirSync(fileIn('tenant-files', '')).filter((name) => name.startsWith(file.id))

    await holder.call(removeFile, { params: { id: file.id } })
    await switchTo(spare.databaseName)
    expect((await holder.ask(readFile, { params: { id: file.id } })).text).toContain('Retrouvé')

    await switchTo(living)
    expect((await holder.refused(readFile, { params: { id: file.id } })).status).toBe(404)
    await chief.call(dropSpare, { params: { ...params, databaseName: spare.databaseName } })
    while (kept().length > 0) await sleep(40)

    // One that no database beside ever named, removed while there was one, goes as well.
    const other = await restored(tenantId, (await settled(tenantId)).backups[0]!.id)
    const young = await holder.call(addFile, { query: { name: 'jeune.pdf' }, file: pdf('Jeune') })
    await holder.call(removeFile, { params: { id: young.id } })
    await chief.call(dropSpare, { params: { ...params, databaseName: other.databaseName } })
    while (existsSync(fileIn('tenant-files', young.id))) await sleep(40)
    while ((await named(other.databaseName, 'database')).length > 0) await sleep(40)
    while (kept().length > 0) await sleep(40)
  })

  test('damaged, lost or another tenant’s, it is refused, and nothing of it is left over', async () => {
    const other = await server.openPractice('Hugo Lefèvre')
    const [mine, theirs] = [await backedUp(tenantId), await backedUp(other.tenantId)]
    const file = fileIn('backups', `${mine.id}.archive`)
    const sound = readFileSync(file)
    const damaged = Buffer.from(sound)
    damaged[sound.length - 20] = damaged[sound.length - 20]! ^ 1 // it is within
    const foreign = readFileSync(path.join(server.dataDir, 'backups', other.tenantId, `${theirs.id}.archive`))
    for (const [bytes, errorCode] of [
      [damaged, 'archive_damaged'],
      [sound.subarray(0, -1), 'archive_damaged'],
      [foreign, 'archive_foreign'],
      [Buffer.from('PK'), 'archive_damaged'],
    ] as const) {
      writeFileSync(file, bytes)
      await chief.call(restoreTenant, { params: { id: tenantId }, body: { backupId: mine.id, reason } })
      const tenant = await settled(tenantId)
      expect(lastWork(tenant)).toMatchObject({ kind: 'restore', state: 'failed', errorCode })
      expect(tenant.spares).toEqual([])
    }
    // It never came to making a database: what one is called is kept before it is made.
    const plans = await db.selectFrom('tenantWorks').where('state', '=', 'failed').select('plan').execute()
    expect(plans).toHaveLength(4)
    for (const { plan } of plans) expect(plan).not.toHaveProperty('beside')
    writeFileSync(file, sound)
    expect(
      (
        await chief.refused(restoreTenant, {
          params: { id: tenantId },
          body: { backupId: theirs.id, reason },
        })
      ).status,
    ).toBe(404)
    await db.updateTable('tenantBackups').set({ removedAt: new Date() }).where('id', '=', mine.id).execute()
    expect(
      await chief.refused(restoreTenant, { params: { id: tenantId }, body: { backupId: mine.id, reason } }),
    ).toMatchObject({ status: 410, code: 'tenant_backup_gone' })
  })

  test.skipIf(process.platform !== 'linux')('that finds the disk full is none, and says why', async () => {
    const parts = lifePartsHere()
    const [kind] = lifeKinds(parts)
    const backupId = uuidv7()
    const draft = fileIn('backups', `${backupId}.archive.draft`)
    // A device that has no room for a single byte.
    symlinkSync('/dev/full', draft)
    const step = stepOf({ backupId, occasion: 'asked' })
    await expect(kind!.steps[0]!.run(step)).rejects.toMatchObject({ code: 'disk_full' })
    await kind!.undo?.(step)
    expect(readdirSync(fileIn('backups', '')).filter((name) => name.includes(backupId))).toEqual([])
    expect((await settled(tenantId)).backups.map(({ id }) => id)).not.toContain(backupId)
  })
})

describe('an export', () => {
  test('holds every table as JSON and CSV, the files as they came, and says what is left out', async () => {
    const { memberId } = holder
    await asAdmin(practice.databaseName, (client) =>
      client.query(
        `insert into notes (author_id, kind, body_sealed) select $1, 'record', 'sealed words' from generate_series(1, 3)`,
        [memberId],
      ),
    )
    await holder.call(addFile, { query: { name: 'BILAN.pdf' }, file: pdf('Deuxième') })
    const { jobId } = await chief.call(exportTenant, { params: { id: tenantId }, body: { reason } })
    const job = await jobDone(jobId)
    expect(job).toMatchObject({ state: 'done', result: { name: practice.name, files: 4 } })
    expect(job.done).toBe(job.total)
    const zip = unzipSync(await storedFile(String(job.result?.['fileId'])))
    const text = (name: string) => new TextDecoder().decode(zip[name])
    // The house's own bookkeeping is nobody's data.
    const tables = (await tablesOf(practice.databaseName)).filter(
      (name) => !['schema_migrations', 'audit_outbox', 'console_pill'].includes(name),
    )
    expect(tables).toEqual(expect.arrayContaining(['appointments', 'files', 'notes', 'patients', 'payments']))
    expect(Object.keys(zip).toSorted()).toEqual(
      [
        ...tables.flatMap((name) => [`csv/${name}.csv`, `json/${name}.json`]),
        ...['BILAN (2).pdf', 'après.pdf', 'bilan.pdf', 'encore.pdf'].map((name) => `files/${name}`),
        'README.txt',
      ].toSorted(),
    )
    expect(text('files/bilan.pdf')).toBe('%PDF-1.7\nBilan')
    const notes = JSON.parse(text('json/notes.json')) as Record<string, unknown>[]
    expect(notes).toHaveLength(3)
    expect(Object.keys(notes[0]!)).not.toContain('body_sealed')
    expect(text('csv/notes.csv')).not.toContain('body_sealed')
    expect(text('csv/notes.csv').split('\r\n')).toHaveLength(5)
    expect(text('README.txt')).toContain('notes.body_sealed')
    expect(text('README.txt')).toMatch(/seul son auteur peut le lire/)
    expect(await entriesOf(server, { verb: 'tenant.export_prepared', object: tenantId })).toMatchObject([
      { reason, after: { files: 4, jobId } },
    ])
  })
})

async function tablesOf(database: string): Promise<string[]> {
  let tables: string[] = []
  await asAdmin(database, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      "select tablename as name from pg_tables where schemaname = 'public'",
    )
    tables = rows.map(({ name }) => name)
  })
  return tables
}

describe('a purge', () => {
  test('is refused to who types another name', async () => {
    expect(
      await chief.refused(purgeTenant, { params: { id: tenantId }, body: { name: 'Cabinet', reason } }),
    ).toMatchObject({ status: 422, code: 'tenant_name_mismatch' })
  })

  test('asks the database what became of what nobody told of, before it is gone; what it could not tell has failed', async () => {
    const { audit, tenants } = server
    const doomed = await server.openPractice('Hugo Lefèvre')
    const params = { id: doomed.tenantId }
    const intend = (object: string) =>
      audit.operations.intend(db, {
        verb: 'practice.updated',
        actor: { type: 'member', id: doomed.holder.memberId },
        object: { type: 'practice', id: object },
        tenant: doomed.tenantId,
      })
    const [done, undone, late] = [uuidv7(), uuidv7(), uuidv7()]
    const operation = await intend(done)
    await tenants.databases.within(doomed.tenantId, 'practitioner', (practiceDb) =>
      audit.operations.leave(practiceDb, operation, { after: { name: 'Renommé' } }),
    )
    await intend(undone)
    await chief.call(purgeTenant, { params, body: { name: doomed.name, reason } })
    expect(lastWork(await settled(doomed.tenantId))).toMatchObject({ kind: 'purge', state: 'done' })
    await intend(late)
    const results = async (object: string) =>
      (await entriesOf(server, { verb: 'practice.updated', object })).map(({ result }) => result)
    expect(await results(done)).toEqual(['intended', 'done'])
    expect(await results(undone)).toEqual(['intended', 'failed'])
    expect(
      await audit.operations.reconcile({
        db,
        tenants: tenants.databases,
        isGone: (tenantId) => isGone(db, tenantId),
        olderThanSeconds: 0,
      }),
    ).toMatchObject({ failed: 1, unreachable: [] })
    expect(await results(late)).toEqual(['intended', 'failed'])
  })

  test('leaves nothing: no database, login, file, backup, export or key; the digest of its certificate stands in the log', async () => {
    const backup = await backedUp(tenantId)
    const spare = await restored(tenantId, backup.id)
    const { loginRole } = await db
      .selectFrom('tenantSpares')
      .where('databaseName', '=', spare.databaseName)
      .select('loginRole')
      .executeTakeFirstOrThrow()
    await chief.call(purgeTenant, { params: { id: tenantId }, body: { name: practice.name, reason } })
    expect((await holder.refused(getMemberSession)).status).toBeGreaterThanOrEqual(401)
    const tenant = await settled(tenantId)
    expect(lastWork(tenant)).toMatchObject({ kind: 'purge', state: 'done', errorDetail: null })
    expect(tenant).toMatchObject({ state: 'purged', backups: [], spares: [] })

    for (const name of [practice.databaseName, spare.databaseName])
      expect(await named(name, 'database')).toEqual([])
    for (const login of [practice.loginRole, loginRole]) expect(await named(login, 'role')).toEqual([])
    for (const folder of ['tenant-files', 'backups']) expect(existsSync(fileIn(folder, ''))).toBe(false)
    expect(await db.selectFrom('storedFiles').select('id').execute()).toEqual([])
    const row = await db
      .selectFrom('tenants')
      .where('id', '=', tenantId)
      .selectAll()
      .executeTakeFirstOrThrow()
    expect([row.keySealed, row.loginSecretSealed]).toEqual([null, null])
    const secrets = await db
      .selectFrom('tenantSpares')
      .where('tenantId', '=', tenantId)
      .where('loginSecretSealed', 'is not', null)
      .execute()
    expect(secrets).toEqual([])
    const members = await db.selectFrom('members').where('tenantId', '=', tenantId).select('leftAt').execute()
    expect(members.map(({ leftAt }) => leftAt)).not.toContain(null)

    const { text } = await chief.ask(readPurgeCertificate, { params: { id: tenantId } })
    const digest = createHash('sha256').update(text).digest('hex')
    expect(tenant.certificate?.sha256).toBe(digest)
    const [entry] = await entriesOf(server, { verb: 'tenant.purged', object: tenantId })
    expect(JSON.parse(entry!.leaf)).toMatchObject({ ticket: `sha256:${digest}`, result: 'done', reason })
    expect(JSON.parse(text)).toMatchObject({
      tenant: { id: tenantId },
      files: { count: 4 },
      members: { count: 1, sessionsEnded: 1 },
      exports: { count: 1 },
      databases: [
        { name: practice.databaseName, is: 'living', rows: expect.any(Number) },
        { name: spare.databaseName, is: 'beside' },
      ],
    })
    expect(text).not.toContain('Claire')
  })
})

function lifePartsHere() {
  return lifeParts({
    forgetPractice,
    ...server.tenants,
    db,
    vault: server.vault,
    clock: { now: () => new Date() },
    log: { warn() {} } as never, // it says nothing of interest here
    audit: server.audit,
    dataDir: server.dataDir,
    files: {} as never, // exports are of no concern here
  })
}

const stepOf = (plan: Record<string, unknown>) => ({
  db,
  workId: uuidv7(),
  tenantId,
  askedBy: null,
  plan,
  save: async (more: Record<string, unknown>) => void Object.assign(plan, more),
  progress() {},
  signal: new AbortController().signal,
})

async function jobDone(id: string) {
  for (;;) {
    const job = await chief.call(getJob, { params: { id } })
    if (job.state === 'done' || job.state === 'failed') return job
    await sleep(40)
  }
}

async function storedFile(id: string): Promise<Uint8Array> {
  const { storageKey } = await db
    .selectFrom('storedFiles')
    .where('id', '=', id)
    .select('storageKey')
    .executeTakeFirstOrThrow()
  return readFileSync(path.join(server.dataDir, 'files', storageKey))
}
