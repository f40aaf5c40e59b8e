/** In what an execution would have done otherwise than was approved, from what is told of both. */
import type { Change, Effect, FleetDrift, Report } from '#contract/sql-console'

export type Drift = FleetDrift & {
  /** Of the rows that are told, those that only one side has. */
  missing: Change[]
  unexpected: Change[]
}

type Part = Report['atCommit']

/** @param found of which the failure names the tables: what is made anew each time tells the others apart as well */
export function driftBetween(approved: Report, found: Report): Drift[] {
  const named = new Set(found.failure?.message.split(', '))
  const count = Math.max(approved.statements.length, found.statements.length)
  const steps = Array.from({ length: count }, (_, statement) =>
    between(statement, approved.statements[statement], found.statements[statement]),
  )
  const all = [...steps.flat(), ...between(null, approved.atCommit, found.atCommit)]
  const meant = all.filter(({ table }) => named.has(table))
  const areAlike = approved.spreads === found.spreads
  // Of one that is masked whole no row is like the other's.
  return (meant.length ? meant : all).map((one) => (areAlike ? one : { ...one, missing: [], unexpected: [] }))
}

function between(statement: number | null, approved: Part = nothing, found: Part = nothing): Drift[] {
  const tables = [...new Set([...Object.keys(approved.effects), ...Object.keys(found.effects)])]
  return tables.flatMap((table) => {
    const counts = { approved: countsOf(approved.effects[table]), found: countsOf(found.effects[table]) }
    // Of some of the rows nobody knows which the others are.
    const areAll = approved.moreChanges + found.moreChanges === 0
    const rows = areAll
      ? rowsApart(of(table, approved.changes), of(table, found.changes))
      : { missing: [], unexpected: [] }
    const isSame =
      JSON.stringify(counts.approved) === JSON.stringify(counts.found) &&
      rows.missing.length + rows.unexpected.length === 0
    return isSame ? [] : [{ statement, table, ...counts, ...rows }]
  })
}

const nothing: Part = { effects: {}, changes: [], moreChanges: 0 }

const of = (table: string, changes: readonly Change[]) => changes.filter((one) => one.table === table)

const countsOf = (effect: Effect | undefined): FleetDrift['approved'] =>
  effect ? { inserted: effect.inserted, updated: effect.updated, deleted: effect.deleted } : null

/** What a row held before is never made anew; what it holds after may be, an instant for one: it counts where nothing else does. */
const sides = [
  ({ before }: Change) => JSON.stringify(before),
  ({ before, after }: Change) => JSON.stringify([before, after]),
]

function rowsApart(approved: readonly Change[], found: readonly Change[]) {
  for (const side of sides) {
    const missing = without(approved, found, side)
    const unexpected = without(found, approved, side)
    if (missing.length + unexpected.length > 0) return { missing, unexpected }
  }
  return { missing: [], unexpected: [] }
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
