/** Outcomes of many practices, written and told together, and heard at the same time: whether somebody cancelled. */
import type { Clock } from '#platform/server/clock.ts'
import type { CentralDb } from '#platform/server/db.ts'
import { tell } from '#platform/server/news.ts'
import { fleetState, writeOutcomes, type Outcome } from './queries.ts'

/** Who cancels does not wait for a second. */
const everyMs = 300

export const fleetNews = (id: string) => ({ topic: 'sql', needs: 'sql.read', id }) as const

export function openBook({ db, clock }: { db: CentralDb; clock: Clock }, id: string, cancelled: () => void) {
  let noted: Outcome[] = []
  let writing: Promise<void> = Promise.resolve()

  async function write(): Promise<void> {
    const outcomes = noted
    noted = []
    if (outcomes.length)
      await db.transaction().execute(async (transaction: CentralDb) => {
        await writeOutcomes(transaction, id, outcomes, clock.now())
        await tell(transaction, fleetNews(id))
      })
    if ((await fleetState(db, id)) !== 'running') cancelled()
  }
  const next = () => {
    writing = writing.then(write)
    // Whoever closes the book learns of it.
    writing.catch(() => {})
  }
  const timer = setInterval(next, everyMs)

  return {
    note: (outcome: Outcome) => void noted.push(outcome),
    /** @throws what kept it from being written */
    close(): Promise<void> {
      clearInterval(timer)
      next()
      return writing
    },
  }
}
