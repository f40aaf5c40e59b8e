import type { Clock } from '#platform/server/clock.ts'
import type { CentralDb } from '#platform/server/db.ts'
import { uuidv7 } from '#platform/server/ids.ts'
import type { Whisper } from '#platform/server/news.ts'
import type { Vault } from '#platform/server/vault.ts'
import { readLeaf } from '../leaf.ts'
import { tryPayload } from '../payloads.ts'
import type { Writing } from '../writing.ts'
import type { Change } from './outbox.ts'
import { claimOutcome, outcomeOf, type Outcome } from './queries.ts'

/** What came of it, with what stood before and after where it was done, and the news of it for other screens. */
export type Told = Change & { outcome: Outcome; news?: readonly Whisper[] }

/** What came of it: what was told, or, where it is not new, what somebody had told before. */
export type Settled = { outcome: Outcome; isNew: boolean }

/** In the caller's transaction, or in one of its own. */
export type Settle = (db: CentralDb, operation: string, told: Told) => Promise<Settled>

/**
 * Writes the outcome's entry, once: it repeats the intent and says what came of it. The first to tell is right; whoever
 * comes later learns what was told. The database holds it too (audit_entries_one_outcome).
 */
export const settling =
  ({ vault, clock, writing }: { vault: Vault; clock: Clock; writing: Pick<Writing, 'write'> }): Settle =>
  async (db, operation, { outcome, before, after, news }) => {
    const tell = async (transaction: CentralDb): Promise<Settled> => {
      const entryId = uuidv7(clock.now().getTime())
      const intent = await claimOutcome(transaction, operation, { outcome, entryId })
      if (!intent) {
        const known = await outcomeOf(transaction, operation)
        if (!known) throw new Error(`nobody intended operation ${operation}`)
        return { outcome: known, isNew: false }
      }
      const { v: _v, id: _id, time: _time, commitment: _commitment, ...said } = readLeaf(intent.leaf)
      // Erased meanwhile, spoilt, or there was none: the outcome then tells no address either.
      const { ip, userAgent, requestId } = tryPayload(vault, intent).payload ?? {}
      const origin = { ip, userAgent, id: requestId }
      await writing.write(transaction, { ...said, result: outcome, before, after, origin }, entryId, news)
      return { outcome, isNew: true }
    }
    return db.isTransaction ? tell(db) : db.transaction().execute(tell)
  }
