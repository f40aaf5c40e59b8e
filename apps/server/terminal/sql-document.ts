/** What a simulation told, as one JSON document for scripts: every call has one, whatever was typed. */
import type { Change, Effects, Report, TargetId } from '#contract/sql-console'
import type { TerminalSimulation } from '#server/sql-console'

export type NamedTarget = { id: TargetId; name: string; database: string | null }

export type SqlDocument = ReturnType<typeof documentOf>

/** @param text as it was typed: places in it are told by line and column too */
export function documentOf(
  { status, reason, message, details, problems, report, schemaVersion, rolledBack }: TerminalSimulation,
  { target, text, took }: { target: NamedTarget | null; text: string; took: number },
) {
  const at = report?.failure?.at
  return {
    status,
    reason,
    message: message || null,
    details,
    target: target && {
      id: target.id,
      kind: target.id === 'central' ? 'central' : 'tenant',
      name: target.name,
      database: target.database,
      schema_version: schemaVersion,
    },
    /** Each reason why it was refused, at its place. */
    problems: problems.map(({ reason: why, name, message: said, from, to }) => ({
      reason: why,
      name,
      message: said || null,
      from,
      to,
      ...lineAt(text, from),
      text: text.slice(from, Math.min(to, from + 200)),
    })),
    failure: report?.failure
      ? {
          ...report.failure,
          ...(at === null || at === undefined ? { line: null, column: null } : lineAt(text, at)),
        }
      : null,
    statements: (report?.statements ?? []).map((one) => ({
      command: one.command,
      from: one.from,
      to: one.to,
      columns: one.columns,
      rows: one.rows,
      row_count: one.rowCount,
      /** Why not all of them are in `rows`: too many (`rows`), or too long (`bytes`). */
      cut: one.cut ?? null,
      effects: effectsOf(one.effects),
      takes_effect: one.takesEffect ?? false,
      changes: one.changes.map(changeOf),
      more_changes: one.moreChanges,
      plan: one.plan,
      buffers: one.buffers,
      took_ms: rounded(one.took),
    })),
    /** False: a script is one transaction, and as one of its statements failed nothing of any would be done. */
    takes_effect: report?.takesEffect ?? false,
    /** What waited for the end and was made to speak. */
    at_commit: report
      ? {
          effects: effectsOf(report.atCommit.effects),
          changes: report.atCommit.changes.map(changeOf),
          more_changes: report.atCommit.moreChanges,
        }
      : null,
    locks: report?.locks ?? [],
    schema_changes: report?.schemaChanges ?? [],
    /** What a rollback does not give back. */
    residue: residueOf(report),
    /** Asked of another connection afterwards; null where nothing ran. */
    proof: report?.proof ?? null,
    /** Masked values are written where others stand. */
    spreads: report?.spreads ?? null,
    rolled_back: rolledBack,
    took_ms: rounded(took),
  }
}

const effectsOf = (effects: Effects) =>
  Object.fromEntries(
    Object.entries(effects).map(([table, { rowsGone, lost, rewritten, ...counts }]) => [
      table,
      { ...counts, rows_gone: rowsGone, columns_lost: lost ?? [], rewritten: rewritten ?? null },
    ]),
  )

const changeOf = ({ table, before, after, changed, masked, cut }: Change) => ({
  table,
  before,
  after,
  changed,
  masked,
  cut,
})

const residueOf = (report: Report | null) => ({
  sequences: report?.residue.sequences ?? [],
  dead_rows: report?.residue.deadRows ?? 0,
})

const rounded = (milliseconds: number) => Math.round(milliseconds * 10) / 10

/** Both from 1, a column in UTF-16 units. */
export function lineAt(text: string, at: number): { line: number; column: number } {
  const before = text.slice(0, at)
  const lines = before.split('\n')
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 }
}
