/** What binds an execution to a simulation: the same text on the same database, of the same schema, doing the same. */
import type { Effects, TargetId } from '#contract/sql-console'
import type { Simulation } from '../simulating/simulation.ts'
import type { Keeping, Typed } from './keeping.ts'

export const goodForMs = 10 * 60_000

export const digestOf = (keeping: Keeping, target: TargetId, { text, parameters }: Typed): Buffer =>
  keeping.digest([target, text, parameters])

/** Values are in it: by our key, so that nobody finds out by trying which. */
export const receiptOf = (
  keeping: Keeping,
  digest: Uint8Array,
  schemaVersion: number | null,
  done: Pick<Simulation, 'statements' | 'atCommit'>,
): Buffer => keeping.digest([Buffer.from(digest).toString('hex'), schemaVersion, effectsInTurn(done)])

/** Of each statement, and of what waited for the end, by table: counts, which rows, and what they held and hold, where that is known. */
export function effectsInTurn({ statements, atCommit }: Pick<Simulation, 'statements' | 'atCommit'>) {
  return [...statements, atCommit].map(({ effects, values }) =>
    Object.entries(effects)
      .map(([table, effect]) => {
        // How many are held to nothing is no effect.
        const { uncompared: _free, ...held } = values?.[table] ?? {}
        return [table, { ...effect, ...held }] as const
      })
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  )
}

/** All statements together. */
export function summed(all: readonly Effects[]): Effects {
  const sum: Effects = {}
  for (const effects of all)
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

export const changesSomething = (effects: Effects): boolean =>
  Object.values(effects).some(
    ({ inserted, updated, deleted, truncated, dropped }) =>
      inserted + updated + deleted > 0 || truncated || dropped,
  )
