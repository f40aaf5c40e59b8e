/**
 * What a statement gives, to its end and never all at once: in a transaction that cannot be committed and, once it has looked, can
 * change nothing either. The bounds are those of any run but for how many rows, how many bytes and how long.
 */
import type pg from 'pg'
import Cursor from 'pg-cursor'
import { sqlExportLimits, type SqlExport } from '#contract/sql-console'
import type { Columns } from '../masking/columns.ts'
import { maskReport, type MaskedColumn } from '../masking/masking.ts'
import { usual, type Bounds } from '../simulating/bounds.ts'
import { answered, opened, type Line } from '../simulating/lines.ts'
import { beginDoomed } from '../simulating/pill.ts'
import type { Doors, Script } from '../simulating/simulating.ts'
import type { Simulation, StatementReport } from '../simulating/simulation.ts'
import { strangeFunction } from '../simulating/strange-functions.ts'
import { watch } from '../simulating/watching.ts'

/** A million rows take a while to be read, written and sealed; whoever waits for what it holds ends it all the same. */
export const exporting: Bounds = {
  ...usual,
  statement: 300_000,
  transaction: 300_000,
  ...sqlExportLimits,
}

/** What a cell of a workbook holds at most; of a value that is longer its beginning is written. */
const longestIn = { csv: usual.value, xlsx: 32_767 } as const
/** As far as the rows that came say how long rows are: while so much is masked and written, other requests wait. */
const bite = 200_000
const mostAtOnce = 1_000

export type Batch = { columns: MaskedColumn[]; rows: (string | null)[][] }
/** How it ended, told while it is read. */
export type Told = { rows: number; bytes: number; cut: SqlExport['cut']; shortened: number }

export type Reading = {
  doors: Doors
  script: Script
  /** Which of its statements. */
  place: number
  columns: Columns
  format: 'csv' | 'xlsx'
  signal: AbortSignal
  bounds?: Bounds
}

/** Always. */
const none: ReadonlySet<never> = new Set()

/** Its code is why: PostgreSQL's, or one of those by which a run is ended. */
export class ExportFailed extends Error {
  readonly code: string
  constructor(code: string) {
    super(`an export ended: ${code}`)
    this.name = 'ExportFailed'
    this.code = code
  }
}

/**
 * Masked, in parts; the first has the columns and perhaps no row.
 * @throws {ExportFailed} and what the way to the database says
 */
export async function* readToTheEnd(reading: Reading, told: Told): AsyncGenerator<Batch> {
  const { doors, script, place, signal, bounds = exporting } = reading
  const { statements, parameters } = script
  const statement = statements[place]
  if (!statement) throw new ExportFailed('gone')
  await refuseStrange(doors, statement)
  const line = await opened(() => doors.inside(bounds), bounds.answer)
  const callOff = () => line.cut('cancelled')
  signal.addEventListener('abort', callOff, { once: true })
  if (signal.aborted) callOff()
  try {
    const { pid, xid } = await answered(line, bounds.answer, beginDoomed(line.client))
    // Nothing lifts it once it has looked, whatever is typed.
    await answered(line, bounds.answer, line.client.query('SET TRANSACTION READ ONLY'))
    const watched = watch(doors.beside, { pid, xid, beside: 0, cut: line.cut }, bounds)
    try {
      const typed = { text: statement.text, parameters: parameters.slice(0, statement.parameters) }
      for await (const part of inParts(line, typed, reading, bounds, told)) yield masked(part, reading)
    } finally {
      await watched.stop()
    }
  } catch (error) {
    throw failed(error, line)
  } finally {
    signal.removeEventListener('abort', callOff)
    // With the connection its transaction ends.
    await line.close()
  }
}

async function refuseStrange(doors: Doors, statement: Script['statements'][number]): Promise<void> {
  const client = await doors.beside()
  try {
    if (await strangeFunction(client, [statement])) throw new ExportFailed('function')
  } finally {
    await client.end().catch(() => {})
  }
}

type Part = Pick<StatementReport, 'columns'> & { rows: (string | null)[][] }

async function* inParts(
  line: Line,
  { text, parameters }: { text: string; parameters: unknown[] },
  { format }: Reading,
  bounds: Bounds,
  told: Told,
): AsyncGenerator<Part> {
  const cursor = line.client.query(
    // As PostgreSQL writes it.
    new Cursor(text, parameters, {
      rowMode: 'array',
      types: { getTypeParser: () => (value: string) => value },
    }),
  )
  const turns = line.turns()
  let longest = bite / 20
  let columns: Part['columns'] | undefined
  for (;;) {
    line.allow(bounds.arriving)
    const wanted = Math.max(1, Math.min(mostAtOnce, Math.floor(bite / longest), bounds.rows - told.rows + 1))
    const some = (await cursor.read(wanted)) as (string | null)[][] // as asked
    if (line.turns() !== turns) {
      line.cut('transaction_left')
      throw new ExportFailed('transaction_left')
    }
    columns ??= columnsOf(cursor)
    const rows: (string | null)[][] = []
    longest = 1
    for (const row of some) {
      if (told.rows >= bounds.rows) told.cut = 'rows'
      else if (told.bytes >= bounds.bytes) told.cut = 'bytes'
      if (told.cut) break
      const kept = row.map((value) => shortened(value, longestIn[format], told))
      const size = kept.reduce((sum, value) => sum + (value?.length ?? 0) + 1, 0)
      longest = Math.max(longest, size)
      told.bytes += size
      told.rows++
      rows.push(kept)
    }
    yield { columns, rows }
    if (some.length === 0 || told.cut) return
  }
}

function columnsOf(cursor: Cursor): Part['columns'] {
  const { fields } = (cursor as unknown as { _result: pg.QueryResult })._result // it says so nowhere else
  return fields.map(({ name, dataTypeID: type, tableID: table, columnID: column }) => ({
    name,
    type,
    table,
    column,
  }))
}

function shortened(value: string | null, most: number, told: Told): string | null {
  if (value === null || value.length <= most) return value
  told.shortened++
  return `${value.slice(0, most - 1)}…`
}

/** As any report is; the whole text is judged, of which this is one statement. */
function masked({ columns, rows }: Part, { script, place, columns: schema }: Reading): Batch {
  const one = (own: Part): StatementReport => ({
    text: '',
    command: '',
    rowCount: null,
    effects: {},
    changes: [],
    moreChanges: 0,
    plan: null,
    buffers: { hit: 0, read: 0 },
    took: 0,
    ...own,
  })
  const before = script.statements.slice(0, place).map(() => one({ columns: [], rows: [] }))
  const report = maskReport(
    { ...nothing, statements: [...before, one({ columns, rows })] },
    { ...script, schema, unmasked: none },
  )
  const mine = report.statements[place]
  // How many there are would tell what is masked.
  if (report.failure || (mine && mine.rows.length < rows.length)) throw new ExportFailed('counts_masked')
  if (!mine) throw new Error('what was masked is not there')
  return { columns: mine.columns, rows: mine.rows as Part['rows'] } // texts went in, and texts or marks come out
}

const nothing: Omit<Simulation, 'statements'> = {
  status: 'simulated',
  atCommit: { effects: {}, changes: [], moreChanges: 0 },
  locks: [],
  schemaChanges: [],
  residue: { sequences: [], deadRows: 0 },
  proof: { xid: '', status: 'read only', unchanged: true },
  took: 0,
}

/** What PostgreSQL says of it may hold what somebody typed or a table holds: its code is all that is kept. */
function failed(error: unknown, line: Line): unknown {
  const ending = line.ending()
  if (ending) return new ExportFailed(ending)
  if (error instanceof ExportFailed) return error
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
  return /^[0-9A-Z]{5}$/.test(code) ? new ExportFailed(code) : error
}
