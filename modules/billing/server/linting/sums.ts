/**
 * Whether the amounts agree with each other, reckoned once more from the lines. They always should: what is found here is a
 * defect of ours, and no document is issued with it.
 */
import { type InvoiceContent, lineSums, vatOnCredit } from '#contract/billing'
import { vatOn } from '#platform/contract/money.ts'
import { rateOf } from '../drafts/rates-left.ts'
import type { About } from './about.ts'
import { error, type Findings } from './finding.ts'

export function* sumFindings(content: InvoiceContent, about: Pick<About, 'original'>): Findings {
  const { lines, discounts, vat, totals } = content
  const wrong = (reference: string, field = 'lines') =>
    error('sums_disagree', field, `EN 16931 · ${reference}`)
  for (const [index, line] of lines.entries()) {
    if (!/^-?\d{1,9}(\.\d{1,3})?$/.test(line.quantity)) continue
    const { exclCents } = lineSums({ ...line, discountBasisPoints: 0 })
    if (exclCents !== line.exclCents) yield wrong('BR-24', `lines.${index}`)
  }
  if (sum(lines, ({ exclCents }) => exclCents) !== totals.linesCents) yield wrong('BR-CO-10')
  if (sum(discounts, ({ cents }) => cents) !== totals.discountCents) yield wrong('BR-CO-11', 'discount')
  if (totals.linesCents - totals.discountCents !== totals.exclCents) yield wrong('BR-CO-13')
  if (sum(vat, ({ vatCents }) => vatCents) !== totals.vatCents) yield wrong('BR-CO-14')
  if (totals.exclCents + totals.vatCents !== totals.inclCents) yield wrong('BR-CO-15')
  if (totals.inclCents - totals.prepaidCents !== totals.dueCents) yield wrong('BR-CO-16')
  for (const { category, basisPoints, baseCents, vatCents } of vat) {
    const taxed = lines.filter((line) => line.vatCategory === category && line.vatBasisPoints === basisPoints)
    const off = discounts.filter((one) => one.vatCategory === category && one.vatBasisPoints === basisPoints)
    if (sum(taxed, ({ exclCents }) => exclCents) - sum(off, ({ cents }) => cents) !== baseCents)
      yield wrong(`BR-${category}-08`)
    const before =
      content.typeCode === 381 && about.original && rateOf(about.original, { category, basisPoints })
    const expected = before
      ? vatOnCredit(baseCents, basisPoints, {
          baseCents: before.creditedCents,
          vatCents: before.creditedVatCents,
        })
      : vatOn(baseCents, basisPoints)
    if (expected !== vatCents) yield wrong('BR-CO-17')
  }
}

const sum = <Of>(all: readonly Of[], cents: (one: Of) => number) =>
  all.reduce((total, one) => total + cents(one), 0)
