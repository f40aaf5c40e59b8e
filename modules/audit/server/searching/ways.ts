/** Conditions of several faces, as ways to entries `e`: each is one that an index gives newest first. */
import type { RawBuilder } from 'kysely'
import { sql } from '#platform/server/db.ts'
import { holds } from './names.ts'
import type { Meant } from './understanding.ts'

export type Condition = RawBuilder<boolean>

/** One way, or one for each value of a column. */
export type Way = { where: Condition } | { column: RawBuilder<unknown>; values: readonly string[] }

export const isAny = (column: RawBuilder<unknown>, values: readonly string[]): Condition =>
  values.length === 1 ? sql`${column} = ${values[0]}` : sql`${column} = any(${values}::text[])`

/** Several ways as one condition. */
export const isOnOne = (ways: readonly Way[]): Condition =>
  either(ways.map((way) => ('where' in way ? sql`(${way.where})` : isAny(way.column, way.values))))

const either = (conditions: readonly Condition[]): Condition => sql`(${sql.join(conditions, sql` or `)})`

const ofMany = (ids: readonly string[]): Condition => sql`e.object_ids && ${ids}::text[]`

/** What was done to an object, alone or among many. */
export const objectWays = (id: string): Way[] => [
  { where: sql`e.object_id = ${id}` },
  { where: ofMany([id]) },
]

/** What a colleague did, and what was done to them. */
export const personWays = (id: string): Way[] => [
  { where: sql`e.actor_id = ${id}` },
  { where: sql`e.object_id = ${id} and e.object_type = 'staff_member'` },
  { where: sql`${ofMany([id])} and e.object_type = 'staff_member'` },
]

export function textWays(meant: Meant): Way[] {
  if ('id' in meant) return idWays(meant.id)
  const { exactly, number, verbs, objectTypes, named, words, split } = meant
  // First what PostgreSQL should estimate undisturbed, since for it the newest entries may be the better index.
  const ways: Way[] = words.length > 0 ? [{ where: reasonHolds(words) }] : []
  ways.push(
    { where: sql`e.object_id = ${exactly}` },
    { where: sql`e.actor_id = ${exactly}` },
    { where: sql`e.subject_id = ${exactly}` },
  )
  if (number !== undefined)
    ways.push({ where: sql`e.id = (select entry_id from audit_leaves where index = ${number}::bigint)` })
  if (verbs.length > 0) ways.push({ column: sql`e.verb`, values: verbs })
  if (objectTypes.length > 0) ways.push({ column: sql`e.object_type`, values: objectTypes })
  if (named.length > 0) ways.push({ column: sql`e.object_id`, values: named }, { where: ofMany(named) })
  if (split) {
    const rest = [reasonHolds(split.words)]
    if (split.named.length > 0) rest.push(isAny(sql`e.object_id`, split.named), ofMany(split.named))
    ways.push({ where: sql`${isAny(sql`e.verb`, split.verbs)} and ${either(rest)}` })
  }
  return ways
}

const idWays = (id: string): Way[] => [
  ...objectWays(id),
  { where: sql`e.actor_id = ${id}` },
  { where: sql`e.subject_id = ${id}` },
  { where: sql`e.id = ${id}::uuid` },
  // Intent and outcome are indexed apart (audit_entries_one_intent, audit_entries_one_outcome).
  { where: sql`e.operation_id = ${id}::uuid and e.result = 'intended'` },
  { where: sql`e.operation_id = ${id}::uuid and e.result <> 'intended'` },
]

/** Reason and ticket as they are indexed (audit_entries_reason); null where there is neither. */
const reason = sql`plain_text(coalesce(e.reason || ' ' || e.ticket, e.reason, e.ticket))`

/**
 * The longest word is looked up, the others are held against what it finds: PostgreSQL would take two for as much rarer than
 * one, and `<> 0` it takes for what most rows are.
 */
function reasonHolds(words: readonly string[]): Condition {
  const [longest = '', ...others] = words.toSorted((one, other) => other.length - one.length)
  const also = others.map((word) =>
    word.length > 2
      ? sql<boolean>`strpos(${reason}, ${word}) <> 0`
      : sql<boolean>`strpos(' ' || ${reason}, ${` ${word}`}) <> 0`,
  )
  return sql`(${sql.join([holds(reason, longest), ...also], sql` and `)})`
}
