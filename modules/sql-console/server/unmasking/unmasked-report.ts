/** What goes out once instead of what is kept: the same report with some classes open, each told as such. */
import type { Change, Report, Unmasked } from '#contract/sql-console'

/**
 * @param kept masked whole
 * @param bare with the classes of a window open
 * @returns with what is open in it marked; that something spreads stays said, since it is never executed
 */
export function showingMore(kept: Report, bare: Report): Report {
  return {
    ...bare,
    spreads: kept.spreads,
    statements: bare.statements.map((statement, at) => ({
      ...statement,
      columns: statement.columns.map((column, place) => {
        const as = opened(kept.statements[at]?.columns[place]?.masked, column.masked)
        return as ? { ...column, unmasked: as } : column
      }),
      changes: changesShown(kept.statements[at]?.changes, statement.changes),
    })),
    atCommit: { ...bare.atCommit, changes: changesShown(kept.atCommit.changes, bare.atCommit.changes) },
  }
}

const changesShown = (kept: Change[] | undefined, bare: Change[]): Change[] =>
  bare.map((change, place) => {
    const unmasked = Object.entries(kept?.[place]?.masked ?? {}).flatMap(([column, is]) => {
      const as = opened(is, change.masked[column] ?? null)
      return as ? [[column, as] as const] : []
    })
    return { ...change, unmasked: Object.fromEntries(unmasked) }
  })

const opened = (kept: string | null | undefined, bare: string | null): Unmasked | undefined =>
  bare === null && (kept === 'identity' || kept === 'financial') ? kept : undefined
