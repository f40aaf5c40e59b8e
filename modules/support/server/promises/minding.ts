/** What becomes true by time alone: a version begins, a due date comes near or passes. Looked at every minute. */
import type { CentralDb } from '#platform/server/db.ts'
import type { Schedule } from '#platform/server/jobs.ts'
import { tell } from '#platform/server/news.ts'
import type { Parts } from '../parts.ts'
import { alert } from './alerting.ts'
import { escalate } from './escalating.ts'
import { versionsToApply } from './queries.ts'
import { recomputeOpen } from './recomputing.ts'
import { markBreached } from './ticket-queries.ts'

type On = Pick<Parts, 'clock' | 'mail' | 'backofficeUrl' | 'audit' | 'log'>

export const minding = (on: On): Schedule => ({
  name: 'support-promises',
  cron: '* * * * *',
  run: (db) => mindPromises(db, on),
})

export async function mindPromises(db: CentralDb, on: On): Promise<void> {
  const { clock } = on
  if ((await versionsToApply(db, clock.now())).length > 0) await recomputeOpen(db, clock)
  await db.transaction().execute(async (transaction: CentralDb) => {
    const late = await markBreached(transaction, clock.now())
    if (late.length > 0) await tell(transaction, { topic: 'tickets', needs: 'tickets.read' })
  })
  // First what is done about it, then who is told: whoever was given the ticket by it is told too.
  await escalate(db, on)
  await db.transaction().execute((transaction: CentralDb) => alert(transaction, on))
}
