import { getInvoice, type Invoice } from '#contract/billing'
import { vatOn } from '#platform/contract/money.ts'
import { dayOf } from '#platform/server/clock.ts'
import { found, handle } from '#platform/server/requests.ts'
import { summaryOf } from './listing.ts'
import { invoiceById, linesOf, paymentsOf } from './queries.ts'
import { within } from './within.ts'

export const reading = handle(getInvoice, async (ctx, { params }) => {
  const row = found(await invoiceById(ctx.db, params.id, within(ctx.actor, 'invoices.read')))
  const [lines, payments] = await Promise.all([linesOf(ctx.db, row.id), paymentsOf(ctx.db, row.id)])
  return {
    ...summaryOf(row, dayOf(ctx.clock.now())),
    createdAt: row.createdAt.toISOString(),
    lines,
    vat: vatPerRate(lines),
    payments: payments.map((payment) => ({
      ...payment,
      method: payment.method as Invoice['payments'][number]['method'], // the column's CHECK holds the same four
    })),
  }
})

/**
 * VAT of a document, the highest rate first.
 * @param lines cents excluding VAT and basis points; the VAT is on the sum of a rate's lines (EN 16931 BR-CO-17)
 */
export function vatPerRate(lines: readonly { vatBasisPoints: number; exclCents: number }[]): Invoice['vat'] {
  const bases = new Map<number, number>()
  for (const { vatBasisPoints, exclCents } of lines)
    bases.set(vatBasisPoints, (bases.get(vatBasisPoints) ?? 0) + exclCents)
  return [...bases]
    .map(([vatBasisPoints, baseCents]) => ({
      vatBasisPoints,
      baseCents,
      vatCents: vatOn(baseCents, vatBasisPoints),
    }))
    .toSorted((one, other) => other.vatBasisPoints - one.vatBasisPoints)
}
