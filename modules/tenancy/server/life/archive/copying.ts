import { createHash } from 'node:crypto'
import { pipeline } from 'node:stream/promises'
import type pg from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import type { TableContents } from './manifest.ts'
import { quoted, type Table } from './tables.ts'

/** A table's rows on their way out: its bytes, and once they have all passed what they amounted to. */
export type Outflow = { data: AsyncIterable<Buffer>; contents(): TableContents }

export function copyOut(client: pg.ClientBase, { name, columns, order }: Table): Outflow {
  const list = columns.map(quoted).join(', ')
  const hash = createHash('sha256')
  let bytes = 0
  let contents: TableContents | undefined
  async function* data(): AsyncGenerator<Buffer> {
    const rows = client.query(
      copyTo(`copy (select ${list} from public.${quoted(name)} order by ${order}) to stdout`),
    )
    for await (const chunk of rows as AsyncIterable<Buffer>) {
      hash.update(chunk)
      bytes += chunk.length
      yield chunk
    }
    contents = { name, columns, rows: rows.rowCount, bytes, sha256: hash.digest('hex') }
  }
  return {
    data: data(),
    contents() {
      if (!contents) throw new Error(`not all of ${name} was copied`)
      return contents
    },
  }
}

/** Rows of that table as `copyOut` gives them. @returns how many came */
export async function copyIn(
  client: pg.ClientBase,
  { name, columns }: Pick<Table, 'name' | 'columns'>,
  data: AsyncIterable<Uint8Array>,
): Promise<number> {
  const rows = client.query(
    copyFrom(`copy public.${quoted(name)} (${columns.map(quoted).join(', ')}) from stdin`),
  )
  await pipeline(data, rows)
  return rows.rowCount
}

/** What a table holds, without keeping any of it. */
export async function contentsOf(client: pg.ClientBase, table: Table): Promise<TableContents> {
  const outflow = copyOut(client, table)
  for await (const _ of outflow.data) void _
  return outflow.contents()
}

/** Where two databases that should hold the same do not. */
export function differing(
  expected: readonly TableContents[],
  actual: readonly TableContents[],
): { table: string; expected: string; actual: string } | undefined {
  const said = (one: TableContents | undefined) => (one ? `${one.rows} rows, ${one.sha256}` : 'not there')
  const byName = new Map(actual.map((one) => [one.name, one]))
  for (const one of expected) {
    const other = byName.get(one.name)
    if (said(one) !== said(other)) return { table: one.name, expected: said(one), actual: said(other) }
    byName.delete(one.name)
  }
  const [extra] = [...byName.values()].filter(({ rows }) => rows > 0)
  return extra && { table: extra.name, expected: 'not there', actual: said(extra) }
}
