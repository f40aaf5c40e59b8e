import type { InvoiceContent } from './content.ts'

/** What a quote says, frozen when it bears its number: its PDF is made of it and of nothing else. */
export type QuoteContent = Pick<
  InvoiceContent,
  | 'version'
  | 'language'
  | 'number'
  | 'issuedOn'
  | 'currency'
  | 'seller'
  | 'buyer'
  | 'orderReference'
  | 'lines'
  | 'discounts'
  | 'vat'
  | 'note'
  | 'appearance'
> & {
  layout: 'quote-1'
  /** The last day on which it may be accepted. */
  validUntil: string
  totals: Pick<
    InvoiceContent['totals'],
    'linesCents' | 'discountCents' | 'exclCents' | 'vatCents' | 'inclCents'
  >
}
