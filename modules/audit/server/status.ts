/** How the log stands. It is looked at, never waited for: where the sequencer or a witness is away, business goes on. */
import { auditLagLimitSeconds, getAuditStatus, type AuditWitness } from '#contract/audit'
import type { CentralDb, Tables } from '#platform/server/db.ts'
import type { Measure } from '#platform/server/metrics.ts'
import { handle, type Handler } from '#platform/server/requests.ts'
import { currentKey, numberedCount, waitingEntries } from './status-queries.ts'
import { latestVerifications } from './verification-queries.ts'
import type { Place } from './witnessing/places.ts'
import { newestCheckpoint, standingOf } from './witnessing/queries.ts'
import { readTrouble } from './witnessing/troubles.ts'

export const standing = (places: readonly Place[]): Handler =>
  handle(getAuditStatus, async (ctx) => {
    const [key, checkpoint, numbered, waiting, witnesses, [lastVerification]] = await Promise.all([
      currentKey(ctx.db),
      newestCheckpoint(ctx.db),
      numberedCount(ctx.db),
      waitingEntries(ctx.db),
      witnessesOf(ctx.db, places),
      latestVerifications(ctx.db, { limit: 1 }),
    ])
    return {
      origin: key?.origin ?? null,
      vkey: key?.vkey ?? null,
      checkpoint: checkpoint
        ? {
            size: checkpoint.size,
            root: checkpoint.root.toString('base64'),
            signedAt: checkpoint.signedAt.toISOString(),
            note: checkpoint.note,
          }
        : null,
      numbered,
      waiting: { ...waiting, oldestAt: waiting.oldestAt?.toISOString() ?? null },
      late: waiting.lagSeconds > auditLagLimitSeconds,
      witnesses,
      lastVerification: lastVerification ?? null,
    }
  })

async function witnessesOf(
  db: Tables<'auditCheckpoints' | 'auditCosignatures' | 'auditWitnessTroubles'>,
  places: readonly Place[],
): Promise<AuditWitness[]> {
  const known = await standingOf(
    db,
    places.map(({ name }) => name),
  )
  return places.map(({ name, kind }) => {
    const { last, trouble } = known.get(name) ?? {}
    return {
      name,
      kind,
      last: last
        ? { size: last.size, at: last.at.toISOString(), line: last.line, keptAt: last.keptAt }
        : null,
      trouble: trouble
        ? {
            ...readTrouble(trouble.error),
            since: trouble.since.toISOString(),
            lastAt: trouble.lastAt.toISOString(),
            tries: trouble.tries,
          }
        : null,
    }
  })
}

/** What the clock of an operator rings for. */
export const logMeasures = (db: CentralDb): Measure[] => [
  {
    name: 'audit_entries_waiting',
    help: 'Entries of the audit log that have no number yet',
    read: async () => (await waitingEntries(db)).count,
  },
  {
    name: 'audit_lag_seconds',
    help: 'For how long the oldest of them has waited',
    read: async () => (await waitingEntries(db)).lagSeconds,
  },
  {
    name: 'audit_checkpoint_size',
    help: 'Entries under the latest signed checkpoint of the audit log',
    read: async () => (await newestCheckpoint(db))?.size ?? 0,
  },
]
