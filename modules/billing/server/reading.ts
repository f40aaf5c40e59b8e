import { getInvoice, type DraftFields, type Invoice } from '#contract/billing'
import { dayOf } from '#platform/server/clock.ts'
import { found, handle } from '#platform/server/requests.ts'
import { partsOfDiscount } from './drafts/credit-lines.ts'
import { documentRow, leftOf, lineRows, type DocumentRow, type LineRow } from './drafts/draft-queries.ts'
import { rateOf, type Left } from './drafts/rates-left.ts'
import { fieldsOf } from './drafts/rows.ts'
import { summaryOf } from './listing.ts'
import { aroundOf, invoiceById, paymentsOf } from './queries.ts'
import { within } from './within.ts'

export const reading = handle(getInvoice, async (ctx, { params: { id } }) => {
  const { db } = ctx
  const summary = found(await invoiceById(db, id, within(ctx.actor, 'invoices.read')))
  const row = found(await documentRow(db, id))
  const [lines, payments, around] = await Promise.all([
    lineRows(db, id),
    paymentsOf(db, id),
    aroundOf(db, id),
  ])
  const fields = fieldsOf(row, lines)
  const { period, orderReference, note, paymentMeans } = fields
  const { quoteId, quoteNumber, isFrozen, citedBy, credits } = around
  return {
    ...summaryOf(summary, dayOf(ctx.clock.now())),
    typeCode: row.typeCode as Invoice['typeCode'], // the column's CHECK holds the same four
    createdAt: summary.createdAt.toISOString(),
    ...reckoned(row, lines, fields, row.typeCode === 381 && isFrozen ? await leftOf(db, id) : null),
    period,
    orderReference,
    note,
    internalNote: row.internalNote,
    paymentMeans,
    isFrozen,
    original: originalOf(row),
    citedBy: citedBy.map(({ typeCode, ...rest }) => ({
      ...rest,
      typeCode: typeCode as Invoice['typeCode'], // as above
    })),
    quote: quoteId === null ? null : { id: quoteId, number: quoteNumber },
    subscriptionId: row.subscriptionId,
    // What allocates bears a number.
    credits: credits.map(({ number, ...credit }) => ({ ...credit, number: number ?? '' })),
    payments: payments.map((payment) => ({
      ...payment,
      method: payment.method as Invoice['payments'][number]['method'], // the column's CHECK holds the same four
    })),
  }
})

/** Reckoned as they are printed, and turned below zero for a credit note, as its lines are in the tables. */
function reckoned(
  row: DocumentRow,
  lines: readonly LineRow[],
  fields: DraftFields,
  frozen: Left | null,
): Pick<Invoice, 'lines' | 'discountCents' | 'discountBasisPoints' | 'discountLabel' | 'vat'> {
  const { sums, parts } = partsOfDiscount(fields)
  const turn = (cents: number) => (row.typeCode === 381 ? 0 - cents : cents)
  return {
    lines: lines.map((line, index) => ({
      position: line.position,
      description: line.description,
      quantity: Number(line.quantity),
      unit: line.unit,
      unitPriceCents: line.unitPriceCents,
      discountCents: turn(sums.lines[index]?.discountCents ?? 0),
      vatCategory: line.vatCategory as Invoice['lines'][number]['vatCategory'], // the column's CHECK holds the same
      vatBasisPoints: line.vatBasisPoints,
      vatExemption: line.vatExemption,
      exclCents: line.exclCents,
      netCents: line.exclCents - turn(parts[index] ?? 0),
      period:
        line.periodFrom !== null && line.periodUntil !== null
          ? { from: line.periodFrom, until: line.periodUntil }
          : null,
      depositId: line.depositId,
    })),
    discountCents: turn(sums.discountCents),
    discountBasisPoints: fields.discount.basisPoints,
    discountLabel: fields.discount.label,
    vat: sums.vat.map(({ category, basisPoints, baseCents, vatCents }) => ({
      vatCategory: category,
      vatBasisPoints: basisPoints,
      baseCents: turn(baseCents),
      // Several credit notes of one invoice share its VAT to the cent, which none can tell by itself.
      vatCents: turn(rateOf(frozen ?? { rates: [] }, { category, basisPoints })?.askedVatCents ?? vatCents),
    })),
  }
}

const originalOf = ({ originalId: id, originalNumber: number, originalIssuedOn: issuedOn }: DocumentRow) =>
  id !== null && number !== null && issuedOn !== null ? { id, number, issuedOn } : null
