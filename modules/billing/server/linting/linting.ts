/**
 * Says what the law or the exchange formats find wrong in a document before it is numbered. At run time this alone decides; in the
 * tests the official rule sheets confirm that what passes here passes there.
 */
import type { Finding, InvoiceContent } from '#contract/billing'
import type { About } from './about.ts'
import { buyerFindings } from './buyer.ts'
import { documentFindings } from './document.ts'
import { lineFindings } from './lines.ts'
import { mentionFindings } from './mentions.ts'
import { sellerFindings } from './seller.ts'
import { sumFindings } from './sums.ts'
import { textFindings } from './texts.ts'
import { vatFindings } from './vat.ts'

export type { About } from './about.ts'

/**
 * @param content as it would be frozen; its number may still be empty
 * @returns errors first, in the order in which a document is read
 */
export function findingsOf(content: InvoiceContent, about: About): Finding[] {
  const all = [
    ...documentFindings(content, about),
    ...buyerFindings(content),
    ...lineFindings(content),
    ...vatFindings(content, about),
    ...sumFindings(content, about),
    ...mentionFindings(content, about),
    ...sellerFindings(content, about),
    ...textFindings(content),
  ]
  return all.toSorted(
    (one, other) => Number(one.severity === 'warning') - Number(other.severity === 'warning'),
  )
}
