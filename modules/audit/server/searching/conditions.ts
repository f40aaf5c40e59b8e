import type { RawBuilder } from 'kysely'
import { sql } from '#platform/server/db.ts'
import { holds } from './names.ts'
import type { Meant } from './understanding.ts'
import type { Wanted } from './wanted.ts'

type Condition = RawBuilder<boolean>

/**
 * A way to entries `e` that an index gives newest first. With `each`, one such way for each of its values, named
 * `way.value` in the condition.
 */
export type Way = { each?: readonly string[]; where: Condition }

const any = (column: RawBuilder<unknown>, values: readonly string[]): Condition =>
  values.length === 1 ? sql`${column} = ${values[0]}` : sql`${column} = any(${values}::text[])`

const isOneOf = (column: RawBuilder<unknown>, values: readonly string[]): Way[] =>
  values.length === 0 ? [] : [{ each: values, where: sql`${column} = way.value` }]

const ofMany = (ids: readonly string[]): Condition => sql`e.object_ids && ${ids}::text[]`

// ───── what an entry must fulfil: a condition, and where it has several faces the ways to each of them

/** What the object is, alone or among many. */
const objectWays = (id: string): Way[] => [{ where: sql`e.object_id = ${id}` }, { where: ofMany([id]) }]

/** What a colleague did, and what was done to them. */
const personWays = (id: string): Way[] => [
  { where: sql`e.actor_id = ${id}` },
  { where: sql`e.object_id = ${id} and e.object_type = 'staff_member'` },
  { where: sql`${ofMany([id])} and e.object_type = 'staff_member'` },
]

/** Reason and ticket as they are indexed (audit_entries_reason); null where there is neither. */
const reason = sql`plain_text(coalesce(e.reason || ' ' || e.ticket, e.reason, e.ticket))`
/** The longest word is looked up; PostgreSQL would take two for as much rarer than one, and read all that has both. */
function reasonHolds(words: readonly string[]): Condition {
  const [longest = '', ...others] = words.toSorted((one, other) => other.length - one.length)
  return sql`(${sql.join(
    [
      holds(reason, longest),
      ...others.map((word) =>
        word.length > 2
          ? sql`strpos(${reason}, ${word}) > 0`
          : sql`strpos(' ' || ${reason}, ${` ${word}`}) > 0`,
      ),
    ],
    sql` and `,
  )})`
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

function textWays({ exactly, verbs, objectTypes, named, words, split }: Meant): Way[] {
  const ways: Way[] = [
    { where: sql`e.object_id = ${exactly}` },
    { where: sql`e.actor_id = ${exactly}` },
    { where: sql`e.subject_id = ${exactly}` },
  ]
  if (uuid.test(exactly)) return [...ways, ...idWays(exactly)]
  ways.push(
    ...isOneOf(sql`e.verb`, verbs),
    ...isOneOf(sql`e.object_type`, objectTypes),
    ...isOneOf(sql`e.object_id`, named),
  )
  if (named.length > 0) ways.push({ where: ofMany(named) })
  if (words.length > 0) ways.push({ where: reasonHolds(words) })
  if (split) {
    const rest = [reasonHolds(split.words)]
    if (split.named.length > 0) rest.push(any(sql`e.object_id`, split.named), ofMany(split.named))
    ways.push({ where: sql`${any(sql`e.verb`, split.verbs)} and ${either(rest)}` })
  }
  return ways
}

/** Intent and outcome of an operation are indexed apart (audit_entries_one_intent, audit_entries_one_outcome). */
const idWays = (id: string): Way[] => [
  { where: ofMany([id]) },
  { where: sql`e.id = ${id}::uuid` },
  { where: sql`e.operation_id = ${id}::uuid and e.result = 'intended'` },
  { where: sql`e.operation_id = ${id}::uuid and e.result <> 'intended'` },
]

const either = (conditions: readonly Condition[]): Condition => sql`(${sql.join(conditions, sql` or `)})`

/** The same ways as one condition; `each` becomes `= any`. */
const alongAny = (ways: readonly Way[], eachOf: Condition[] = []): Condition =>
  either([...ways.filter(({ each }) => !each).map(({ where }) => sql<boolean>`(${where})`), ...eachOf])

function textHolds(meant: Meant): Condition {
  return alongAny(
    textWays(meant),
    [
      { column: sql`e.verb`, values: meant.verbs },
      { column: sql`e.object_type`, values: meant.objectTypes },
      { column: sql`e.object_id`, values: meant.named },
    ].flatMap(({ column, values }) => (values.length > 0 ? [any(column, values)] : [])),
  )
}

type Part = { condition: Condition; ways: readonly Way[] }

export type Conditions = {
  /** Ways that together lead to all that may match; none where a condition of one column leads, or nothing does. */
  ways: readonly Way[]
  /** What holds besides, on each way. */
  rest: readonly Condition[]
  /** The whole filter as conditions. */
  all: readonly Condition[]
}

/**
 * What a filter asks for, so that PostgreSQL reads few entries whatever it is: conditions of one column each that an index
 * orders by time, among which it chooses well itself; and those of several, which only one at a time may lead.
 */
export function conditionsOf(wanted: Wanted): Conditions {
  const { person, actor, subject, objectType, object, verbs, results, ipIndex, text } = wanted
  const plain: Condition[] = []
  if (actor !== undefined) plain.push(sql`e.actor_id = ${actor}`)
  if (subject !== undefined) plain.push(sql`e.subject_id = ${subject}`)
  if (objectType !== undefined) plain.push(sql`e.object_type = ${objectType}`)
  if (ipIndex !== undefined) plain.push(sql`e.ip_index = ${ipIndex}`)

  const several: Part[] = []
  // These lead even where others could: they are of few entries.
  if (object !== undefined) several.push(partOf(objectWays(object)))
  if (person !== undefined) several.push(partOf(personWays(person)))
  const isLed = several.length > 0
  if (verbs) {
    const condition = any(sql`e.verb`, verbs)
    if (verbs.length === 1) plain.push(condition)
    else several.push({ condition, ways: isOneOf(sql`e.verb`, verbs) })
  }
  if (results) {
    const condition = any(sql`e.result`, results)
    // Most are done or seen: looking for those one looks at the newest. The others are indexed (audit_entries_not_done).
    if (results.length === 1 || results.includes('done') || results.includes('seen')) plain.push(condition)
    else several.push({ condition, ways: results.map((one) => ({ where: any(sql`e.result`, [one]) })) })
  }
  if (text) several.push({ condition: textHolds(text), ways: textWays(text) })

  const [leader, ...others] = several
  const led = leader !== undefined && (isLed || plain.length === 0)
  const conditions = several.map(({ condition }) => condition)
  return {
    ways: led ? leader.ways : [],
    rest: [...plain, ...(led ? others.map(({ condition }) => condition) : conditions)],
    all: [...plain, ...conditions],
  }
}

const partOf = (ways: Way[]): Part => ({ condition: alongAny(ways), ways })
