/** What was read, as a file: made by the real job, taken over the real server. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as sql from '#contract/sql-console'
import { unzipSync } from 'fflate'
import pg from 'pg'
import { expect, test } from 'vitest'
import { systemClock } from '#platform/server/clock.ts'
import { openLog } from '#platform/server/log.ts'
import { sentencesOf } from '#platform/server/sentences.ts'
import { readMessages } from '../../../../apps/server/messages.ts'
import { onDatabase } from '../../../../tests/harness/another-cluster.ts'
import { atTheEnd } from '../../../../tests/harness/at-the-end.ts'
import { entriesOf } from '../../../../tests/harness/audit.ts'
import { author, body, second } from '../../../../tests/harness/sql.ts'
import { tenancyServer } from '../../../../tests/harness/tenants.ts'
import { keepColumns } from '../masking/columns.ts'
import type { DoorsOf } from '../parts.ts'
import { openDoors } from '../targets/doors.ts'
import { sqlExportWork, type ExportParts } from './export-job.ts'
import { exportFiles, sweepExports } from './files.ts'
import { exporting } from './reading.ts'

const server = await tenancyServer()
const { db, dataDir, database } = server
const clock = systemClock
const files = exportFiles(dataDir)
const practice = await server.openPractice('Anna Bernard')
const admin = new pg.Client({ connectionString: database.adminUrl })
await admin.connect()
atTheEnd(() => admin.end())

type Staff = Awaited<ReturnType<typeof author>>
type Over = { as?: Staff; target?: string; format?: sql.SqlExportFormat; statement?: number }

async function reading(text: string, { as, target }: Over = {}) {
  const by = as ?? (await author(server))
  const run = await by.call(sql.readSql, { body: body(text, target === undefined ? {} : { target }) })
  expect(run.report?.failure).toBeNull()
  return { as: by, run }
}
async function asked(text: string, over: Over = {}) {
  const { as, run } = await reading(text, over)
  const { format = 'csv', statement = 0 } = over
  const { id } = await as.call(sql.startSqlExport, { params: { id: run.id }, body: { format, statement } })
  return { as, run, id }
}
async function shown(as: Staff, id: string): Promise<sql.SqlExport> {
  const { rows } = await as.call(sql.listSqlExports)
  const one = rows.find((row) => row.id === id)
  if (!one) throw new Error('it is not among one’s own')
  return one
}
/** Until nobody is at it any more. */
async function settled(as: Staff, id: string): Promise<sql.SqlExport> {
  for (;;) {
    const one = await shown(as, id)
    if (one.state !== 'waiting' && one.state !== 'running') return one
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
const download = (as: Staff, id: string) => as.ask(sql.downloadSqlExport, { params: { id } })
async function made(text: string, over: Over = {}) {
  const one = await asked(text, over)
  const done = await settled(one.as, one.id)
  const { text: content, bytes } = await download(one.as, one.id)
  return { ...one, done, content, bytes, lines: content.replace('\uFEFF', '').split('\r\n') }
}
const verbsOf = async (id: string) => (await entriesOf(server, { object: id })).map(({ verb }) => verb)

/** The job as another process has it, of an export that the server's own was not told of. */
async function waiting(text: string, over: Over = {}) {
  const { as, run } = await reading(text, over)
  const { id } = await db
    .insertInto('backgroundJobs')
    .values({
      kind: sql.sqlExportJobKind,
      staffId: as.staffId,
      input: JSON.stringify(order),
      state: 'running',
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await db
    .insertInto('sqlExports')
    .values({
      id,
      staffId: as.staffId,
      tenantId: over.target ?? null,
      runId: run.id,
      place: over.statement ?? 0,
      format: over.format ?? 'csv',
      askedAt: new Date(),
    })
    .execute()
  const perform = (bounds = exporting, progress: (rows: number) => void = () => {}) =>
    sqlExportWork(parts, bounds)
      .run({ id, staffId: as.staffId, input: order, db, progress })
      .finally(() => db.updateTable('backgroundJobs').set({ state: 'done' }).where('id', '=', id).execute())
  return { as, run, id, perform }
}
const order = {
  actorName: 'Lucie',
  language: 'fr',
  origin: { id: 'test', ip: '127.0.0.1', userAgent: 'tests', page: undefined },
} as const
const log = openLog('silent')
const doorsOf: DoorsOf = openDoors({
  db,
  log,
  locate: (tenantId) => server.tenants.catalogue.locate(tenantId),
  newest: server.tenants.schema.current,
  consoleUrl: database.consoleUrl,
})
const parts = {
  ...server,
  clock,
  log,
  doorsOf,
  columns: keepColumns(),
  sentences: sentencesOf(readMessages()),
  exportFiles: files,
} as unknown as ExportParts // of which a job needs no more

test('the whole of what was read, beyond what the screen keeps, as French spreadsheets open it', async () => {
  const { run, done, lines, content, as, id } = await made(
    'SELECT n, n * 1.5 AS half FROM generate_series(1, 2500) n',
  )
  expect(run.report?.statements[0]?.rows).toHaveLength(1000)
  expect(done).toMatchObject({
    state: 'made',
    rows: 2500,
    expected: 2500,
    cut: null,
    code: null,
    shortened: 0,
  })
  expect(content.startsWith('\uFEFF')).toBe(true)
  expect([lines[0], lines[1], lines[2500], lines[2501]]).toEqual(['n;half', '1;1.5', '2500;3750.0', ''])
  expect(Buffer.byteLength(content)).toBe(done.bytes)
  expect((await download(as, id)).headers['content-disposition']).toMatch(/sql-generate_series-\d{4}-.*\.csv/)
  expect(await verbsOf(id)).toEqual([
    'sql_export.asked',
    'sql_export.prepared',
    // The second within a minute is the same look.
    'sql_export.downloaded',
  ])
  const [, prepared, taken] = await entriesOf(server, { object: id })
  expect(prepared?.after).toMatchObject({ run: run.id, rows: 2500, bytes: done.bytes, outcome: 'whole' })
  expect(taken?.after).toMatchObject({ run: run.id, rows: 2500, bytes: done.bytes })
})

test('nothing in it is computed by a spreadsheet, and no number is another for it', async () => {
  const { lines } = await made(
    `SELECT * FROM (VALUES ('=1+1', -5), ('+33612345678', -1.25), ('@SUM(A1)', 3), (E'\\tx', 4), ('-2+3', 5), ('a;"b', 6), (NULL, 7)) AS given (said, n)`,
  )
  expect(lines.slice(1, 8)).toEqual([
    "'=1+1;-5",
    "'+33612345678;-1.25",
    "'@SUM(A1);3",
    "'\tx;4",
    "'-2+3;5",
    '"a;""b";6',
    ';7',
  ])
  const tiny = await made('SELECT (-1e-7)::float8 AS tiny, (-3)::int AS below')
  expect(tiny.lines[1]).toBe('-1e-07;-3')
})

test('it is masked as the screen is, whatever the order or the statement, and never unmasked', async () => {
  const text = 'SELECT 1 AS one; SELECT last_name, department, upper(first_name) FROM clients ORDER BY id'
  const { run, lines, content } = await made(text, { statement: 1 })
  const onScreen = run.report?.statements[1]
  expect(lines[1]).toBe(onScreen?.rows[0]?.map((value) => value ?? '').join(';'))
  expect(new Set(lines.slice(1, -1).map((line) => line.split(';')[0]))).toEqual(new Set(['•••']))
  const { rows } = await admin.query<{ name: string }>('SELECT last_name AS name FROM clients')
  expect(rows.filter(({ name }) => content.includes(name))).toEqual([])
})

test('in a workbook numbers, days, instants and truths keep their type, and texts stay texts', async () => {
  const { bytes, done } = await made(
    `SELECT 42 AS whole, 12345678901234567890::numeric AS long, -0.5 AS part, '0612'::text AS text, DATE '2026-02-27' AS day,
       TIMESTAMPTZ '2026-07-14 10:00:00+00' AS summer, TIMESTAMP '2026-07-14 10:00:00' AS wall, true AS truth, '=1+1' AS formula, NULL::int AS nothing,
       'infinity'::date AS never`,
    { format: 'xlsx' },
  )
  expect(done).toMatchObject({ state: 'made', format: 'xlsx', rows: 1 })
  const parts_ = unzipSync(bytes)
  const sheet = new TextDecoder().decode(parts_['xl/worksheets/sheet1.xml'])
  const cell = (place: string) => new RegExp(`<c r="${place}"[^>]*>.*?</c>`).exec(sheet)?.[0] ?? ''
  expect(sheet).toContain('state="frozen"')
  expect(cell('A1')).toContain('whole')
  expect(cell('A2')).toMatch(/s="4"><v>42</)
  expect(cell('B2')).toMatch(/inlineStr.*12345678901234567890/)
  expect(cell('C2')).toMatch(/<v>-0\.5</)
  expect(cell('D2')).toMatch(/inlineStr.*0612/)
  // Days since 30/12/1899.
  expect(cell('E2')).toMatch(/s="2"><v>46080</)
  // Noon in Paris, in summer.
  expect(cell('F2')).toMatch(/s="5"><v>46217\.5</)
  expect(cell('G2')).toMatch(/s="5"><v>46217\.41666/)
  expect(cell('H2')).toMatch(/t="b"><v>1</)
  expect(cell('I2')).toMatch(/inlineStr.*=1\+1/)
  expect(cell('J2')).toBe('')
  expect(cell('K2')).toMatch(/inlineStr.*infinity/)
})

test('of a practice it lies sealed under its own key: on the disk nothing of it can be read, and without the key nobody has it', async () => {
  const inside = new pg.Client({ connectionString: onDatabase(database.adminUrl, practice.databaseName) })
  await inside.connect()
  await inside.query("INSERT INTO origins (name) VALUES ('Annuaire du quartier')").finally(() => inside.end())
  const { as, id, content } = await made('SELECT name FROM origins', { target: practice.tenantId })
  expect(content).toContain('Annuaire du quartier')
  const stored = await readFile(join(dataDir, 'sql-exports', as.staffId, id))
  expect(stored.includes('Annuaire')).toBe(false)
  await expect(files.open(as.staffId, id, server.vault).then((stream) => stream.toArray())).rejects.toThrow()
  const [asking] = await entriesOf(server, { object: id, verb: 'sql_export.asked' })
  expect(asking?.after).toMatchObject({ text: 'SELECT name FROM origins' })
})

test('what ends before the result does says so in its last line', async () => {
  const text = 'SELECT n FROM generate_series(1, 30) n'
  const rows = await waiting(text)
  await rows.perform({ ...exporting, rows: 10 })
  expect(await shown(rows.as, rows.id)).toMatchObject({ state: 'made', rows: 10, cut: 'rows' })
  const { text: content } = await download(rows.as, rows.id)
  expect(content.trim().split('\r\n').slice(-2)).toEqual([
    '10',
    'Export arrêté à 10 lignes : le résultat en compte davantage.',
  ])
  const exact = await waiting(text)
  await exact.perform({ ...exporting, rows: 30 })
  expect(await shown(exact.as, exact.id)).toMatchObject({ rows: 30, cut: null })
  const bytes = await waiting(text, { format: 'xlsx' })
  await bytes.perform({ ...exporting, bytes: 20 })
  const cut = await shown(bytes.as, bytes.id)
  expect(cut).toMatchObject({ state: 'made', cut: 'bytes' })
  expect(cut.rows).toBeLessThan(20)
  const sheet = new TextDecoder().decode(
    unzipSync((await download(bytes.as, bytes.id)).bytes)['xl/worksheets/sheet1.xml'],
  )
  expect(sheet).toContain('taille maximale')
  expect(sheet).toContain(`<autoFilter ref="A1:A${cut.rows + 1}"/>`)
})

test('a value that is longer than a cell holds is cut, and told', async () => {
  const { done, lines } = await made("SELECT repeat('é', 150000) AS long, 1 AS n")
  expect(done).toMatchObject({ state: 'made', shortened: 1 })
  expect(lines[1]).toHaveLength(100_002)
  expect(lines[2]).toContain('1 valeur trop longue')
})

test('what would change something changes nothing: it is read-only once it has looked', async () => {
  const { as, run, id, perform } = await waiting('SELECT 1')
  // As if a text that writes had come past the parser.
  const { keepingOf, textPlace } = await import('../runs/keeping.ts')
  const keeping = await keepingOf(parts, null)
  const textSealed = await keeping.seal(
    { text: "INSERT INTO support_tags (name) VALUES ('par un export')", parameters: [] },
    textPlace(run.id),
  )
  await admin.query('UPDATE sql_runs SET text_sealed = $1 WHERE id = $2', [textSealed, run.id])
  await expect(perform()).rejects.toThrow()
  expect(await shown(as, id)).toMatchObject({ state: 'failed', code: 'refused' })
  const { readToTheEnd } = await import('./reading.ts')
  const { readApart } = await import('../statements/reading-apart.ts')
  const read = await readApart("INSERT INTO support_tags (name) VALUES ('par un export')")
  if (!('statements' in read)) throw new Error('it can be read')
  const doors = await doorsOf('central', 'console')
  const columns = await parts.columns.of(doors, 'central')
  const past = (text: string) =>
    readToTheEnd(
      {
        doors,
        script: { statements: read.statements.map((one) => ({ ...one, text })), parameters: [] },
        place: 0,
        columns,
        format: 'csv',
        signal: new AbortController().signal,
      },
      { rows: 0, bytes: 0, cut: null, shortened: 0 },
    ).next()
  await expect(past("INSERT INTO support_tags (name) VALUES ('par un export')")).rejects.toMatchObject({
    code: '25006',
  })
  await expect(past('ROLLBACK AND CHAIN')).rejects.toMatchObject({ code: 'transaction_left' })
  expect((await admin.query("SELECT FROM support_tags WHERE name = 'par un export'")).rowCount).toBe(0)
})

test('only what was read is exported, by whoever read it, one at a time', async () => {
  const { as, run } = await reading('SELECT 1')
  const params = { id: run.id }
  const other = await second(server)
  expect(await other.refused(sql.startSqlExport, { params, body: { format: 'csv' } })).toMatchObject({
    status: 404,
  })
  expect(
    await as.refused(sql.startSqlExport, { params, body: { format: 'csv', statement: 3 } }),
  ).toMatchObject({ code: 'sql_export_not_read' })
  const { id } = await asked('SELECT n FROM generate_series(1, 3) n', { as })
  await settled(as, id)
  expect((await other.ask(sql.downloadSqlExport, { params: { id } })).status).toBe(404)
  expect((await other.ask(sql.cancelSqlExport, { params: { id } })).status).toBe(404)
  expect((await other.call(sql.listSqlExports)).rows.map((row) => row.id)).not.toContain(id)
  const twice = await Promise.all(
    ['csv', 'xlsx'].map((format) => as.ask(sql.startSqlExport, { params, body: { format } })),
  )
  expect(twice.map(({ status }) => status).toSorted()).toEqual([202, 409])
})

test('one that is under way is ended from another process, and nothing of it is kept', async () => {
  const { as, id, perform } = await waiting('SELECT n FROM generate_series(1, 400000) n')
  let cancelled: Promise<unknown> | undefined
  const ended = await perform(exporting, () => {
    cancelled ??= as.call(sql.cancelSqlExport, { params: { id } })
  })
  await cancelled
  expect(ended).toEqual({ cancelled: true })
  expect(await shown(as, id)).toMatchObject({ state: 'cancelled' })
  expect(await files.has(as.staffId, id)).toBe(false)
  expect((await download(as, id)).status).toBe(410)
  expect(await verbsOf(id)).toEqual(['sql_export.cancelled'])
  expect(await as.refused(sql.cancelSqlExport, { params: { id } })).toMatchObject({ code: 'sql_export_over' })
})

test('whoever died in the middle left nothing to take; whoever takes it up begins anew and ends it once', async () => {
  const { as, id, perform } = await waiting('SELECT n FROM generate_series(1, 5000) n')
  const torn = (async function* () {
    yield Buffer.from('n\r\n1')
    throw new Error('dead')
  })()
  await expect(files.put(as.staffId, id, torn, server.vault)).rejects.toThrow('dead')
  expect((await download(as, id)).status).toBe(410)
  await perform()
  // Its row says so already: who died before the job's own line did has no more to do.
  expect(await perform()).toMatchObject({ rows: 5000 })
  expect((await download(as, id)).text.split('\r\n')).toHaveLength(5002)
  expect((await verbsOf(id)).filter((verb) => verb === 'sql_export.prepared')).toHaveLength(1)
})

test.each(['sql.export', 'sql.read'])(
  'without %s any more there is no export, and no file',
  async (right) => {
    const one = await made('SELECT 1 AS n')
    const { as, id, perform } = await waiting('SELECT 1', { as: one.as })
    const withdraw = `DELETE FROM role_permissions WHERE permission = '${right}' AND role_id = (SELECT id FROM roles WHERE key = 'super_administrator')`
    await admin.query(withdraw)
    try {
      await expect(perform()).rejects.toThrow()
      // It is heard of in a moment.
      await expect.poll(async () => (await download(as, one.id)).status).toBe(403)
    } finally {
      await admin.query(
        `INSERT INTO role_permissions SELECT id, '${right}' FROM roles WHERE key = 'super_administrator'`,
      )
    }
    const fresh = await author(server)
    expect(await shown(fresh, id)).toMatchObject({ state: 'failed', code: 'forbidden' })
  },
)

test('a statement that fails by then is told by its code, and by nothing it says', async () => {
  const { as, run } = await reading('SELECT 10 / (value - 3) AS x FROM generate_series(1, 2) value')
  const { keepingOf, textPlace } = await import('../runs/keeping.ts')
  const keeping = await keepingOf(parts, null)
  const text = 'SELECT last_name::int FROM clients'
  await admin.query('UPDATE sql_runs SET text_sealed = $1 WHERE id = $2', [
    await keeping.seal({ text, parameters: [] }, textPlace(run.id)),
    run.id,
  ])
  const { id } = await as.call(sql.startSqlExport, { params: { id: run.id }, body: { format: 'csv' } })
  const one = await settled(as, id)
  expect(one).toMatchObject({ state: 'failed', code: '22P02', bytes: null })
  expect(await files.has(as.staffId, id)).toBe(false)
  const [failed] = await entriesOf(server, { object: id, verb: 'sql_export.failed' })
  expect(failed?.after).toEqual({ run: run.id, format: 'csv', code: '22P02' })
})

test('after a day it is gone: nobody takes it, and the house’s cleaning forgets it', async () => {
  const { as, id } = await made('SELECT 1 AS n')
  const kept = await made('SELECT 2 AS n', { as })
  await admin.query("UPDATE sql_exports SET lapses_at = now() - interval '1 minute' WHERE id = $1", [id])
  expect(await shown(as, id)).toMatchObject({ state: 'lapsed' })
  expect((await download(as, id)).status).toBe(410)
  await sweepExports(db, files, clock.now())
  expect(await files.has(as.staffId, id)).toBe(false)
  expect(await files.has(as.staffId, kept.id)).toBe(true)
  await admin.query(
    "UPDATE sql_exports SET lapses_at = now() - interval '25 hours' WHERE staff_id = $1 AND lapses_at IS NOT NULL",
    [as.staffId],
  )
  await sweepExports(db, files, clock.now())
  expect((await as.call(sql.listSqlExports)).rows.filter((row) => [id, kept.id].includes(row.id))).toEqual([])
})
