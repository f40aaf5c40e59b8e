import { sql } from '#platform/server/db.ts'
import type { Meant } from './understanding.ts'
import type { Wanted } from './wanted.ts'
import { isAny, isOnOne, objectWays, personWays, textWays, type Condition, type Way } from './ways.ts'

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
 * orders by time, among which it chooses well itself; and those of several faces, of which only one may lead.
 */
export function conditionsOf(wanted: Wanted): Conditions {
  const { person, object, text } = wanted
  const plain = plainConditions(wanted)
  const said = text ? [textWays(text)] : []
  // These lead even where a plain condition could: they are of few entries.
  const narrow = [
    ...(object === undefined ? [] : [objectWays(object)]),
    ...(person === undefined ? [] : [personWays(person)]),
    ...(text && isNarrow(text) ? said : []),
  ]
  const several = [...narrow, ...ofSeveralValues(wanted), ...(text && isNarrow(text) ? [] : said)]
  const [leader, ...others] = several
  const led = leader !== undefined && (narrow.length > 0 || plain.length === 0)
  return {
    ways: led ? leader : [],
    rest: [...plain, ...(led ? others : several).map(isOnOne)],
    all: [...plain, ...several.map(isOnOne)],
  }
}

/** What no verb and no kind of object says is said by names and reasons alone. */
const isNarrow = (text: Meant) => 'id' in text || (text.verbs.length === 0 && text.objectTypes.length === 0)

function plainConditions({ actor, subject, objectType, ipIndex, verbs, results }: Wanted): Condition[] {
  const conditions: Condition[] = []
  if (actor !== undefined) conditions.push(sql`e.actor_id = ${actor}`)
  if (subject !== undefined) conditions.push(sql`e.subject_id = ${subject}`)
  if (objectType !== undefined) conditions.push(sql`e.object_type = ${objectType}`)
  if (ipIndex !== undefined) conditions.push(sql`e.ip_index = ${ipIndex}`)
  if (verbs?.length === 1) conditions.push(isAny(sql`e.verb`, verbs))
  if (results && !areRare(results)) conditions.push(isAny(sql`e.result`, results))
  return conditions
}

function ofSeveralValues({ verbs, results }: Wanted): Way[][] {
  const several: Way[][] = []
  if (verbs && verbs.length > 1) several.push([{ column: sql`e.verb`, values: verbs }])
  // Each by itself, as a constant: so PostgreSQL sees that the partial index has it.
  if (results && areRare(results))
    several.push(results.map((one) => ({ where: isAny(sql`e.result`, [one]) })))
  return several
}

/** Several results that are indexed (audit_entries_not_done): most entries are done or seen, and those one finds anyway. */
const areRare = (results: readonly string[]) =>
  results.length > 1 && !results.includes('done') && !results.includes('seen')
