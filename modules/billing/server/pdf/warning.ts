/** Before a certificate runs out whoever may set billing up hears of it, and each day on which documents wait for another. */
import { peopleWith } from '#server/access'
import type { CentralDb } from '#platform/server/db.ts'
import type { Schedule } from '#platform/server/jobs.ts'
import type { Parts } from '../parts.ts'
import { documentsWithoutPdf } from './queries.ts'
import { SealUnusable } from './seal.ts'

type On = Pick<Parts, 'clock' | 'mail' | 'pdfs' | 'log'>

/** A provider takes days to give another. */
const toldDaysBefore = [30, 14, 7, 3, 2, 1, 0]
const aDayMs = 86_400_000
/** More are told as that many. */
const countedUpTo = 10_000

export const warningOfSeal = (on: On): Schedule => ({
  name: 'invoice-seal',
  cron: '45 7 * * *',
  run: (db) => db.transaction().execute((transaction: CentralDb) => warnOfSeal(transaction, on)),
})

export async function warnOfSeal(db: CentralDb, { clock, mail, pdfs, log }: On): Promise<void> {
  const now = clock.now()
  const told = await pdfs.mustSeal(now).then(
    (until) => {
      const days = Math.floor((until.getTime() - now.getTime()) / aDayMs)
      return toldDaysBefore.includes(days)
        ? { template: 'billing.mail.seal_ends', values: { days } }
        : undefined
    },
    async (err: unknown) => {
      if (!(err instanceof SealUnusable)) throw err
      const documents = (await documentsWithoutPdf(db, { before: now, limit: countedUpTo })).length
      log.error({ err, documents }, 'nothing can be sealed')
      return { template: 'billing.mail.seal_over', values: { documents } }
    },
  )
  if (!told) return
  for (const { id, email, name, language } of await peopleWith(db, 'billing.settings'))
    await mail.send(db, {
      to: { email, name },
      language,
      staffId: id,
      template: told.template,
      values: { name, ...told.values },
    })
}
