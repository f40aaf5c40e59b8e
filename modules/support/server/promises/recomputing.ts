/**
 * Open tickets are worked out anew after a policy or a calendar begins to hold. In batches, each a transaction of its own:
 * an agent waits for one of them at most, and is never the one who gives way. Begun again after a crash it does everything
 * again, which changes nothing.
 */
import type { CentralDb } from '#platform/server/db.ts'
import type { BackgroundWork } from '#platform/server/jobs.ts'
import { tell } from '#platform/server/news.ts'
import type { Parts } from '../parts.ts'
import { recompute } from '../tickets/happening.ts'
import { agreementAt } from './agreements.ts'
import { givingWay } from './giving-way.ts'
import { markApplied } from './queries.ts'
import { holdOpenTickets, openTicketCount, openTicketsAfter } from './ticket-queries.ts'

export const recomputeKind = 'sla-recompute'
/** A few dozen milliseconds: longer no agent waits for a ticket of theirs. */
const atOnce = 250

export const recomputing = ({ clock }: Pick<Parts, 'clock'>): BackgroundWork => ({
  kind: recomputeKind,
  outlives: true,
  run: async ({ db, progress }) => ({ tickets: await recomputeOpen(db, clock, progress) }),
})

/** While one batch is written down, the next is worked out. */
const lanes = 2

/** @returns how many tickets there were */
export async function recomputeOpen(
  db: CentralDb,
  clock: Parts['clock'],
  progress: (done: number, total: number) => void = () => {},
): Promise<number> {
  const begun = clock.now()
  const total = await openTicketCount(db)
  const next = inTurn(db)
  let done = 0
  const lane = async () => {
    for (let ids = await next(); ids.length > 0; ids = await next()) {
      await givingWay(db, (transaction) => oneBatch(transaction, clock, ids))
      done += ids.length
      progress(done, Math.max(total, done))
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  await markApplied(db, begun)
  await tell(db, { topic: 'tickets', needs: 'tickets.read' })
  return done
}

/** Each batch begins after the one before, whichever lane takes it; after the last there is nothing. */
function inTurn(db: CentralDb): () => Promise<string[]> {
  let after: string | null = null
  let turn: Promise<string[]> = Promise.resolve([])
  return () =>
    (turn = turn.then(async () => {
      const ids = await openTicketsAfter(db, after, atOnce)
      after = ids.at(-1) ?? after
      return ids
    }))
}

/**
 * What is agreed is read after the tickets are held: whoever changed one before read no later version. One that was resolved
 * meanwhile was worked out by whoever resolved it.
 */
async function oneBatch(db: CentralDb, clock: Parts['clock'], chosen: readonly string[]): Promise<void> {
  const ids = await holdOpenTickets(db, chosen)
  if (ids.length > 0) await recompute(db, await agreementAt(db), clock.now(), ids)
}
