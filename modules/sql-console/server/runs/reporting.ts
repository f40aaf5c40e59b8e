/** The engine's findings as they are shown and kept. */
import type { Change, Effects, Report } from '#contract/sql-console'
import type { Simulation } from '../simulating/simulation.ts'
import type { Statement } from '../statements/reading.ts'
import { typeName } from './type-names.ts'

export function reportOf(
  simulation: Simulation,
  statements: readonly Pick<Statement, 'place'>[],
): { report: Report; status: 'simulated' | 'failed' } {
  const { failure, atCommit, locks, residue, proof } = simulation
  return {
    status: simulation.status,
    report: {
      failure: failure
        ? {
            statement: failure.statement,
            code: failure.code,
            message: failure.message,
            detail: failure.detail ?? null,
            hint: failure.hint ?? null,
            at: failure.at ?? null,
          }
        : null,
      statements: simulation.statements.map((one, index) => ({
        ...(statements[index]?.place ?? { from: 0, to: 0 }),
        command: one.command,
        columns: one.columns.map(({ name, type }) => ({ name, type: typeName(type), masked: null })),
        rows: one.rows.map((row) => row.map((value) => (value === null ? null : String(value)))),
        rowCount: one.rowCount,
        effects: effectsShown(one.effects),
        changes: one.changes.map(changeShown),
        moreChanges: one.moreChanges,
        plan: null,
        took: one.took,
      })),
      atCommit: {
        effects: effectsShown(atCommit.effects),
        changes: atCommit.changes.map(changeShown),
        moreChanges: atCommit.moreChanges,
      },
      locks,
      schemaChanges: [],
      residue,
      proof,
    },
  }
}

export const effectsShown = (effects: Simulation['atCommit']['effects']): Effects =>
  Object.fromEntries(
    Object.entries(effects).map(([table, { exact, rowsGone, ...counts }]) => [
      table,
      { ...counts, rowsGone: rowsGone ?? null, inexact: exact ? null : 'counted' },
    ]),
  )

const changeShown = ({ table, before, after }: Simulation['atCommit']['changes'][number]): Change => ({
  table,
  before,
  after,
  changed:
    before && after
      ? Object.keys(after).filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
      : [],
})
