/** All letters of a day, as a job a person starts and can leave: each in a transaction of its own, so none is written twice. */
import { dunningJobKind, startDunning } from '#contract/billing'
import { rightsOf } from '#server/access'
import { refusal } from '#platform/contract/refusal.ts'
import { dayOf } from '#platform/server/clock.ts'
import { breaks, type CentralDb } from '#platform/server/db.ts'
import type { BackgroundWork, RunningJob } from '#platform/server/jobs.ts'
import { tell } from '#platform/server/news.ts'
import { handle, refuse, Refused, type Handler } from '#platform/server/requests.ts'
import type { Parts } from '../parts.ts'
import { within } from '../within.ts'
import { countMatching, latePage, type About } from './late-queries.ts'
import { planOn } from './plans.ts'
import { writeLetter, type Sending } from './sending.ts'

/** What the start wrote down for the job. */
type Order = { ids: readonly string[] | null; today: string; by: string }

export const startingDunning = ({ jobs }: Pick<Parts, 'jobs'>): Handler =>
  handle(startDunning, async (ctx, { body: { ids } }) => {
    const { staffId, name: by } = ctx.actor
    const today = dayOf(ctx.clock.now())
    const about = { today, plan: await planOn(ctx.db, today), mine: within(ctx.actor, 'invoices.read') }
    const { count: total, cents } = await countMatching(ctx.db, about, readyOf(ids))
    const order: Order = { ids, today, by }
    const jobId = await jobs().start(ctx.db, { kind: dunningJobKind, staffId, input: order, total })
    ctx.record({ object: 'dunning', id: jobId, after: { letters: total, outstandingCents: cents } })
    return { jobId }
  })

export const dunningWork = (on: Sending & Pick<Parts, 'audit'>): BackgroundWork => ({
  kind: dunningJobKind,
  // What was written is known by its invoice and step.
  outlives: true,
  async run(job) {
    const { ids, today, by } = job.input as Order // written above alone
    const about = await aboutOf(job, today)
    const total = (await countMatching(job.db, about, readyOf(ids))).count
    let sent = 0
    let withheld = 0
    let cents = 0
    let after: { key: number; id: string } | undefined
    for (;;) {
      const rows = await latePage(job.db, about, {
        filter: readyOf(ids),
        sort: 'daysLate',
        descending: true,
        after,
        limit: 100,
      })
      const last = rows.at(-1)
      if (!last) return { sent, withheld, cents }
      for (const row of rows) {
        const letter = await write(job, on, row.id, by)
        if (letter) {
          sent++
          cents += letter.outstandingCents
        } else withheld++
        job.progress(sent + withheld, total)
      }
      after = { key: last.daysLate, id: last.id }
    }
  },
})

/** @returns undefined where it was paid, written or paused meanwhile */
const write = (
  { db, staffId }: RunningJob,
  on: Sending & Pick<Parts, 'audit'>,
  invoiceId: string,
  by: string,
) =>
  db
    .transaction()
    .execute(async (transaction: CentralDb) => {
      const letter = await writeLetter(transaction, on, { invoiceId, seen: null, byStaffId: staffId })
      const { number, step, sentTo, outstandingCents, penaltiesCents, indemnityCents } = letter
      await on.audit.writeDownAs(transaction, {
        verb: 'dunning.written',
        staffId,
        label: by,
        object: 'invoice',
        id: invoiceId,
        after: { number, step, sentTo, outstandingCents, penaltiesCents, indemnityCents },
      })
      await tell(transaction, { topic: 'invoices', needs: 'invoices.read', id: invoiceId })
      return letter
    })
    .catch((error: unknown) => {
      if (error instanceof Refused || breaks(error, 'dunning_letters_invoice_id_step_key')) return undefined
      throw error
    })

const readyOf = (ids: readonly string[] | null) => ({ letter: 'ready' as const, ...(ids && { ids }) })

/** What the person may do by now, which may be less than when they asked. */
async function aboutOf({ db, staffId }: RunningJob, today: string): Promise<About> {
  const rights = await rightsOf(db, staffId)
  if (!rights.permissions.has('payments.write') || !rights.permissions.has('invoices.read'))
    throw refuse(refusal('forbidden', 403))
  return { today, plan: await planOn(db, today), mine: within({ ...rights, staffId }, 'invoices.read') }
}
