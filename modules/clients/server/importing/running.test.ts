import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { centralDb, openPool } from '#platform/server/db.ts'
import { rootDir } from '#platform/server/config.ts'
import { openAudit } from '#server/audit'
import { systemClock } from '#platform/server/clock.ts'
import { vaultOf } from '#platform/server/vault.ts'
import { entriesOf } from '../../../../tests/harness/audit.ts'
import { testDatabase } from '../../../../tests/harness/database.ts'
import { FileRefusal } from './file-refusal.ts'
import { resolveColumns } from './mapping.ts'
import { openFile } from './opening.ts'
import { importFile, runImport } from './running.ts'
import type { ImportReport } from '#contract/clients'
import { bytesSource } from './source.ts'

const { appUrl, adminUrl } = await testDatabase()
const pool = openPool(appUrl)
const admin = new pg.Client(adminUrl)
await admin.connect()
afterAll(async () => {
  await pool.end()
  await admin.end()
})

const legacy = join(rootDir, 'tests/data/clients-legacy.csv')
const expected = JSON.parse(
  readFileSync(join(rootDir, 'tests/data/clients-legacy.expected.json'), 'utf8'),
) as ImportReport
const actor = { label: 'mgp clients import' }
const vault = vaultOf(Buffer.alloc(32, 7))
const audit = openAudit({ vault, clock: systemClock })

// The audit log cannot be emptied, not even by a superuser: each test looks at what came since it began.
let auditedBefore = 0
beforeEach(async () => {
  // What nobody deletes goes with its triggers at rest.
  await admin.query(`
    begin;
    set local session_replication_role = 'replica';
    truncate clients, client_words, figures, figure_deltas cascade;
    commit`)
  auditedBefore = (await countOf('audit_entries')) ?? 0
})
const audited = async () => ((await countOf('audit_entries')) ?? 0) - auditedBefore

const importLegacy = (dryRun = false) =>
  importFile(pool, { path: legacy, name: 'clients-legacy.csv', dryRun, audit, actor })

async function importText(text: string) {
  const file = await openFile(bytesSource(new TextEncoder().encode(text)))
  return runImport(pool, { file, columns: resolveColumns(file.headings), dryRun: false, audit, actor })
}

async function rowsOf<Row extends pg.QueryResultRow>(sql: string): Promise<Row[]> {
  return (await admin.query<Row>(sql)).rows
}

const countOf = async (table: string) =>
  (await rowsOf<{ count: number }>(`select count(*)::int as count from ${table}`))[0]?.count

const tally = (report: ImportReport) =>
  Object.fromEntries(
    Object.entries(Object.groupBy(report.errors, ({ code }) => code)).map(([code, rows]) => [
      code,
      rows.length,
    ]),
  )

test('a dry run of the old system’s file says exactly what is expected, and leaves nothing', async () => {
  expect(JSON.stringify(await importLegacy(true))).toBe(JSON.stringify(expected))
  expect([await countOf('clients'), await audited(), await countOf('figure_deltas')]).toEqual([0, 0, 0])
})

test('the import says the same, and the accepted clients are there', async () => {
  expect(JSON.stringify(await importLegacy())).toBe(JSON.stringify(expected))
  expect(
    await rowsOf('select status, count(*)::int from clients group by status order by count desc'),
  ).toEqual([
    { status: 'active', count: 126 },
    { status: 'prospect', count: 62 },
    { status: 'freemium', count: 40 },
    { status: 'excluded', count: 23 },
  ])
})

test('a second import adds nothing: every accepted row exists, every other row is rejected for its old reason', async () => {
  await importLegacy()
  const again = await importLegacy()
  const { errors, ...rest } = expected
  expect(again.accepted).toBe(0)
  expect(again.warnings).toEqual([])
  expect(tally(again)).toEqual({ ...tally({ ...rest, errors }), email_already_exists: 251 })
  expect(await countOf('clients')).toBe(251)
})

test('values arrive as they were meant: accents, line breaks, dates of the Paris clock, no zero date', async () => {
  await importLegacy()
  const [client] = await rowsOf(
    `select last_name, first_name, phone, address, city, department, next_payment_on::text, last_sign_in_at at time zone 'UTC' = '2026-01-20 13:58' as at_that_instant, siret
     from clients where email = 'aicha.bensaid15@cabinet.example.net'`,
  )
  expect(client).toMatchObject({
    last_name: 'Ben Saïd',
    first_name: 'Aïcha',
    phone: '+33639989512',
    address: '56 quai Choiseul\n2e étage',
    city: 'Pointe-à-Pitre',
    department: '971',
    next_payment_on: '2026-07-11',
    siret: '80683282095930',
  })
  const [zero] = await rowsOf(
    `select next_payment_on, (last_sign_in_at at time zone 'UTC')::text as utc from clients where email = 'loic.gomez39@example.com'`,
  )
  expect(zero).toEqual({ next_payment_on: null, utc: '2026-02-14 07:16:00' })
})

test('an import leaves one line in the audit log, with the file’s fingerprint, the counts and whom it brought', async () => {
  await importLegacy()
  expect(await audited()).toBe(1)
  const entry = (await entriesOf({ db: centralDb(pool), vault })).at(-1)
  expect(entry).toMatchObject({
    verb: 'client.imported',
    objectType: 'client',
    actorType: 'system',
    actorId: 'mgp clients import',
    after: {
      rows: 300,
      accepted: 251,
      rejected: 49,
      warnings: 18,
      file: { name: 'clients-legacy.csv', bytes: 52_923 },
    },
  })
  const ids = await rowsOf<{ id: string }>('select id from clients order by id')
  expect(entry?.objectIds?.toSorted()).toEqual(ids.map(({ id }) => id))
})

test('the figures count the imported clients in the same transaction', async () => {
  await importLegacy()
  expect(await rowsOf(`select sum(count)::int from current_figures where measure = 'clients'`)).toEqual([
    { sum: 251 },
  ])
  expect(
    await rowsOf(
      `(table current_figures except table recounted_figures) union all (table recounted_figures except table current_figures)`,
    ),
  ).toEqual([])
})

test('a refusal in the middle of the file leaves nothing of the rows before it', async () => {
  const good = Array.from({ length: 5000 }, (_, at) => `Martin;client${at}@example.com;Client`)
  const broken = importText(['Nom;Email;Statut', ...good, '"Benali;x@example.com;Client'].join('\n'))
  await expect(broken).rejects.toThrow(FileRefusal)
  await expect(broken).rejects.toMatchObject({ code: 'import_file_quote_unclosed', details: { line: 5002 } })
  expect([await countOf('clients'), await audited()]).toEqual([0, 0])
})

test('an address counts as seen although its first row was rejected, and as taken although its client is in the trash', async () => {
  await importText('Nom;Email;Statut\nMartin;a@example.com;Client\n')
  await admin.query('update clients set trashed_at = now()')
  const report = await importText(
    [
      'Nom;Email;Statut',
      'Martin;b@example.com;?',
      'Martin;B@example.com;Client',
      'Martin;A@example.com;Client',
    ].join('\n'),
  )
  expect(report.errors).toEqual([
    { row: 1, code: 'status_unknown' },
    { row: 2, code: 'email_duplicate_in_file' },
    { row: 3, code: 'email_already_exists' },
  ])
})

test('of two imports of the same file at once, one brings the clients and the other finds them', async () => {
  const reports = await Promise.all([importLegacy(), importLegacy(), importLegacy()])
  expect(reports.map(({ accepted }) => accepted).toSorted((one, other) => one - other)).toEqual([0, 0, 251])
  for (const report of reports) expect(tally(report)['email_already_exists'] ?? 0).toBe(251 - report.accepted)
  expect(await countOf('clients')).toBe(251)
})

test('a client created while the file was read is reported as existing, and the import goes on', async () => {
  // Uncommitted when the import looks, committed while the import's insert waits for it.
  await admin.query('begin')
  await admin.query(
    `insert into clients (kind, status, last_name, email) values ('practitioner', 'active', 'Martin', 'A@example.com')`,
  )
  const importing = importText('Nom;Email;Statut\nMartin;a@example.com;Client\nBenali;b@example.com;Client\n')
  await waitForLock()
  await admin.query('commit')
  expect(await importing).toMatchObject({ accepted: 1, errors: [{ row: 1, code: 'email_already_exists' }] })
})

test('when the database ends our connection in the middle, the import fails and leaves nothing', async () => {
  const endCopies = `select pg_terminate_backend(pid) from pg_stat_activity where query like '%copy staged_clients%' and pid <> pg_backend_pid()`
  let ended: Promise<void> | undefined
  const end = async () => {
    while ((await admin.query(endCopies)).rowCount === 0);
  }
  const thousand = new TextEncoder().encode('Martin;a@example.com;Client\n'.repeat(1_000))
  const file = await openFile({
    name: 'clients.csv',
    async *open() {
      yield new TextEncoder().encode('Nom;Email;Statut\n')
      for (let part = 0; part < 40; part++) {
        // However fast the machine: no further row comes before the connection is gone.
        await ended
        yield thousand
      }
    },
  })
  const importing = runImport(pool, {
    file,
    columns: resolveColumns(file.headings),
    dryRun: false,
    audit,
    actor,
    // As soon as the first rows were sent.
    onProgress: () => void (ended ??= end()),
  })
  await expect(importing).rejects.toThrow()
  await ended
  expect(await countOf('clients')).toBe(0)
  expect(await importLegacy()).toMatchObject({ accepted: 251 })
})

async function waitForLock() {
  const looking = new pg.Client(adminUrl)
  await looking.connect()
  try {
    for (;;) {
      const { rowCount } = await looking.query(
        `select from pg_stat_activity where wait_event_type = 'Lock' and query like '%insert into clients%'`,
      )
      if (rowCount) return
    }
  } finally {
    await looking.end()
  }
}
