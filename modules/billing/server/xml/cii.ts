/**
 * The document as XML: UN/CEFACT Cross Industry Invoice D22B in the profile EN 16931, with what the French platforms ask for
 * (XP Z12-012: notes, frame, addresses). Made of the frozen content and of nothing else: the same content, the same bytes.
 */
import type { InvoiceContent } from '#contract/billing'
import { lineItem } from './lines.ts'
import { buyerParty, sellerParty } from './parties.ts'
import { settlement } from './settlement.ts'
import { day, element } from './writing.ts'

const standard = 'urn:un:unece:uncefact:data:standard'
const namespaces = {
  'xmlns:rsm': `${standard}:CrossIndustryInvoice:100`,
  'xmlns:qdt': `${standard}:QualifiedDataType:100`,
  'xmlns:ram': `${standard}:ReusableAggregateBusinessInformationEntity:100`,
  'xmlns:udt': `${standard}:UnqualifiedDataType:100`,
}

/** @returns UTF-8 text without a byte order mark */
export function ciiOf(content: InvoiceContent): string {
  const invoice = element(
    'rsm:CrossIndustryInvoice',
    [
      element('rsm:ExchangedDocumentContext', [
        element('ram:BusinessProcessSpecifiedDocumentContextParameter', element('ram:ID', content.frame)),
        element(
          'ram:GuidelineSpecifiedDocumentContextParameter',
          element('ram:ID', 'urn:cen.eu:en16931:2017'),
        ),
      ]),
      element('rsm:ExchangedDocument', [
        element('ram:ID', content.number),
        element('ram:TypeCode', String(content.typeCode)),
        day('ram:IssueDateTime', content.issuedOn),
        content.mentions.map(({ code, text }) => note(text, code)),
        note(content.note, null),
      ]),
      element('rsm:SupplyChainTradeTransaction', [
        content.lines.map(lineItem),
        element('ram:ApplicableHeaderTradeAgreement', [
          sellerParty(content.seller),
          buyerParty(content.buyer),
          element(
            'ram:BuyerOrderReferencedDocument',
            element('ram:IssuerAssignedID', content.orderReference),
          ),
        ]),
        delivery(content),
        settlement(content),
      ]),
    ],
    namespaces,
  )
  return `<?xml version="1.0" encoding="UTF-8"?>\n${invoice?.xml ?? ''}\n`
}

const note = (text: string, code: string | null) =>
  text.trim() === ''
    ? null
    : element('ram:IncludedNote', [element('ram:Content', text), element('ram:SubjectCode', code)])

/** The schema asks for the element even where nothing is told of the delivery. */
function delivery({ suppliedOn, buyer, vat }: InvoiceContent) {
  const told = element('ram:ApplicableHeaderTradeDelivery', [
    // Where goods go to is asked for within the Union alone (BR-IC-12).
    vat.some(({ category }) => category === 'K')
      ? element('ram:ShipToTradeParty', [
          element('ram:PostalTradeAddress', element('ram:CountryID', buyer.address.country)),
        ])
      : null,
    element('ram:ActualDeliverySupplyChainEvent', day('ram:OccurrenceDateTime', suppliedOn)),
  ])
  return told ?? { xml: '<ram:ApplicableHeaderTradeDelivery/>' }
}
