/** What a simulation comes to, in one sentence: « 3 lignes seraient modifiées dans clients, 1 supprimée dans notes ». */
import type { Effect, Effects } from '#contract/sql-console'

/** How it is said: of what would be, or of what was done. */
type Deed = 'inserted' | 'updated' | 'deleted'
export type Told =
  | { what: Deed; table: string; count: number }
  | { what: 'truncated' | 'dropped' | 'rewritten'; table: string; count: number | null }
  | { what: 'lost'; table: string; column: string; count: number | null }

/** Of each statement, and of what waited for the end. */
type Done = { statements: readonly { effects: Effects }[]; atCommit: { effects: Effects } }

/** What weighs most comes first. */
const order: readonly Told['what'][] = [
  'dropped',
  'truncated',
  'lost',
  'deleted',
  'updated',
  'inserted',
  'rewritten',
]

export function toldOf(effects: Effects): Told[] {
  return Object.entries(effects)
    .flatMap(([table, effect]) => ofTable(table, effect))
    .toSorted(
      (a, b) =>
        order.indexOf(a.what) - order.indexOf(b.what) ||
        (b.count ?? 0) - (a.count ?? 0) ||
        (a.table < b.table ? -1 : 1),
    )
}

function ofTable(
  table: string,
  { dropped, truncated, rowsGone, lost = [], rewritten, ...rows }: Effect,
): Told[] {
  if (dropped) return [{ what: 'dropped', table, count: rowsGone }]
  const counted: Told[] = (['deleted', 'updated', 'inserted'] as const).flatMap((what) =>
    rows[what] > 0 ? [{ what, table, count: rows[what] }] : [],
  )
  for (const { column, values } of lost) counted.push({ what: 'lost', table, column, count: values })
  if (rewritten) counted.push({ what: 'rewritten', table, count: rewritten.rows })
  return truncated ? [{ what: 'truncated', table, count: rowsGone }, ...counted] : counted
}

export const changesSomething = (effects: Effects): boolean => toldOf(effects).length > 0

/** Those of each statement, and of what waited for the end, by table: as the whole would leave them. */
export function effectsOf({ statements, atCommit }: Done): Effects {
  const sum: Record<string, Effect> = {}
  for (const effects of [...statements.map((one) => one.effects), atCommit.effects])
    for (const [table, one] of Object.entries(effects)) {
      const so = sum[table]
      sum[table] = so
        ? {
            inserted: so.inserted + one.inserted,
            updated: so.updated + one.updated,
            deleted: so.deleted + one.deleted,
            truncated: so.truncated || one.truncated,
            dropped: so.dropped || one.dropped,
            rowsGone: one.rowsGone ?? so.rowsGone,
            ...((so.lost ?? one.lost) && { lost: [...(so.lost ?? []), ...(one.lost ?? [])] }),
            ...((one.rewritten ?? so.rewritten) && { rewritten: one.rewritten ?? so.rewritten }),
            inexact: so.inexact ?? one.inexact,
          }
        : one
    }
  return sum
}

/** Where the text does not name a table that changes: a cascade, a trigger, or what waits for the end. */
export function whereFrom(table: string, text: string, report: Done) {
  const atEnd = table in report.atCommit.effects && !report.statements.some(({ effects }) => table in effects)
  if (atEnd) return 'at-commit' as const
  const names: readonly string[] = text.toLowerCase().match(/[\p{L}_][\p{L}\d_$]*/gu) ?? []
  return names.includes(table.toLowerCase()) ? ('named' as const) : ('besides' as const)
}
