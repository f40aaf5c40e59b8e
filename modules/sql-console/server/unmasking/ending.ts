/** Each minute, and before another is opened: what is over by the clock, or with its session or the right to it, ends. */
import type { UnmaskingEnd } from '#contract/sql-console'
import type { CentralDb } from '#platform/server/db.ts'
import type { Schedule } from '#platform/server/jobs.ts'
import { tell } from '#platform/server/news.ts'
import type { Parts } from '../parts.ts'
import { endWindow, notEnded, type WindowRow } from './queries.ts'
import { hasRight } from './window.ts'

type Needed = Pick<Parts, 'db' | 'clock' | 'audit' | 'log'>

export const endingUnmaskings = (parts: Needed): Schedule => ({
  name: 'sql-unmaskings',
  cron: '* * * * *',
  run: () => endWhatIsOver(parts),
})

/** @param staffId of one person; everybody's unless told */
export async function endWhatIsOver(parts: Needed, staffId?: string): Promise<void> {
  for (const row of await notEnded(parts.db, parts.clock.now(), staffId)) {
    const by = await overBy(parts, row)
    if (by) await endByItself(parts, row, by)
  }
}

async function overBy({ db, clock }: Needed, row: WindowRow): Promise<UnmaskingEnd | undefined> {
  if (row.endsAt <= clock.now()) return 'time'
  if (!row.sessionLives) return 'session'
  return (await hasRight(db, row.staffId)) ? undefined : 'right'
}

async function endByItself({ db, clock, audit }: Needed, row: WindowRow, by: UnmaskingEnd): Promise<void> {
  const at = by === 'time' ? row.endsAt : clock.now()
  await db.transaction().execute(async (transaction: CentralDb) => {
    if (!(await endWindow(transaction, row.id, { by, at }))) return
    await audit.writeDownAs(transaction, {
      verb: 'sql_unmasking.ended',
      label: 'sql-console',
      object: 'sql_unmasking',
      id: row.id,
      tenant: row.tenantId ?? undefined,
      after: { by, of: row.staffId, runs: row.runs },
    })
    await tell(transaction, { topic: 'sql' })
  })
}
