import type pg from 'pg'
import { byteOrderMark, csvLine } from '#platform/server/csv.ts'
import { FileMissing, type TenantFiles } from '#platform/server/tenant-files.ts'
import type { Vault } from '#platform/server/vault.ts'
import { fileNames } from './file-names.ts'
import { quoted } from '../archive/tables.ts'
import { readme } from './readme.ts'
import { readableTables, rowsOf, type Readable, type Reader } from './rows.ts'
import type { Entry } from '#platform/server/zip.ts'

export type ExportSource = {
  /** A connection of its own, as the owner of what is in the practice's database. */
  client: pg.ClientBase
  tenantId: string
  practice: string
  files: TenantFiles
  vault: Vault
  now: Date
  reader: Reader
  /** Whether a member’s own notes lie beside what the practice holds, as they asked. */
  withOwnNotes: boolean
  /** Rows and files that have passed, of the whole. */
  progress(done: number, total: number): void
}

export type Exported = { rows: number; files: number; missing: readonly string[] }

/**
 * Everything a practice holds, as files of an archive, of one instant: each table as JSON and as CSV, and what was filed.
 * What is sealed for its author alone is not in it, nor for a member that there is any; its README says so.
 */
export async function* contentsOf(
  source: ExportSource,
  told: (exported: Exported) => void,
): AsyncGenerator<Entry> {
  const { client, files, vault, tenantId, practice, now, reader, withOwnNotes } = source
  await client.query('begin isolation level repeatable read read only')
  const timeZone = await byPracticeClock(client)
  const tables = await readableTables(client, reader)
  const filed = fileNames(await filedIn(client))
  const counts = await countsOf(client, tables)
  const rows = Object.values(counts).reduce((sum, one) => sum + one, 0)
  const total = rows * 2 + filed.length
  let done = 0
  const passed = (more: number) => source.progress((done += more), total)
  for (const table of tables) {
    yield { path: `json/${table.name}.json`, content: asJson(client, table, passed) }
    yield { path: `csv/${table.name}.csv`, content: asCsv(client, table, passed) }
  }
  const missing: string[] = []
  for (const { id, name } of filed) {
    const content = await files.open(tenantId, id, vault).catch((error: unknown) => {
      if (error instanceof FileMissing) return undefined
      throw error
    })
    if (content) yield { path: `files/${name}`, content, asItIs: true }
    else missing.push(name)
    passed(1)
  }
  const sealed = tables.flatMap(({ name, sealed: columns }) => columns.map((column) => `${name}.${column}`))
  const text = readme({
    practice,
    now,
    timeZone,
    reader,
    withOwnNotes,
    counts,
    files: filed.length - missing.length,
    missing,
    sealed,
  })
  yield { path: 'README.txt', content: once(text) }
  await client.query('commit')
  told({ rows, files: filed.length - missing.length, missing })
}

async function* asJson(client: pg.ClientBase, table: Readable, passed: (rows: number) => void) {
  let separator = '[\n'
  for await (const batch of rowsOf(client, table)) {
    yield Buffer.from(batch.map(({ json }) => `${take()}${json}`).join(''))
    passed(batch.length)
  }
  yield Buffer.from(separator === '[\n' ? '[]\n' : '\n]\n')
  function take() {
    const now = separator
    separator = ',\n'
    return now
  }
}

async function* asCsv(client: pg.ClientBase, table: Readable, passed: (rows: number) => void) {
  yield Buffer.from(byteOrderMark + csvLine(table.columns))
  for await (const batch of rowsOf(client, table)) {
    yield Buffer.from(batch.map(({ cells }) => csvLine(cells)).join(''))
    passed(batch.length)
  }
}

async function* once(text: string) {
  yield Buffer.from(text)
}

/** Who opens the export reads the hours of their calendar: each instant is written with the practice’s own, and its offset. */
async function byPracticeClock(client: pg.ClientBase): Promise<string> {
  const { rows } = await client.query<{ zone: string }>(
    `select set_config('timezone', time_zone, true) as zone from public.practice`,
  )
  const [practice] = rows
  if (!practice) throw new Error('a practice’s database without its practice')
  return practice.zone
}

async function filedIn(client: pg.ClientBase): Promise<{ id: string; name: string }[]> {
  const { rows } = await client.query<{ id: string; name: string }>(
    'select id, name from public.files order by added_at, id',
  )
  return rows
}

async function countsOf(client: pg.ClientBase, tables: readonly Readable[]): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const { name } of tables) {
    const { rows } = await client.query<{ rows: string }>(
      `select count(*) as rows from public.${quoted(name)}`,
    )
    counts[name] = Number(rows[0]?.rows ?? 0)
  }
  return counts
}
