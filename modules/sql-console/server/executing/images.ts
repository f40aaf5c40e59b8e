/** Every row a transaction has changed, as it was and as it is, to find the way back by. */
import pg from 'pg'
import { gone, made, numbersOf, touched, type Rows, type Touched } from '../simulating/images.ts'

/** A row before and after, as PostgreSQL writes it in JSON: a number keeps its digits. */
export type KeptRow = {
  /** As it stands in a statement. */
  table: string
  key: string[]
  columns: string[]
  before: string | null
  after: string | null
}

/** @returns undefined where there are more than `most` */
export async function allChanged(
  at: { inside: pg.Client; beside: pg.Client; xid: string; pid: number },
  most: number,
): Promise<KeptRow[] | undefined> {
  const { inside, beside } = at
  const numbers = await numbersOf(beside, at.xid, at.pid)
  const kept: KeptRow[] = []
  for (const table of await touched(inside)) {
    const [is, was] = await Promise.all([
      made(inside, table, numbers, most),
      gone(inside, beside, table, numbers, most),
    ])
    if (is.size + was.size > 2 * most) return undefined
    const [after, before] = [await textsOf(inside, table, is), await textsOf(beside, table, was)]
    const common = { table: table.sql, key: table.key, columns: table.columns }
    const byKey = new Map<string, KeptRow>()
    for (const [key, row] of before) byKey.set(key, { ...common, before: row, after: null })
    for (const [key, row] of after)
      byKey.set(key, { ...common, before: byKey.get(key)?.before ?? null, after: row })
    kept.push(...byKey.values())
    if (kept.length > most) return undefined
  }
  return kept
}

async function textsOf(client: pg.ClientBase, table: Touched, rows: Rows): Promise<Map<string, string>> {
  if (rows.size === 0) return new Map()
  const columns = table.columns.map((name) => `t.${pg.escapeIdentifier(name)}`).join(', ')
  const found = await client.query<{ at: string; row: string }>(
    `SELECT t.ctid::text AS at, (SELECT to_jsonb(r)::text FROM (SELECT ${columns}) AS r) AS row
     FROM ONLY ${table.sql} AS t WHERE t.ctid = ANY ($1::tid[])`,
    [[...rows.keys()]],
  )
  return new Map(found.rows.map(({ at, row }) => [rows.get(at) ?? at, row]))
}
