/**
 * Open tickets are worked out anew after a policy or a calendar begins to hold. In batches, each a transaction of its own:
 * an agent waits for one of them at most. Begun again after a crash it does everything again, which changes nothing.
 */
import type { CentralDb } from '#platform/server/db.ts'
import type { BackgroundWork } from '#platform/server/jobs.ts'
import { tell } from '#platform/server/news.ts'
import type { Parts } from '../parts.ts'
import { recompute } from '../tickets/happening.ts'
import { agreementAt } from './agreements.ts'
import { markApplied } from './queries.ts'
import { holdOpenTickets, openTicketCount } from './ticket-queries.ts'

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
  const next = inTurn()
  let done = 0
  const lane = async () => {
    for (let more = true; more;) {
      const ids = await db.transaction().execute((transaction) => oneBatch(transaction, clock, next))
      done += ids.length
      progress(done, Math.max(total, done))
      more = ids.length === atOnce
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  await markApplied(db, begun)
  await tell(db, { topic: 'tickets', needs: 'tickets.read' })
  return done
}

type Next = (db: CentralDb) => Promise<string[]>

/** Each batch begins after the one before, whichever lane takes it; after the last there is nothing. */
function inTurn(): Next {
  let after: string | null = null
  let turn: Promise<string[]> = Promise.resolve([])
  let isOver = false
  return (db) =>
    (turn = turn.then(async () => {
      if (isOver) return []
      const ids = await holdOpenTickets(db, after, atOnce)
      after = ids.at(-1) ?? after
      isOver = ids.length < atOnce
      return ids
    }))
}

/** What is agreed is read after the tickets are held: whoever changed one before read no later version. */
async function oneBatch(db: CentralDb, clock: Parts['clock'], next: Next): Promise<string[]> {
  const ids = await next(db)
  if (ids.length > 0) await recompute(db, await agreementAt(db), clock.now(), ids)
  return ids
}
