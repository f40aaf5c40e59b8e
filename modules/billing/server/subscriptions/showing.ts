import { subscriptionActs, subscriptionCan, type Subscription } from '#contract/billing'
import { dayOf, type Clock } from '#platform/server/clock.ts'
import type { CentralDb } from '#platform/server/db.ts'
import { found } from '#platform/server/requests.ts'
import { nextInvoiceOf } from '../renewal/next-invoice.ts'
import { vatRuleOn } from '../renewal/vat-rule.ts'
import { mainCompany } from '../settings/in-force.ts'
import { detailsOf } from './detail-queries.ts'
import { summaryById } from './queries.ts'

/** A subscription as its page needs it. @throws NotFound */
export async function shownSubscription(
  { db, clock }: { db: CentralDb; clock: Clock },
  id: string,
): Promise<Subscription> {
  const summary = found(await summaryById(db, id))
  const company = await mainCompany(db)
  const vat = await vatRuleOn(db, company.id, dayOf(clock.now()))
  return {
    ...summary,
    ...(await detailsOf(db, id)),
    can: summary.isCurrent
      ? subscriptionActs.filter(
          (act) =>
            subscriptionCan(summary.status, act) &&
            (act !== 'pause' || summary.payingFrom === null || summary.payingFrom <= dayOf(clock.now())) &&
            (act !== 'reactivate' || summary.cancelOn !== null) &&
            (act !== 'cancel' || summary.cancelOn === null),
        )
      : [],
    nextInvoice: await nextInvoiceOf(db, id, vat),
  }
}
