import type { Invoice } from '#contract/billing'

/**
 * A credit note as its paper says it: what it takes back, above zero. Below zero it stands in lists alone, so that their sums are
 * true.
 */
export function asPrinted(invoice: Invoice): Invoice {
  if (invoice.typeCode !== 381) return invoice
  const { lines, vat, discountCents, exclCents, vatCents, inclCents } = invoice
  return {
    ...invoice,
    lines: lines.map((line) => ({
      ...line,
      quantity: 0 - line.quantity,
      discountCents: 0 - line.discountCents,
      exclCents: 0 - line.exclCents,
      netCents: 0 - line.netCents,
    })),
    vat: vat.map((rate) => ({ ...rate, baseCents: 0 - rate.baseCents, vatCents: 0 - rate.vatCents })),
    discountCents: 0 - discountCents,
    exclCents: 0 - exclCents,
    vatCents: 0 - vatCents,
    inclCents: 0 - inclCents,
  }
}
