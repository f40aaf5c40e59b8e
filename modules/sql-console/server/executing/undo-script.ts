/** The way back: statements that put rows as they were, where they are still as the execution left them. */
import pg from 'pg'
import type { Statement } from '../statements/reading.ts'
import type { KeptRow } from './images.ts'

/** A statement of the way back, and how many rows it must find: fewer, and somebody changed one since. */
export type WayBack = { statement: Statement; table: string; rows: number }

/** @param order tables, those that others refer to first: rows come back in it, and go in the other */
export function wayBackOf(kept: readonly KeptRow[], order: readonly string[]): WayBack[] {
  const byTable = [...Map.groupBy(kept, ({ table }) => table)].toSorted(
    ([a], [b]) => order.indexOf(a) - order.indexOf(b),
  )
  const made = byTable.toReversed().flatMap(([table, rows]) => taking(table, rows))
  const rest = byTable.flatMap(([table, rows]) => [...puttingBack(table, rows), ...bringingBack(table, rows)])
  return [...made, ...rest]
}

const list = (names: readonly string[], prefix = '') =>
  names.map((name) => `${prefix}${pg.escapeIdentifier(name)}`).join(', ')

/** The rows themselves, in the statement: it is ours, and no parameter is as long. */
const rowsOf = (rows: readonly string[]) =>
  `jsonb_array_elements(${pg.escapeLiteral(`[${rows.join(',')}]`)}::jsonb) AS e`
const as = (table: string, from: string) => `jsonb_populate_record(NULL::${table}, ${from})`
const unchanged = ({ columns }: KeptRow, was: string) =>
  `(SELECT to_jsonb(r) FROM (SELECT ${list(columns, 'x.')}) AS r) = ${was}`
const same = ({ key }: KeptRow, other: string) =>
  key.map((name) => `x.${pg.escapeIdentifier(name)} = ${other}.${pg.escapeIdentifier(name)}`).join(' AND ')

function statement(text: string, table: string, rows: number, command: string): WayBack {
  const ours: Statement = {
    text,
    command,
    does: 'writes',
    refusals: [],
    parameters: 0,
    names: [],
    called: [],
    place: { from: 0, to: text.length },
  }
  return { statement: ours, table, rows }
}

/** What was made goes. */
function taking(table: string, rows: readonly KeptRow[]): WayBack[] {
  const made = rows.filter(({ before }) => before === null)
  const [one] = made
  if (!one) return []
  const text = `DELETE FROM ${table} AS x USING ${rowsOf(made.map(({ after }) => after ?? ''))}, ${as(table, 'e.value')} AS n
WHERE ${same(one, 'n')} AND ${unchanged(one, 'e.value')}`
  return [statement(text, table, made.length, 'DELETE')]
}

/** What was changed is as it was. */
function puttingBack(table: string, rows: readonly KeptRow[]): WayBack[] {
  const changed = rows.filter(({ before, after }) => before !== null && after !== null)
  const [one] = changed
  if (!one) return []
  const pairs = changed.map(({ before, after }) => `{"was":${before},"is":${after}}`)
  const differ = new Set(
    changed.flatMap(({ before, after }) => {
      const [was, is] = [fieldsOf(before), fieldsOf(after)]
      return one.writable.filter((name) => JSON.stringify(was[name]) !== JSON.stringify(is[name]))
    }),
  )
  const set = [...differ].filter((name) => !one.key.includes(name))
  if (set.length === 0) return []
  const text = `UPDATE ${table} AS x SET ${set.map((name) => `${pg.escapeIdentifier(name)} = o.${pg.escapeIdentifier(name)}`).join(', ')}
FROM ${rowsOf(pairs)}, ${as(table, "e.value -> 'was'")} AS o, ${as(table, "e.value -> 'is'")} AS n
WHERE ${same(one, 'n')} AND ${unchanged(one, "e.value -> 'is'")}`
  return [statement(text, table, changed.length, 'UPDATE')]
}

/** What was deleted comes back. */
function bringingBack(table: string, rows: readonly KeptRow[]): WayBack[] {
  const gone = rows.filter(({ after }) => after === null)
  const [one] = gone
  if (!one) return []
  const text = `INSERT INTO ${table} (${list(one.writable)}) OVERRIDING SYSTEM VALUE
SELECT ${list(one.writable, 'o.')} FROM ${rowsOf(gone.map(({ before }) => before ?? ''))}, ${as(table, 'e.value')} AS o`
  return [statement(text, table, gone.length, 'INSERT')]
}

/** Only to see which differ: numbers need not keep their digits for that. */
const fieldsOf = (row: string | null) => JSON.parse(row ?? '{}') as Record<string, unknown>
