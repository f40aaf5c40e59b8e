/** In what an execution would have done otherwise than was approved, from what is told of both. */
import type { Change, Effect, FleetDrift, Report, StatementReport } from '#contract/sql-console'

export type Drift = FleetDrift & {
  /** Of the rows that are told, those that only one side has. */
  missing: Change[]
  unexpected: Change[]
  /** The same row on both sides, with another value: as it was approved (`before`) and as it was found (`after`). */
  otherwise: Change[]
  /** Nothing that is shown differs: it is in one of these, in what is masked. */
  hidden: Change[]
}

type Part = Report['atCommit']
type Step = { statement: number | null; approved: Part; found: Part; isNeverTheSame: boolean }

/**
 * @param found of which the failure names the tables
 * @param text of both: a statement that calls what is never the same is not held to its values
 */
export function driftBetween(approved: Report, found: Report, text = ''): Drift[] {
  const named = new Set(found.failure?.message.split(', '))
  const count = Math.max(approved.statements.length, found.statements.length)
  const steps: Step[] = Array.from({ length: count }, (_, statement) => ({
    statement,
    approved: approved.statements[statement] ?? nothing,
    found: found.statements[statement] ?? nothing,
    isNeverTheSame: callsAny(text, found.statements[statement], found.unrepeatable),
  }))
  steps.push({
    statement: null,
    approved: approved.atCommit,
    found: found.atCommit,
    isNeverTheSame: (found.unrepeatable ?? []).length > 0,
  })
  const all = steps.flatMap((step) =>
    [...new Set([...Object.keys(step.approved.effects), ...Object.keys(step.found.effects)])].map(
      (table) => ({
        ...step,
        table,
      }),
    ),
  )
  const meant = all.filter(({ table }) => named.has(table))
  const areAlike = approved.spreads === found.spreads
  for (const side of sides) {
    const drifts = (meant.length ? meant : all).flatMap((one) => between(one, side, areAlike))
    if (drifts.length > 0) return drifts
  }
  return meant.flatMap(({ statement, table, approved: meantThen, found: came }) => {
    const hidden = of(table, came.changes).filter(({ masked }) => Object.keys(masked).length > 0)
    const counts = { approved: countsOf(meantThen.effects[table]), found: countsOf(came.effects[table]) }
    const isToldWhole = areAlike && found.spreads === null && came.moreChanges === 0
    return hidden.length > 0 && isToldWhole
      ? [{ statement, table, ...counts, missing: [], unexpected: [], otherwise: [], hidden }]
      : []
  })
}

function callsAny(
  text: string,
  part: Partial<Pick<StatementReport, 'from' | 'to'>> | undefined,
  names: readonly string[] = [],
) {
  const statement = text.slice(part?.from ?? 0, part?.to ?? 0).toLowerCase()
  return names.some((name) => statement.includes(name.toLowerCase()))
}

function between(
  { statement, table, approved, found, isNeverTheSame }: Step & { table: string },
  side: Side,
  areAlike: boolean,
): Drift[] {
  const counts = { approved: countsOf(approved.effects[table]), found: countsOf(found.effects[table]) }
  const isOfOthers = JSON.stringify(counts.approved) !== JSON.stringify(counts.found)
  // Of some of the rows nobody knows which the others are.
  const areTold = approved.moreChanges + found.moreChanges === 0
  const rows =
    areTold && !(isNeverTheSame && side !== first)
      ? paired(apart(of(table, approved.changes), of(table, found.changes), isOfOthers ? undefined : side))
      : none
  const isSame = !isOfOthers && rows.missing.length + rows.unexpected.length + rows.otherwise.length === 0
  if (isSame) return []
  // Of one that is masked whole no row is like the other's.
  return [{ statement, table, ...counts, ...(areAlike ? rows : none), hidden: [] }]
}

const none = { missing: [], unexpected: [], otherwise: [] }
const nothing: Part = { effects: {}, changes: [], moreChanges: 0 }

const of = (table: string, changes: readonly Change[]) => changes.filter((one) => one.table === table)

const countsOf = (effect: Effect | undefined): FleetDrift['approved'] =>
  effect ? { inserted: effect.inserted, updated: effect.updated, deleted: effect.deleted } : null

type Side = (row: Change) => string

/** What a row held before is never made anew. */
const first: Side = ({ before }) => JSON.stringify(before)
/** What it holds after may be, an id or an instant for one: they count where nothing else does, in any statement. */
const sides: readonly Side[] = [
  first,
  ({ before, after }) => JSON.stringify([before, after]).replaceAll(madeAnew, '""'),
  ({ before, after }) => JSON.stringify([before, after]),
]
const madeAnew =
  /"(?:[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}[^"]*)"/gi

/** @param side by which they are told apart; none: the first by which they can be */
function apart(approved: readonly Change[], found: readonly Change[], side: Side | undefined) {
  for (const one of side ? [side] : sides) {
    const missing = without(approved, found, one)
    const unexpected = without(found, approved, one)
    if (missing.length + unexpected.length > 0) return { missing, unexpected }
  }
  return { missing: [], unexpected: [] }
}

/** Two of the same key are one row, in which a value differs. */
function paired({ missing, unexpected }: { missing: Change[]; unexpected: Change[] }) {
  const otherwise: Change[] = []
  const matched = new Set<Change>()
  for (const one of missing) {
    const id = idOf(one)
    const others = unexpected.filter((other) => id !== undefined && idOf(other) === id)
    const [other] = others
    const isAlone = missing.filter((each) => idOf(each) === id).length === 1
    if (!other || others.length !== 1 || !isAlone) continue
    matched.add(one).add(other)
    otherwise.push(valuesOf(one, other))
  }
  return {
    missing: missing.filter((one) => !matched.has(one)),
    unexpected: unexpected.filter((one) => !matched.has(one)),
    otherwise,
  }
}

/** What a row is known by; one that is masked is no key. */
function idOf({ before, after, masked }: Change): string | undefined {
  const id = (before ?? after)?.['id']
  return id === undefined || id === null || masked['id'] ? undefined : JSON.stringify(id)
}

/** What the row held before tells it best: what it holds after follows from that. */
function valuesOf(approved: Change, found: Change): Change {
  const isBefore = approved.before && found.before && first(approved) !== first(found)
  const [then, now] = isBefore ? [approved.before, found.before] : [approved.after, found.after]
  if (!then || !now) return { ...approved, after: found.after }
  const changed = Object.keys({ ...then, ...now }).filter(
    (column) => JSON.stringify(then[column]) !== JSON.stringify(now[column]),
  )
  return { ...approved, before: then, after: now, changed }
}

/** Of equal ones, as many are left as there are more of them. */
function without(
  rows: readonly Change[],
  others: readonly Change[],
  side: (row: Change) => string,
): Change[] {
  const there = new Map<string, number>()
  for (const other of others) there.set(side(other), (there.get(side(other)) ?? 0) + 1)
  return rows.filter((row) => {
    const left = there.get(side(row)) ?? 0
    there.set(side(row), left - 1)
    return left <= 0
  })
}
