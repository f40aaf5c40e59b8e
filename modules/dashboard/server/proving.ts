import type { Clock } from '#platform/server/clock.ts'
import type { CentralDb } from '#platform/server/db.ts'
import type { Schedule } from '#platform/server/jobs.ts'
import { tell } from '#platform/server/news.ts'
import type { Logger } from '#platform/server/log.ts'
import { compareFigures, foldFigures, insertProof } from './queries.ts'

/** As many differences are kept as a person reads; their number is kept whole. */
const keptDifferences = 50

/** Deltas older than a minute are summed up, so that reading stays short whatever was written. */
export const folding: Schedule = {
  name: 'figures-folding',
  cron: '* * * * *',
  run: async (db) => void (await foldFigures(db)),
}

/** Each night, when nobody waits for the database. */
export const proving = (clock: Clock, log: Logger): Schedule => ({
  name: 'figures-proof',
  cron: '40 3 * * *',
  run: async (db) => void (await proveFigures(db, clock, log)),
})

/** Where the result is told: the server's log, or a terminal. */
export type Report = Record<'info' | 'error', (facts: object, sentence: string) => void>

/** Counts every figure again from the facts and compares: the figures are only as good as this says. */
export async function proveFigures(db: CentralDb, clock: Clock, log: Report): Promise<{ differing: number }> {
  const began = performance.now()
  const proof = await db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (transaction: CentralDb) => {
      const compared = await compareFigures(transaction, keptDifferences)
      const tookMs = Math.round(performance.now() - began)
      await insertProof(transaction, { at: clock.now(), ...compared, tookMs })
      await tell(transaction, { topic: 'figures', needs: 'dashboard.read' })
      return { ...compared, tookMs }
    })
  const { figures, differing, differences, tookMs } = proof
  if (differing > 0)
    log.error({ figures, differing, differences, tookMs }, 'the figures differ from a full recount')
  else log.info({ figures, tookMs }, 'the figures equal a full recount')
  return { differing }
}
