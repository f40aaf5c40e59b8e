/** Every minute the latest checkpoint goes to each witness that has not got it. None waits for another. */
import type { Clock } from '#platform/server/clock.ts'
import type { CentralDb } from '#platform/server/db.ts'
import type { Logger } from '#platform/server/log.ts'
import { tell } from '#platform/server/news.ts'
import { forgetTrouble, insertCosignature, newestCheckpoint, noteTrouble, standingOf } from './queries.ts'
import { isDue, readTrouble, written } from './troubles.ts'
import { WitnessTrouble, type Handed, type Receipt, type Witness } from './witness.ts'

export type Rounds = {
  db: CentralDb
  clock: Clock
  log: Logger
  witnesses: readonly Witness[]
  /** What a witness holds and what our log says cannot both be true: people must hear of it. */
  alarm(witness: string, detail: string): Promise<void>
}

/** Longer than all requests of one visit may take together: what a dead network folder takes, nobody knows. */
const visitMs = 45_000

/** @returns what does one round */
export function openRounds({ db, clock, log, witnesses, alarm }: Rounds): () => Promise<void> {
  // Who has not come back from the last visit is not visited again: its threads would be gone one by one.
  const visited = new Set<string>()

  async function visit(witness: Witness, checkpoint: Handed, last: number): Promise<void> {
    visited.add(witness.name)
    const handing = witness.hand(checkpoint, last).finally(() => visited.delete(witness.name))
    try {
      await keep(witness, checkpoint, await within(visitMs, handing))
    } catch (error) {
      await trouble(witness, error)
    }
  }

  async function keep({ name, kind }: Witness, { size }: Handed, receipt: Receipt): Promise<void> {
    await db.transaction().execute(async (tx) => {
      const { line = null, keptAt = null } = receipt
      await insertCosignature(tx, { size, witness: name, kind, line, keptAt, at: clock.now() })
      await forgetTrouble(tx, name)
      await tell(tx, { topic: 'audit', needs: 'audit.read' })
    })
  }

  async function trouble({ name }: Witness, error: unknown): Promise<void> {
    const why = error instanceof WitnessTrouble ? error : unforeseen(error)
    const before = await noteTrouble(db, { witness: name, error: written(why), at: clock.now() })
    await tell(db, { topic: 'audit', needs: 'audit.read' })
    const about = { witness: name, code: why.code, detail: why.detail }
    if (why.code !== 'contradiction') return log.warn(about, 'a witness of the audit log was not reached')
    log.error(about, 'a witness contradicts the audit log')
    // Once, not at every try.
    if (before === undefined || readTrouble(before).code !== 'contradiction') await alarm(name, why.detail)
  }

  return async () => {
    const checkpoint = await newestCheckpoint(db)
    if (!checkpoint) return
    const standing = await standingOf(
      db,
      witnesses.map(({ name }) => name),
    )
    await Promise.all(
      witnesses.map(async (witness) => {
        const { last, trouble: had } = standing.get(witness.name) ?? {}
        const holds = last?.size ?? 0
        if (holds >= checkpoint.size || visited.has(witness.name)) return
        if (had && !isDue(had, clock.now())) return
        await visit(witness, checkpoint, holds)
      }),
    )
  }
}

async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  let late: NodeJS.Timeout | undefined
  const tooLate = new Promise<never>((_, reject) => {
    const error = new WitnessTrouble('timed_out', `not done within ${milliseconds / 1000} s`)
    late = setTimeout(reject, milliseconds, error)
  })
  try {
    return await Promise.race([work, tooLate])
  } finally {
    clearTimeout(late)
  }
}

/** A defect of ours, or a tile that is missing: by its name, since nobody knows what its sentence holds. */
const unforeseen = (error: unknown) =>
  new WitnessTrouble('failed', error instanceof Error ? error.name : 'unknown')
