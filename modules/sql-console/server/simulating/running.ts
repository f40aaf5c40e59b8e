/** One statement, in the extended protocol: it takes one and no more. Its result is read in parts and let go of beyond a bound. */
import type pg from 'pg'
import Cursor from 'pg-cursor'
import type { Bounds } from './bounds.ts'
import type { Line } from './lines.ts'
import type { StatementReport } from './simulation.ts'

const part = 500
/** Who only counts reads more at once. */
const counting = 10_000
/** So much is asked for at once, as far as the rows that came say how long rows are. */
const bite = 1_000_000

type Given = Pick<StatementReport, 'columns' | 'rows' | 'rowCount' | 'cut' | 'took'> & {
  /** Bytes of `rows`, about. */
  kept: number
}
type Typed = { text: string; parameters: unknown[] }

export async function run(line: Line, { text, parameters }: Typed, bounds: Bounds): Promise<Given> {
  const began = performance.now()
  line.allow(bounds.arriving)
  const cursor = line.client.query(
    // As PostgreSQL writes it: what a reader is shown is not what JavaScript makes of a number.
    new Cursor(text, parameters, {
      rowMode: 'array',
      types: { getTypeParser: () => (value: string) => value },
    }),
  )
  const rows: unknown[][] = []
  let count = 0
  let bytes = 0
  let kept = 0
  let longest = bite
  let whole = false
  while (!whole && bytes < bounds.arriving) {
    const most = rows.length < bounds.rows && kept < bounds.bytes ? part : counting
    line.allow(bounds.arriving)
    const some = (await cursor.read(Math.max(1, Math.min(most, Math.floor(bite / longest))))) as (
      | string
      | null
    )[][] // as asked
    whole = some.length === 0
    count += some.length
    longest = 1
    for (const row of some) {
      const size = row.reduce((sum, value) => sum + (value?.length ?? 4), 0)
      longest = Math.max(longest, size)
      bytes += size
      if (rows.length >= bounds.rows || kept >= bounds.bytes) continue
      const shown = row.map((value) => shortened(value, bounds.value))
      kept += shown.reduce((sum, value) => sum + (value?.length ?? 4), 0)
      rows.push(shown)
    }
  }
  const { fields, rowCount } = (cursor as unknown as { _result: pg.QueryResult })._result // it says so nowhere else
  await cursor.close()
  // Of what is executed no rows are kept in any case.
  const isCut = fields.length > 0 && bounds.rows > 0 && !(whole && count === rows.length)
  return {
    columns: fields.map(({ name, dataTypeID: type, tableID: table, columnID: column }) => ({
      name,
      type,
      table,
      column,
    })),
    rows,
    rowCount: whole ? (fields.length ? count : (rowCount ?? 0)) : null,
    ...(isCut && { cut: rows.length < bounds.rows ? ('bytes' as const) : ('rows' as const) }),
    kept,
    took: performance.now() - began,
  }
}

const shortened = (value: string | null, most: number): string | null =>
  value !== null && value.length > most ? `${value.slice(0, most)}…` : value
