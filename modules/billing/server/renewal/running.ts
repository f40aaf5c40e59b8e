// The run of a day, by a person or by the clock: what days bring, drafts, documents, mails.
import { renewalJobKind } from '#contract/billing'
import { dayOf } from '#platform/server/clock.ts'
import type { BackgroundWork, Schedule } from '#platform/server/jobs.ts'
import { tell } from '#platform/server/news.ts'
import type { Parts } from '../parts.ts'
import { mainCompany } from '../settings/in-force.ts'
import { moveByTheClock } from '../subscriptions/by-the-clock.ts'
import { issueDrafts, type Issuer } from './issuing-drafts.ts'
import { endRun, openRun, writeRun } from './queries.ts'
import { renewDue } from './renewing.ts'
import { vatRuleOn } from './vat-rule.ts'

/** What the request wrote down for the run. */
export type RenewalOrderOnFile = { until: string; hold: boolean; label: string; releaseOnly?: boolean }

export type Outcome = { renewed: number; held: number; exclCents: number; issued: number; stopped: number }

/**
 * Renews everything that begins up to a day and issues what nobody holds. Whatever is killed or run twice, each period has one
 * document.
 */
export async function renewUntil(
  parts: Parts,
  day: string,
  {
    by,
    hold = false,
    progress = () => {},
  }: { by: Issuer; hold?: boolean; progress?: (done: number) => void },
): Promise<Outcome> {
  const { db } = parts
  const company = await mainCompany(db)
  const vat = await vatRuleOn(db, company.id, dayOf(parts.clock.now()))
  const run = await openRun(db, { untilOn: day, startedBy: by.staffId, startedAt: parts.clock.now() })
  let written = { renewed: 0, held: 0, exclCents: 0 }
  const made = await renewDue(db, {
    until: day,
    companyId: company.id,
    vat,
    hold,
    progress,
    onBatch: async (transaction, soFar, afterId) => {
      await writeRun(transaction, run, {
        renewed: soFar.renewed - written.renewed,
        held: soFar.held - written.held,
        exclCents: soFar.exclCents - written.exclCents,
        afterId,
      })
      written = { ...soFar }
    },
  })
  const { issued, stopped } = await issueDrafts(parts, by, (count) => progress(made.renewed + count))
  await endRun(db, run, parts.clock.now())
  await tell(db, { topic: 'subscriptions', needs: 'subscriptions.read' })
  await tell(db, { topic: 'invoices', needs: 'invoices.read' })
  return { ...made, issued, stopped }
}

export const renewalWork = (parts: Parts): BackgroundWork => ({
  kind: renewalJobKind,
  outlives: true,
  run: async (job) => {
    const order = job.input as RenewalOrderOnFile // written by handling.ts alone
    const by = { staffId: job.staffId, label: order.label }
    const progress = (done: number) => job.progress(done, null)
    if (order.releaseOnly)
      return { renewed: 0, held: 0, exclCents: 0, ...(await issueDrafts(parts, by, progress)) }
    await moveByTheClock(parts)
    return renewUntil(parts, order.until, { by, hold: order.hold, progress })
  },
})

/** Early, so that whoever comes in the morning finds the day's invoices, and what waits for a look. */
export const renewingAtNight = (parts: Parts): Schedule => ({
  name: 'billing-renewal',
  cron: '10 4 * * *',
  secondsATry: 6 * 3_600,
  run: async () => {
    await moveByTheClock(parts)
    const outcome = await renewUntil(parts, dayOf(parts.clock.now()), {
      by: { staffId: null, label: 'system' },
    })
    parts.log.info(outcome, 'the periods that begin today are invoiced')
  },
})
