/** The face of billing. */
import type { BackgroundWork, Errand, Schedule } from '#platform/server/jobs.ts'
import type { Handler } from '#platform/server/requests.ts'
import { accountingHandlers, accountingWorks } from './accounting/index.ts'
import { catalogueHandlers } from './catalogue/keeping.ts'
import { choosing } from './choosing/choosing.ts'
import { draftHandlers } from './drafts/index.ts'
import { dunningHandlers, dunningSchedules, dunningWorks } from './dunning/index.ts'
import { exportingList } from './exporting-list.ts'
import { issuing } from './issuing/index.ts'
import { sealing } from './journal/sealing.ts'
import { listing } from './listing.ts'
import type { Given, Parts } from './parts.ts'
import { pdfErrands, pdfHandlers, pdfSchedules, pdfWorks } from './pdf/index.ts'
import { openPdfs } from './pdf/opening.ts'
import { bankHandlers } from './bank/index.ts'
import { cardHandlers } from './cards/index.ts'
import { directDebitHandlers, directDebitSchedules } from './direct-debits/index.ts'
import { paymentHandlers } from './payments/index.ts'
import { platformErrands, platformHandlers, platformSchedules } from './platform/index.ts'
import { profileHandlers } from './profiles/index.ts'
import { proving } from './proof/proving.ts'
import { quoteHandlers } from './quotes/index.ts'
import { reading } from './reading.ts'
import { reportHandlers } from './reports/revenue.ts'
import { mailingRenewed, renewalHandlers, renewalWork, renewingAtNight } from './renewal/index.ts'
import { sweepingEnclosures } from './sending/enclosures.ts'
import { sending } from './sending/sending.ts'
import { settingHandlers } from './settings/index.ts'
import { subscriptionHandlers } from './subscriptions/index.ts'

export { invoiceSeenBy } from './seeing.ts'
export { issuePast, seriesTold, type PastDocument, type ToldSeries } from './issuing/issuing-past.ts'
export { offerPast, type PastQuote } from './quotes/offering-past.ts'
export { billingVerification, type BillingVerification } from './verifying/index.ts'
export { mustSeal, SealUnusable } from './pdf/seal.ts'
export { demonstrationSettings, seedSettings } from './settings/demonstrating.ts'

export function billingParts(given: Given): {
  handlers: readonly Handler[]
  works: readonly BackgroundWork[]
  errands: readonly Errand[]
  schedules: readonly Schedule[]
  close(): Promise<void>
} {
  const parts: Parts = { ...given, pdfs: openPdfs(given) }
  return {
    handlers: [
      listing,
      exportingList(parts),
      reading,
      choosing,
      ...draftHandlers(parts),
      ...issuing(parts),
      ...profileHandlers,
      ...quoteHandlers(parts),
      ...sending(parts),
      ...paymentHandlers,
      ...bankHandlers(parts),
      ...cardHandlers(parts),
      ...directDebitHandlers(parts),
      ...pdfHandlers(parts),
      ...proving,
      ...settingHandlers(parts),
      ...dunningHandlers(parts),
      ...catalogueHandlers,
      ...subscriptionHandlers(parts),
      ...renewalHandlers(parts),
      ...accountingHandlers(parts),
      ...platformHandlers(parts),
      ...reportHandlers(parts),
    ],
    works: [renewalWork(parts), ...dunningWorks(parts), ...pdfWorks(parts), ...accountingWorks(parts)],
    errands: [mailingRenewed(parts), ...platformErrands(parts), ...pdfErrands(parts)],
    schedules: [
      ...dunningSchedules(parts),
      ...directDebitSchedules(parts),
      sealing(parts),
      sweepingEnclosures(parts),
      ...platformSchedules(parts),
      renewingAtNight(parts),
      ...pdfSchedules(parts),
    ],
    close: () => parts.pdfs.close(),
  }
}
