/** One statement asked and answered in one go, in the extended protocol: it takes one and no more. Rows beyond a bound are counted only. */
import pg from 'pg'
import type { Bounds } from '../simulating/bounds.ts'
import type { Line } from '../simulating/lines.ts'
import type { StatementReport } from '../simulating/simulation.ts'

type Given = Pick<StatementReport, 'columns' | 'rows' | 'rowCount' | 'cut' | 'took'> & {
  /** Bytes of `rows`, about. */
  kept: number
}

/** What arrives beyond `bounds.arriving` cuts the line. */
export async function runOnce(
  line: Line,
  { text, parameters }: { text: string; parameters: unknown[] },
  bounds: Bounds,
): Promise<Given> {
  const began = performance.now()
  line.allow(bounds.arriving)
  const rows: (string | null)[][] = []
  let count = 0
  let kept = 0
  const result = await new Promise<pg.QueryResult>((resolve, reject) => {
    const asked = {
      text,
      values: parameters,
      rowMode: 'array',
      queryMode: 'extended',
      // As PostgreSQL writes it.
      types: { getTypeParser: () => (value: string) => value },
    }
    const query = new pg.Query<(string | null)[]>(asked)
    query.on('row', (row) => {
      count++
      if (rows.length >= bounds.rows || kept >= bounds.bytes) return
      const shown = row.map((value) => shortened(value, bounds.value))
      kept += shown.reduce((sum, value) => sum + (value?.length ?? 4), 0)
      rows.push(shown)
    })
    query.on('end', resolve)
    query.on('error', reject)
    line.client.query(query)
  })
  return {
    columns: result.fields.map(({ name, dataTypeID, tableID, columnID }) => ({
      name,
      type: dataTypeID,
      table: tableID,
      column: columnID,
    })),
    rows,
    rowCount: result.fields.length ? count : (result.rowCount ?? 0),
    ...(count > rows.length && { cut: rows.length < bounds.rows ? ('bytes' as const) : ('rows' as const) }),
    kept,
    took: performance.now() - began,
  }
}

const shortened = (value: string | null, most: number): string | null =>
  value !== null && value.length > most ? `${value.slice(0, most)}…` : value
