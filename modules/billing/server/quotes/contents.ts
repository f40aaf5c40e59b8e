/** What a quote says: made as a document's content is, with the settings and the client of its day. */
import type { Quote, QuoteContent } from '#contract/billing'
import type { CentralDb } from '#platform/server/db.ts'
import { found } from '#platform/server/requests.ts'
import type { Sentences } from '#platform/server/sentences.ts'
import { noFields } from '../drafts/beginning.ts'
import { billedOf, buyerRow } from '../issuing/buyers.ts'
import { contentOf } from '../issuing/contents.ts'
import { sayingIn } from '../issuing/mentions.ts'
import { settingsOn } from '../settings/in-force.ts'

type Offered = Pick<Quote, 'lines' | 'discount' | 'orderReference' | 'note'> & {
  companyId: string
  clientId: string
  /** Empty while it has none. */
  number: string
  issuedOn: string
  validUntil: string
}

export async function contentOfQuote(
  db: CentralDb,
  sentences: Pick<Sentences, 'say'>,
  { companyId, clientId, number, issuedOn, validUntil, ...fields }: Offered,
): Promise<QuoteContent> {
  const [settings, row] = await Promise.all([settingsOn(db, companyId, issuedOn), buyerRow(db, clientId)])
  const billed = billedOf(found(row))
  const draft = { ...noFields, ...fields, typeCode: 380, original: null, mandate: null } as const
  const {
    version,
    language,
    currency,
    seller,
    buyer,
    orderReference,
    lines,
    discounts,
    vat,
    note,
    appearance,
    totals,
  } = contentOf(draft, settings, billed, { number, issuedOn, say: sayingIn(sentences, billed.language) })
  const { linesCents, discountCents, exclCents, vatCents, inclCents } = totals
  return {
    version,
    layout: 'quote-1',
    language,
    number,
    issuedOn,
    validUntil,
    currency,
    seller,
    buyer,
    orderReference,
    lines,
    discounts,
    vat,
    note,
    appearance,
    totals: { linesCents, discountCents, exclCents, vatCents, inclCents },
  }
}
