/** Who invoices: what the settings must say before anything is issued. */
import type { InvoiceContent } from '#contract/billing'
import { frenchVatHolds, luhnHolds, mod97Holds } from '#platform/contract/check-digits.ts'
import type { About } from './about.ts'
import { error, type Findings, mentionsOfInvoices, warning } from './finding.ts'

export function* sellerFindings(content: InvoiceContent, about: About): Findings {
  const { seller } = content
  if (seller.name === '') {
    // Without an identity everything else about the seller is missing too, which nobody needs to be told one by one.
    yield error('seller_unknown', 'settings.identity', `${mentionsOfInvoices('1°')} · BR-06`)
    return
  }
  if (!/^\d{9}$/.test(seller.siren) || !luhnHolds(seller.siren))
    yield error('seller_siren_wrong', 'settings.identity.siren', `${mentionsOfInvoices('1°')} · BR-FR-10`)
  if (seller.siret !== null && !seller.siret.startsWith(seller.siren))
    yield error('seller_siret_wrong', 'settings.identity.siret', 'C. com. art. R123-221 · BR-FR-09')
  if (!addressHolds(seller.address))
    yield error(
      'seller_address_incomplete',
      'settings.identity.address',
      `${mentionsOfInvoices('1°')} · BR-08`,
    )
  if (seller.electronicAddress.value === '')
    yield error('seller_electronic_address', 'settings.identity.electronicAddress', 'XP Z12-012 · BR-FR-13')
  yield* vatNumberFindings(content)
  if (about.vatRegime === null) yield error('vat_regime_unknown', 'settings.vat', 'CGI art. 286, I-1°')
  if (!seller.soleTrader && capitalForms.test(seller.legalForm) && seller.capitalCents === null)
    yield warning('seller_capital_missing', 'settings.identity.capitalCents', 'C. com. art. R123-238, 1°')
  if (seller.legalForm !== '' && seller.rcsCity === null)
    yield warning('seller_register_missing', 'settings.identity.rcsCity', 'C. com. art. R123-237, 2°')
  yield* bankFindings(content)
}

/** Companies that have a capital to tell. */
const capitalForms = /^(SAS|SASU|SA|SARL|EURL|SCA|SCS|SNC|SEL[A-Z]*)$/i

export const addressHolds = ({ lines, postcode, city, country }: InvoiceContent['seller']['address']) =>
  lines.some((line) => line.trim() !== '') &&
  postcode.trim() !== '' &&
  city.trim() !== '' &&
  /^[A-Z]{2}$/.test(country)

function* vatNumberFindings({ seller, vat }: InvoiceContent): Findings {
  const field = 'settings.identity.vatNumber'
  if (seller.vatNumber === null) {
    if (vat.some(({ category }) => category === 'S' || category === 'AE' || category === 'K'))
      yield error('seller_vat_number_missing', field, `${mentionsOfInvoices('3°')} · BR-S-02`)
  } else if (!frenchVatHolds(seller.vatNumber, seller.siren)) {
    yield error('seller_vat_number_wrong', field, 'CGI art. 286 ter · BR-CO-09')
  }
}

function* bankFindings({ payment, totals }: InvoiceContent): Findings {
  if (payment.means === 'transfer') {
    if (payment.iban === null && totals.dueCents > 0)
      yield error('bank_unknown', 'settings.bank', 'EN 16931 · BR-50, BR-61')
    if (payment.iban !== null && !mod97Holds(payment.iban))
      yield error('iban_wrong', 'settings.bank.iban', 'ISO 13616 · BT-84')
  }
  if (payment.means === 'direct_debit' && payment.mandate === null && totals.dueCents > 0)
    yield error('mandate_missing', 'paymentMeans', 'Règlement (UE) n° 260/2012, annexe, 3 · BT-89')
}
