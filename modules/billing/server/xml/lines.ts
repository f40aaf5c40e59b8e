/** One line of the document (BG-25). */
import type { ContentLine, VatCategory } from '#contract/billing'
import { type Xml, amount, day, element, percentage } from './writing.ts'

export function lineItem(line: ContentLine): Xml | null {
  const [name = '', ...rest] = line.description.split('\n')
  // A net price is never below zero (BR-27): what is taken off is counted below zero instead, which is the same amount.
  const turned = line.unitPriceCents < 0
  return element('ram:IncludedSupplyChainTradeLineItem', [
    element('ram:AssociatedDocumentLineDocument', element('ram:LineID', String(line.position))),
    element('ram:SpecifiedTradeProduct', [
      element('ram:Name', name.trim()),
      element('ram:Description', rest.join('\n').trim()),
    ]),
    element(
      'ram:SpecifiedLineTradeAgreement',
      element(
        'ram:NetPriceProductTradePrice',
        element('ram:ChargeAmount', amount(Math.abs(line.unitPriceCents))),
      ),
    ),
    element(
      'ram:SpecifiedLineTradeDelivery',
      element('ram:BilledQuantity', turned ? negated(line.quantity) : line.quantity, { unitCode: line.unit }),
    ),
    element('ram:SpecifiedLineTradeSettlement', [
      element('ram:ApplicableTradeTax', vatOf(line.vatCategory, line.vatBasisPoints)),
      period(line.period),
      lineDiscount(line),
      element(
        'ram:SpecifiedTradeSettlementLineMonetarySummation',
        element('ram:LineTotalAmount', amount(line.exclCents)),
      ),
    ]),
  ])
}

/** What is outside the scope of VAT has no rate, not even 0 (BR-O-05). */
export const vatOf = (category: VatCategory, basisPoints: number) => [
  element('ram:TypeCode', 'VAT'),
  element('ram:CategoryCode', category),
  category === 'O' ? null : element('ram:RateApplicablePercent', percentage(basisPoints)),
]

export const period = (days: { from: string; until: string } | null) =>
  days === null
    ? null
    : element('ram:BillingSpecifiedPeriod', [
        day('ram:StartDateTime', days.from),
        day('ram:EndDateTime', days.until),
      ])

/** A discount on what is below zero adds: then it is written as a charge, for neither is ever below zero. */
export const chargeIndicator = (discountCents: number) =>
  element('ram:ChargeIndicator', element('udt:Indicator', String(discountCents < 0)))

function lineDiscount({ discountCents, discountBasisPoints, exclCents }: ContentLine): Xml | null {
  if (discountCents === 0) return null
  const percent = discountBasisPoints !== null && discountBasisPoints > 0
  return element('ram:SpecifiedTradeAllowanceCharge', [
    chargeIndicator(discountCents),
    percent ? element('ram:CalculationPercent', percentage(discountBasisPoints)) : null,
    percent ? element('ram:BasisAmount', amount(Math.abs(exclCents + discountCents))) : null,
    element('ram:ActualAmount', amount(Math.abs(discountCents))),
    element('ram:Reason', 'Remise'),
  ])
}

const negated = (quantity: string) =>
  quantity.startsWith('-') ? quantity.slice(1) : /^0(\.0*)?$/.test(quantity) ? quantity : `-${quantity}`
