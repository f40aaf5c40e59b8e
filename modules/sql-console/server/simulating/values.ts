/**
 * What changed rows held and hold, in few letters: what is executed does to the same values the same as was simulated. What is made
 * anew each time is not held against it: ids and numbers that a default gives, wherever they stand, and the transaction's own time.
 */
import { createHash } from 'node:crypto'
import type { ClientBase } from 'pg'
import type { Image } from './images.ts'
import type { Values } from './simulation.ts'
import type { Table } from './touched.ts'

/** A row before and after; `own` where we had made or changed it before already. */
export type Pair = { before?: Image | undefined; own: boolean; after?: Image | undefined }

/** Called by a text, these give something else each time. */
const neverTheSame = new Set(
  `array_sample array_shuffle clock_timestamp statement_timestamp timeofday random random_normal gen_random_uuid uuidv4 uuidv7
  pg_database_size pg_indexes_size pg_relation_size pg_table_size pg_total_relation_size pg_backend_pid
  pg_current_xact_id pg_current_xact_id_if_assigned txid_current txid_current_if_assigned inet_client_port`.split(
    /\s+/,
  ),
)

export const unrepeatable = (called: readonly { name: string }[]): string[] => [
  ...new Set(called.map(({ name }) => name).filter((name) => neverTheSame.has(name))),
]

/** Long enough to be nobody else's. */
const isId = (value: unknown): value is string => typeof value === 'string' && value.length >= 16

export function comparing(inside: ClientBase) {
  const made = new Set<string>()
  const givenBy = new Map<string, Promise<string[]>>()
  const waiting: { name: string; given: string[]; pairs: Pair[] }[] = []
  let now: Promise<string> | undefined
  let repeats = true

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
    waiting.push({ name: table.name, given, pairs })
  }

  /** @param called by the statement that is over */
  async function settle(called: readonly { name: string }[]): Promise<Values> {
    const values: Values = {}
    repeats &&= unrepeatable(called).length === 0
    const time = await now
    const same = (_key: string, value: unknown) =>
      typeof value === 'string' && (value === time || made.has(value)) ? '\u0000' : value
    const text = ({ row, sums }: Image, without: readonly string[]) =>
      JSON.stringify([Object.entries(row).filter(([column]) => !without.includes(column)), sums ?? ''], same)
    for (const { name, given, pairs } of waiting.splice(0)) {
      const was = pairs.flatMap(({ before, own }) =>
        before && (repeats || !own) ? text(before, own ? given : []) : [],
      )
      const became = pairs.flatMap(({ before, own, after }) =>
        after && repeats ? text(after, before && !own ? [] : given) : [],
      )
      values[name] = {
        ...(was.length > 0 && { was: digestOf(was) }),
        ...(became.length > 0 && { became: digestOf(became) }),
      }
    }
    return values
  }

  return { compare, settle }
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
