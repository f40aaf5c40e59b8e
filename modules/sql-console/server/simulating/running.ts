/** One statement, in the extended protocol: it takes one and no more. Its result is read in parts and let go of beyond a bound. */
import type pg from 'pg'
import Cursor from 'pg-cursor'
import type { Bounds } from './bounds.ts'
import type { StatementReport } from './simulation.ts'

const part = 500
/** Who only counts reads more at once. */
const counting = 10_000

type Given = Pick<StatementReport, 'columns' | 'rows' | 'rowCount' | 'took'>

export async function run(
  client: pg.Client,
  { text, parameters }: { text: string; parameters: unknown[] },
  bounds: Bounds,
): Promise<Given> {
  const began = performance.now()
  const cursor = client.query(
    // As PostgreSQL writes it: what a reader is shown is not what JavaScript makes of a number.
    new Cursor(text, parameters, {
      rowMode: 'array',
      types: { getTypeParser: () => (value: string) => value },
    }),
  )
  const rows: unknown[][] = []
  let count = 0
  let bytes = 0
  let whole = false
  while (!whole && bytes < 16 * bounds.bytes) {
    const some = (await cursor.read(rows.length < bounds.rows ? part : counting)) as (string | null)[][] // as asked
    whole = some.length === 0
    count += some.length
    for (const row of some) {
      bytes += row.reduce((sum, value) => sum + (value?.length ?? 4), 0)
      if (rows.length < bounds.rows && bytes < bounds.bytes) rows.push(row)
    }
  }
  const { fields, rowCount } = (cursor as unknown as { _result: pg.QueryResult })._result // it says so nowhere else
  await cursor.close()
  return {
    columns: fields.map(({ name, dataTypeID: type, tableID: table, columnID: column }) => ({
      name,
      type,
      table,
      column,
    })),
    rows,
    rowCount: whole ? (fields.length ? count : (rowCount ?? 0)) : null,
    took: performance.now() - began,
  }
}
