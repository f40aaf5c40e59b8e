/** What may be done with an issued document, told once for its buttons. */
import type { Invoice } from '#contract/billing'

type May = (permission: string) => boolean

/** What issued credit notes took back of it, as a positive amount. */
export const creditedCents = ({ citedBy }: Pick<Invoice, 'citedBy'>): number =>
  citedBy
    .filter(({ typeCode, number }) => typeCode === 381 && number !== null)
    .reduce((sum, { inclCents }) => sum - inclCents, 0)

/** Of a credit note what pays no invoice and was not sent back yet, as a positive amount; 0 of anything else. */
export const creditLeftCents = ({
  typeCode,
  number,
  paidCents,
  inclCents,
}: Pick<Invoice, 'typeCode' | 'number' | 'paidCents' | 'inclCents'>): number =>
  typeCode === 381 && number !== null ? paidCents - inclCents : 0

const isInvoice = ({ number, typeCode }: Invoice) => number !== null && typeCode !== 381
/** What asks for nothing, as a final invoice whose deposit was the whole, is credited by a credit note of nothing. */
const isCreditedWhole = (invoice: Invoice) =>
  invoice.citedBy.some(({ typeCode, number }) => typeCode === 381 && number !== null) &&
  creditedCents(invoice) >= invoice.inclCents

export const documentCan = {
  credit: (invoice: Invoice, may: May) =>
    may('invoices.write') && isInvoice(invoice) && invoice.isFrozen && !isCreditedWhole(invoice),
  /** A corrective invoice stands for what was taken back before, all of it. */
  correct: (invoice: Invoice, may: May) =>
    may('invoices.write') &&
    isInvoice(invoice) &&
    invoice.isFrozen &&
    invoice.inclCents > 0 &&
    isCreditedWhole(invoice) &&
    !invoice.citedBy.some(({ typeCode }) => typeCode === 384),
  /** The final invoice of a deposit, once. */
  finish: (invoice: Invoice, may: May) =>
    may('invoices.write') &&
    invoice.typeCode === 386 &&
    invoice.number !== null &&
    !isCreditedWhole(invoice) &&
    !invoice.citedBy.some(({ typeCode }) => typeCode === 380),
  /** A credit note pays invoices of its client, or others than it did. */
  allocate: (invoice: Invoice, may: May) =>
    may('payments.write') &&
    invoice.typeCode === 381 &&
    (creditLeftCents(invoice) > 0 || invoice.credits.length > 0),
  refund: (invoice: Invoice, may: May) => may('payments.write') && creditLeftCents(invoice) > 0,
  duplicate: (invoice: Invoice, may: May) => may('invoices.write') && isInvoice(invoice),
}
