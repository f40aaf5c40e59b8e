/**
 * What changed rows held and hold, in few letters: what is executed does to the same values the same as was simulated. What is made
 * anew each time is not held against it: ids and numbers that a default gives, wherever they stand, and the transaction's own time. A
 * column that a statement fills with what is never the same (`drawing.ts`) is not compared either, from there on, and is counted.
 */
import { createHash } from 'node:crypto'
import type { ClientBase } from 'pg'
import type { Statement } from '../statements/reading.ts'
import type { Image } from './images.ts'
import type { Values } from './simulation.ts'
import type { Table } from './touched.ts'

/** A row before and after; `own` where we had made or changed it before already. */
export type Pair = { before?: Image | undefined; own: boolean; after?: Image | undefined }

/** Long enough to be nobody else's. */
const isId = (value: unknown): value is string => typeof value === 'string' && value.length >= 16

export function comparing(inside: ClientBase) {
  const made = new Set<string>()
  const givenBy = new Map<string, Promise<string[]>>()
  const waiting: { table: Table; given: string[]; pairs: Pair[] }[] = []
  /** By table, what was made anew by a statement so far. */
  const drawn = new Map<string, 'all' | ReadonlySet<string>>()
  let now: Promise<string> | undefined

  async function compare(table: Table, pairs: Pair[]): Promise<void> {
    now ??= ours(inside)
    const isMade = pairs.some(({ before, own }) => before === undefined || own)
    if (isMade && !givenBy.has(table.oid)) givenBy.set(table.oid, givenByDefault(inside, table))
    const given = isMade ? ((await givenBy.get(table.oid)) ?? []) : []
    for (const { before, after } of pairs)
      if (!before)
        for (const column of given) {
          const value = after?.row[column]
          if (isId(value)) made.add(value)
        }
    waiting.push({ table, given, pairs })
  }

  /** @param statement that is over */
  async function settle(statement: Pick<Statement, 'drawn'> | null): Promise<Values> {
    const values: Values = {}
    const time = await now
    const same = (_key: string, value: unknown) =>
      typeof value === 'string' && (value === time || made.has(value)) ? '\u0000' : value
    for (const { table, given, pairs } of waiting.splice(0)) {
      const free = await freeIn(table, statement?.drawn)
      const text = (image: Image, without: readonly string[]): string[] =>
        free === 'all' ? [] : [JSON.stringify(compared(image, [...without, ...free]), same)]
      const was = pairs.flatMap(({ before, own }) =>
        // What others had written is never made anew.
        before ? (own ? text(before, given) : [JSON.stringify(compared(before, []), same)]) : [],
      )
      const became = pairs.flatMap(({ before, own, after }) =>
        after ? text(after, before && !own ? [] : given) : [],
      )
      const uncompared = pairs.reduce((sum, pair) => sum + countFree(pair, free), 0)
      values[table.name] = {
        ...(was.length > 0 && { was: digestOf(was) }),
        ...(became.length > 0 && { became: digestOf(became) }),
        ...(uncompared > 0 && { uncompared }),
      }
    }
    return values
  }

  /** What follows from a column that is made anew is made anew with it. */
  async function freeIn(table: Table, by: Statement['drawn']): Promise<Free> {
    const so = drawn.get(table.name) ?? new Set<string>()
    if (by === undefined || so === 'all') return so
    if (by !== 'all' && by.table !== table.name) return so
    const free: Free =
      by === 'all' ? 'all' : new Set([...so, ...by.columns, ...(await computedIn(inside, table))])
    drawn.set(table.name, free)
    return free
  }

  return { compare, settle }
}

type Free = 'all' | ReadonlySet<string>

/** Of a value told by its beginning only there is a sum; of several there is one text, in which nobody finds one of them again. */
function compared({ row, cut = [], sums = '' }: Image, without: readonly string[]): unknown {
  const isOne = cut.some((column) => without.includes(column))
  return [Object.entries(row).filter(([column]) => !without.includes(column)), isOne ? '' : sums]
}

/** Values that were written and are held to nothing. */
function countFree({ before, after }: Pair, free: Free): number {
  if (!after) return 0
  const columns = Object.keys(after.row)
  if (free !== 'all') return columns.filter((column) => free.has(column)).length
  return columns.filter((column) => JSON.stringify(before?.row[column]) !== JSON.stringify(after.row[column]))
    .length
}

const digestOf = (texts: string[]): string =>
  createHash('sha256').update(JSON.stringify(texts.sort())).digest('base64url')

async function ours(inside: ClientBase): Promise<string> {
  const { rows } = await inside.query<{ now: string }>(`SELECT to_jsonb(now()) #>> '{}' AS now`)
  return rows[0]?.now ?? ''
}

async function givenByDefault(inside: ClientBase, { oid }: Table): Promise<string[]> {
  const { rows } = await inside.query<{ name: string }>(
    `SELECT a.attname::text AS name FROM pg_attribute a
       LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum AND a.attgenerated = ''
     WHERE a.attrelid = $1 AND a.attnum > 0 AND NOT a.attisdropped
       AND (a.attidentity <> '' OR pg_get_expr(d.adbin, d.adrelid) ~ '(nextval|uuid|random|clock_timestamp|timeofday)')`,
    [oid],
  )
  return rows.map(({ name }) => name)
}

async function computedIn(inside: ClientBase, { oid }: Table): Promise<string[]> {
  const { rows } = await inside.query<{ name: string }>(
    "SELECT attname::text AS name FROM pg_attribute WHERE attrelid = $1 AND attgenerated <> '' AND NOT attisdropped",
    [oid],
  )
  return rows.map(({ name }) => name)
}
