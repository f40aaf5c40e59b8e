/** The engine's findings, masked, as they are shown and kept. */
import type { Change, Effects, Failure, Report } from '#contract/sql-console'
import type { MaskedChange, MaskedSimulation } from '../masking/masking.ts'
import type { Simulation, Values } from '../simulating/simulation.ts'
import { unrepeatable } from '../statements/drawing.ts'
import type { Statement } from '../statements/reading.ts'
import { typeName } from './type-names.ts'

/** What waited for the end changed values too. */
type Told = MaskedSimulation & { atCommit: { values?: Values | undefined } }

export function reportOf(
  { failure, statements, atCommit, locks, schemaChanges, residue, proof, spreads }: Told,
  read: readonly Pick<Statement, 'place' | 'called'>[],
): Report {
  const takesEffect = !failure
  return {
    failure: failure ? failureShown(failure) : null,
    takesEffect,
    statements: statements.map((one, index) => ({
      ...(read[index]?.place ?? { from: 0, to: 0 }),
      command: one.command,
      columns: one.columns.map(({ name, type, masked }) => ({ name, type: typeName(type), masked })),
      rows: one.rows.map((row) => row.map((value) => (value === null ? null : String(value)))),
      rowCount: one.rowCount,
      ...(one.tells && { tells: one.tells }),
      cut: one.cut ?? null,
      effects: effectsShown(one.effects),
      takesEffect,
      changes: one.changes.map(changeShown),
      moreChanges: one.moreChanges,
      plan: one.plan,
      buffers: one.buffers,
      took: one.took,
    })),
    atCommit: {
      effects: effectsShown(atCommit.effects),
      changes: atCommit.changes.map(changeShown),
      moreChanges: atCommit.moreChanges,
    },
    locks,
    schemaChanges,
    residue,
    proof: proof.xid === '' ? null : proof,
    spreads,
    unrepeatable: unrepeatable(read.flatMap(({ called }) => called)),
    uncompared: uncomparedIn([...statements, atCommit]),
  }
}

const uncomparedIn = (parts: readonly { values?: Values | undefined }[]): number =>
  parts
    .flatMap(({ values = {} }) => Object.values(values))
    .reduce((sum, { uncompared = 0 }) => sum + uncompared, 0)

/** It ran to its end and is not to be all the same. */
export const failedWith = (report: Report, failure: Failure): Report => ({
  ...report,
  failure,
  takesEffect: false,
  statements: report.statements.map((one) => ({ ...one, takesEffect: false })),
})

export const failureShown = ({
  statement,
  code,
  message,
  detail,
  hint,
  at,
}: NonNullable<Simulation['failure']>): Failure => ({
  statement,
  code,
  message,
  detail: detail ?? null,
  hint: hint ?? null,
  at: at ?? null,
})

const effectsShown = (effects: Simulation['atCommit']['effects']): Effects =>
  Object.fromEntries(
    Object.entries(effects).map(
      ([table, { inserted, updated, deleted, truncated, dropped, rowsGone, lost, rewritten, inexact }]) => [
        table,
        {
          inserted,
          updated,
          deleted,
          truncated,
          dropped,
          rowsGone: rowsGone ?? null,
          ...(lost && { lost: lost.map(({ column, values }) => ({ column, values: values ?? null })) }),
          ...(rewritten && { rewritten: { rows: rewritten.rows ?? null, bytes: rewritten.bytes } }),
          inexact: inexact ?? null,
        },
      ],
    ),
  )

const changeShown = ({ table, before, after, changed, masked, cut }: MaskedChange): Change => ({
  table,
  before,
  after,
  changed,
  masked,
  cut: cut ?? [],
})
