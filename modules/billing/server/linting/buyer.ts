/** Who is invoiced: what the client's page and billing profile must say. */
import type { InvoiceContent } from '#contract/billing'
import { frenchVatHolds, luhnHolds } from '#platform/contract/check-digits.ts'
import { error, type Findings, mentionsOfInvoices, warning } from './finding.ts'
import { addressHolds } from './seller.ts'

export function* buyerFindings(content: InvoiceContent): Findings {
  const { buyer } = content
  if (buyer.name.trim() === '')
    yield error('client_name_missing', 'client.legalName', `${mentionsOfInvoices('1°')} · BR-07`)
  if (!addressHolds(buyer.address))
    yield error('client_address_incomplete', 'client.address', `${mentionsOfInvoices('1°')} · BR-10, BR-11`)
  if (buyer.audience === 'business') yield* businessFindings(content)
  yield* vatNumberFindings(content)
}

/** What the platforms ask for is asked for in France alone. */
function* businessFindings({ buyer }: InvoiceContent): Findings {
  const french = buyer.address.country === 'FR'
  if (french && buyer.siren === null)
    // Décret n° 2022-1299: the client's SIREN is a mention of its own.
    yield error('client_siren_missing', 'client.siren', `${mentionsOfInvoices('1°')} · BR-FR-11`)
  if (buyer.siren !== null && (!/^\d{9}$/.test(buyer.siren) || !luhnHolds(buyer.siren)))
    yield error('client_siren_wrong', 'client.siren', 'C. com. art. R123-221 · BR-FR-32', {
      siren: buyer.siren,
    })
  if (buyer.siret !== null && (!/^\d{14}$/.test(buyer.siret) || !buyer.siret.startsWith(buyer.siren ?? '-')))
    yield error('client_siret_wrong', 'client.siret', 'C. com. art. R123-221 · BR-FR-09', {
      siret: buyer.siret,
    })
  const field = 'client.electronicAddress'
  if (buyer.electronicAddress === null) {
    if (french && buyer.siren !== null)
      yield error('client_electronic_address_missing', field, 'CGI art. 289 bis · BR-FR-12')
    if (!french) yield warning('client_electronic_address_abroad', field, 'XP Z12-012 · BR-FR-12')
    return
  }
  const { scheme, value } = buyer.electronicAddress
  if (french && buyer.siren !== null && (scheme !== '0225' || !value.startsWith(buyer.siren)))
    yield error('client_electronic_address_wrong', field, 'XP Z12-012 · BR-FR-21', { siren: buyer.siren })
  if (value.length > 125 || (scheme === '0225' && !/^[A-Za-z0-9+\-_.]+$/.test(value)))
    yield error('client_electronic_address_signs', field, 'XP Z12-012 · BR-FR-23, BR-FR-25')
}

function* vatNumberFindings({ buyer, vat }: InvoiceContent): Findings {
  const field = 'client.vatNumber'
  const { vatNumber } = buyer
  if (vatNumber === null) {
    // Who owes VAT in the seller's stead is named by it (BR-AE-02 takes the SIREN too, the law does not).
    if (vat.some(({ category }) => category === 'AE' || category === 'K'))
      yield error('client_vat_number_missing', field, `${mentionsOfInvoices('4°')} · BR-AE-02, BR-IC-02`)
    return
  }
  const french = vatNumber.startsWith('FR')
  if (
    !/^[A-Z]{2}[A-Z0-9+*]{2,12}$/.test(vatNumber) ||
    (french && !frenchVatHolds(vatNumber, buyer.siren ?? vatNumber.slice(4)))
  )
    yield error('client_vat_number_wrong', field, 'CGI art. 286 ter · BR-CO-09', { vatNumber })
}
