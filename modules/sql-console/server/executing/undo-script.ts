/** The way back: statements that put rows as they were, where they are still as the execution left them. */
import { createHash } from 'node:crypto'
import pg from 'pg'
import { derived } from '../simulating/derived.ts'
import type { Statement } from '../statements/reading.ts'
import type { KeptRow } from './images.ts'

export type Kind = 'take' | 'put' | 'bring'
type Counts = { inserted: number; updated: number; deleted: number }

/** A statement of the way back, and how many rows it must change: fewer, and somebody changed one since. */
export type WayBack = { statement: Statement; table: string; kind: Kind; rows: number }

export const kindOf = ({ before, after }: KeptRow): Kind =>
  before === null ? 'take' : after === null ? 'bring' : 'put'

/** @param kept in the order in which they go back */
export function wayBackOf(kept: readonly KeptRow[]): WayBack[] {
  const turns = Map.groupBy(kept, (row) => `${kindOf(row)} ${row.table}`)
  return [...turns.values()].flatMap((rows) => {
    const [one] = rows
    if (!one) return []
    const kind = kindOf(one)
    const text = { take: taking, put: puttingBack, bring: bringingBack }[kind](one, rows)
    return [{ statement: ours(text, kind), table: one.name, kind, rows: rows.length }]
  })
}

/** What else a way back did than was meant, and what of it it did not: nothing but the rows it names may change. */
export function otherThanMeant(
  way: readonly WayBack[],
  done: readonly { rowCount: number | null; effects: { [table: string]: Counts } }[],
  atCommit: { [table: string]: Counts },
): { statement: number | null; table: string; rows: number }[] {
  const none = { inserted: 0, updated: 0, deleted: 0 }
  const differing = (meant: { [table: string]: Counts }, did: { [table: string]: Counts }) =>
    [...new Set([...Object.keys(meant), ...Object.keys(did)])]
      .filter((table) => !derived.has(table))
      .map((table) => {
        const [a, b] = [meant[table] ?? none, did[table] ?? none]
        const rows =
          Math.abs(a.inserted - b.inserted) +
          Math.abs(a.updated - b.updated) +
          Math.abs(a.deleted - b.deleted)
        return { table, rows }
      })
      .filter(({ rows }) => rows > 0)
  const inTurn = way.flatMap(({ table, kind, rows }, statement) => {
    const did = done[statement]
    if (!did) return []
    const counted = { take: 'deleted', put: 'updated', bring: 'inserted' } as const
    const found = differing({ [table]: { ...none, [counted[kind]]: rows } }, did.effects)
    const short = rows - (did.rowCount ?? rows)
    return (found.length || !short ? found : [{ table, rows: short }]).map((one) => ({ statement, ...one }))
  })
  return [...inTurn, ...differing({}, atCommit).map((one) => ({ statement: null, ...one }))]
}

const name = pg.escapeIdentifier
const list = (names: readonly string[], of: (column: string) => string = name) => names.map(of).join(', ')

/** Texts all of them: nothing is rounded. */
type Fields = { [column: string]: string | null }
const fieldsOf = (row: string | null) => JSON.parse(row ?? '{}') as Fields
const some = (row: string | null, columns: readonly string[]): Fields => {
  const fields = fieldsOf(row)
  return Object.fromEntries(columns.map((column) => [column, fields[column] ?? null]))
}

/** Which row, what is in it now by its digest, and what was in it where that comes back. */
type Line = { key?: Fields; is?: string; was?: Fields }
/** They stand in the statement itself: it is ours, and no parameter is as long. */
const linesOf = (lines: Line[]) =>
  `jsonb_array_elements(${pg.escapeLiteral(JSON.stringify(lines))}::jsonb) AS e (line)`
const asNow = ({ key, after }: KeptRow): Line => ({
  key: some(after, key),
  is: createHash('sha256')
    .update(after ?? '')
    .digest('hex'),
})
/** A column of a line, as what it is in the table. */
const read =
  ({ types }: KeptRow, of: keyof Line) =>
  (column: string) =>
    `(e.line -> '${of}' ->> ${pg.escapeLiteral(column)})::${types[column]}`
/** It is still as it was left, in every column that may be read. */
const asLeft = (one: KeptRow) =>
  `${one.key.map((column) => `x.${name(column)} = ${read(one, 'key')(column)}`).join(' AND ')}
AND encode(sha256(convert_to((SELECT to_jsonb(r)::text FROM (SELECT ${list(Object.keys(one.types), (column) => `x.${name(column)}::text AS ${name(column)}`)}) AS r), 'UTF8')), 'hex') = e.line ->> 'is'`

const ours = (text: string, kind: Kind): Statement => ({
  text,
  command: { take: 'DELETE', put: 'UPDATE', bring: 'INSERT' }[kind],
  does: 'writes',
  refusals: [],
  parameters: 0,
  names: [],
  called: [],
  place: { from: 0, to: text.length },
})

/** What was made goes. */
const taking = (one: KeptRow, rows: readonly KeptRow[]) =>
  `DELETE FROM ONLY ${one.table} AS x USING ${linesOf(rows.map(asNow))}
WHERE ${asLeft(one)}`

/** What was changed is as it was; columns that no row changed are left alone, and the triggers that wait for them. */
function puttingBack(one: KeptRow, rows: readonly KeptRow[]): string {
  const differ = new Set(
    rows.flatMap(({ before, after }) => {
      const [was, is] = [fieldsOf(before), fieldsOf(after)]
      return Object.keys(one.types).filter((column) => was[column] !== is[column])
    }),
  )
  const set = [...differ].filter((column) => !one.computed.includes(column))
  return `UPDATE ONLY ${one.table} AS x SET ${list(set, (column) => `${name(column)} = ${read(one, 'was')(column)}`)}
FROM ${linesOf(rows.map((row) => ({ ...asNow(row), was: some(row.before, set) })))}
WHERE ${asLeft(one)}`
}

/** What was deleted comes back. */
function bringingBack(one: KeptRow, rows: readonly KeptRow[]): string {
  const columns = Object.keys(one.types).filter((column) => !one.computed.includes(column))
  return `INSERT INTO ${one.table} (${list(columns)}) OVERRIDING SYSTEM VALUE
SELECT ${list(columns, read(one, 'was'))} FROM ${linesOf(rows.map(({ before }) => ({ was: some(before, columns) })))}`
}
