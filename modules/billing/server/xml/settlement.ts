/** How it is paid, VAT per rate, and the totals (BG-16 to BG-23). */
import type { ContentDiscount, ContentVat, InvoiceContent, PaymentMeans } from '#contract/billing'
import { chargeIndicator, period, vatOf } from './lines.ts'
import { type Xml, amount, day, element } from './writing.ts'

export function settlement(content: InvoiceContent): Xml | null {
  const { payment, totals, discounts } = content
  const onDebits = content.mentions.some(({ code }) => code === 'TXD')
  return element('ram:ApplicableHeaderTradeSettlement', [
    element('ram:CreditorReferenceID', payment.mandate?.creditorId ?? null),
    element('ram:PaymentReference', payment.reference),
    element('ram:InvoiceCurrencyCode', content.currency),
    paymentMeans(payment),
    content.vat.map((vat) => vatBreakdown(vat, onDebits)),
    period(content.period),
    discounts.map(documentDiscount),
    element('ram:SpecifiedTradePaymentTerms', [
      element('ram:Description', payment.terms),
      day('ram:DueDateDateTime', content.dueOn),
      element('ram:DirectDebitMandateID', payment.mandate?.reference ?? null),
    ]),
    element('ram:SpecifiedTradeSettlementHeaderMonetarySummation', [
      element('ram:LineTotalAmount', amount(totals.linesCents)),
      element(
        'ram:ChargeTotalAmount',
        sumOrNone(discounts, (cents) => cents < 0),
      ),
      element(
        'ram:AllowanceTotalAmount',
        sumOrNone(discounts, (cents) => cents > 0),
      ),
      element('ram:TaxBasisTotalAmount', amount(totals.exclCents)),
      element('ram:TaxTotalAmount', amount(totals.vatCents), { currencyID: content.currency }),
      element('ram:GrandTotalAmount', amount(totals.inclCents)),
      totals.prepaidCents === 0 ? null : element('ram:TotalPrepaidAmount', amount(totals.prepaidCents)),
      element('ram:DuePayableAmount', amount(totals.dueCents)),
    ]),
    content.original &&
      element('ram:InvoiceReferencedDocument', [
        element('ram:IssuerAssignedID', content.original.number),
        day('ram:FormattedIssueDateTime', content.original.issuedOn, 'qdt'),
      ]),
  ])
}

/** UNTDID 4461: SEPA credit transfer, SEPA direct debit, bank card, cheque. */
export const meansCodes: Record<PaymentMeans, string> = {
  transfer: '58',
  direct_debit: '59',
  card: '48',
  cheque: '20',
}

function paymentMeans({ means, iban, bic }: InvoiceContent['payment']): Xml | null {
  return element('ram:SpecifiedTradeSettlementPaymentMeans', [
    element('ram:TypeCode', meansCodes[means]),
    means === 'transfer' && iban !== null
      ? [
          element('ram:PayeePartyCreditorFinancialAccount', element('ram:IBANID', iban)),
          element('ram:PayeeSpecifiedCreditorFinancialInstitution', element('ram:BICID', bic)),
        ]
      : null,
  ])
}

function vatBreakdown(vat: ContentVat, onDebits: boolean): Xml | null {
  const [typeCode, category, rate] = vatOf(vat.category, vat.basisPoints)
  return element('ram:ApplicableTradeTax', [
    element('ram:CalculatedAmount', amount(vat.vatCents)),
    typeCode ?? null,
    element('ram:ExemptionReason', vat.exemption),
    element('ram:BasisAmount', amount(vat.baseCents)),
    category ?? null,
    element('ram:ExemptionReasonCode', vat.exemptionCode),
    // CGI art. 269-2 c: with the option for debits VAT is due when the invoice is issued (UNTDID 2475: 5).
    onDebits && vat.category === 'S' ? element('ram:DueDateTypeCode', '5') : null,
    rate ?? null,
  ])
}

function documentDiscount({ label, vatCategory, vatBasisPoints, cents }: ContentDiscount): Xml | null {
  return element('ram:SpecifiedTradeAllowanceCharge', [
    chargeIndicator(cents),
    element('ram:ActualAmount', amount(Math.abs(cents))),
    // One of reason and code is asked for (BR-33, BR-38).
    element('ram:Reason', label.trim() === '' ? 'Remise' : label),
    element('ram:CategoryTradeTax', vatOf(vatCategory, vatBasisPoints)),
  ])
}

function sumOrNone(discounts: readonly ContentDiscount[], counts: (cents: number) => boolean): string | null {
  const counted = discounts.filter(({ cents }) => counts(cents))
  return counted.length === 0 ? null : amount(Math.abs(counted.reduce((sum, { cents }) => sum + cents, 0)))
}
