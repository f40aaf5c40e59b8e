/** In the morning of working days whoever may send reminders hears how many of those they see are ready; none leaves by itself. */
import { holidaysBetween } from '#platform/contract/french-holidays.ts'
import { isLimited, peopleWith, rightsOf } from '#server/access'
import { dayOf } from '#platform/server/clock.ts'
import type { CentralDb } from '#platform/server/db.ts'
import type { Schedule } from '#platform/server/jobs.ts'
import type { Parts } from '../parts.ts'
import { within } from '../within.ts'
import { countMatching } from './late-queries.ts'
import { planOn } from './plans.ts'

type On = Pick<Parts, 'clock' | 'mail' | 'backofficeUrl'>

export const proposingDunning = (on: On): Schedule => ({
  name: 'billing-dunning',
  cron: '30 7 * * 1-5',
  run: (db) =>
    db.transaction().execute(async (transaction: CentralDb) => void (await proposeDunning(transaction, on))),
})

/** @returns how many are ready */
export async function proposeDunning(db: CentralDb, { clock, mail, backofficeUrl }: On): Promise<number> {
  const today = dayOf(clock.now())
  if (holidaysBetween(today, today, 'national').length > 0) return 0
  const about = { today, plan: await planOn(db, today) }
  const all = await countMatching(db, about, { letter: 'ready' })
  if (all.count === 0) return 0
  for (const { id, email, name, language } of await peopleWith(db, 'payments.write')) {
    const mine = within({ ...(await rightsOf(db, id)), staffId: id }, 'invoices.read')
    const { count, cents } = isLimited(mine)
      ? await countMatching(db, { ...about, mine }, { letter: 'ready' })
      : all
    if (count === 0) continue
    await mail.send(db, {
      to: { email, name },
      language,
      staffId: id,
      template: 'billing.mail.dunning_ready',
      values: { name, count, euros: Math.round(cents / 100) },
      action: { url: new URL('/unpaid?letter=ready', backofficeUrl).href },
    })
  }
  return all.count
}
