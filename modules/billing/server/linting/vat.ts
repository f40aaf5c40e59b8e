/** VAT: rates in force, what exempts, and what the seller's regime allows. */
import {
  type ContentLine,
  type ContentVat,
  exemptionOf,
  type InvoiceContent,
  vatRatesInForce,
} from '#contract/billing'
import type { About } from './about.ts'
import { error, type Findings, mentionsOfInvoices, warning } from './finding.ts'

export function* vatFindings(content: InvoiceContent, about: About): Findings {
  for (const [index, line] of content.lines.entries()) yield* rateFindings(line, `lines.${index}`, about)
  for (const one of content.vat) {
    const index = content.lines.findIndex((line) => line.vatCategory === one.category)
    yield* exemptionFindings(one, `lines.${Math.max(index, 0)}.vatExemption`, about)
  }
  yield* togetherFindings(content)
}

const rates: readonly number[] = vatRatesInForce

function* rateFindings(line: ContentLine, field: string, about: About): Findings {
  const { vatCategory, vatBasisPoints, position } = line
  const values = { line: position, rate: vatBasisPoints / 100 }
  if (vatCategory === 'S' && about.vatRegime === 'franchise')
    yield error('franchise_bears_vat', `${field}.vatCategory`, 'CGI art. 293 B, 293 E, 283, 3', values)
  if (vatCategory === 'S' && vatBasisPoints === 0)
    yield error('rate_missing', `${field}.vatBasisPoints`, `${mentionsOfInvoices('8°')} · BR-S-05`, values)
  else if (vatCategory === 'S' && !rates.includes(vatBasisPoints))
    yield error(
      'rate_unknown',
      `${field}.vatBasisPoints`,
      'CGI art. 278 à 281 nonies, 297 · BR-FR-16',
      values,
    )
  if (vatCategory !== 'S' && vatBasisPoints !== 0)
    yield error('rate_on_exempt', `${field}.vatBasisPoints`, `EN 16931 · BR-${vatCategory}-05`, values)
}

function* exemptionFindings(
  { category, exemption, exemptionCode }: ContentVat,
  field: string,
  about: About,
): Findings {
  if (category === 'S' || category === 'Z') {
    if (exemption !== null || exemptionCode !== null)
      yield error('exemption_on_taxed', field, `EN 16931 · BR-${category}-10`)
    return
  }
  if (exemptionCode === null || exemption === null || exemption.trim() === '') {
    const mention = category === 'AE' ? '13°' : '12°'
    yield error(
      'exemption_missing',
      field,
      `${mentionsOfInvoices(mention)} · BR-${category === 'K' ? 'IC' : category}-10`,
    )
    return
  }
  const known = exemptionOf(exemptionCode)
  if (known === undefined) {
    if (!/^VATEX-(EU|FR)-/.test(exemptionCode))
      yield error('exemption_unknown', field, 'EN 16931 · BR-CL-22', { code: exemptionCode })
    return
  }
  if (known.category !== category)
    yield error('exemption_of_another', field, mentionsOfInvoices('12°'), { code: exemptionCode })
  const franchise = exemptionCode === 'VATEX-FR-FRANCHISE'
  if (franchise && about.vatRegime === 'normal')
    yield error('exemption_not_ours', field, 'CGI art. 293 B', { code: exemptionCode })
  if (category === 'E' && !franchise && about.vatRegime === 'franchise')
    yield warning('exemption_not_franchise', field, 'CGI art. 293 E', { code: exemptionCode })
}

function* togetherFindings({ vat, suppliedOn, period, buyer }: InvoiceContent): Findings {
  const has = (category: string) => vat.some((one) => one.category === category)
  if (has('O') && vat.length > 1) yield error('outside_scope_mixed', 'lines', 'EN 16931 · BR-O-11')
  if (has('K') && suppliedOn === null && period === null)
    yield error('supply_day_missing', 'suppliedOn', `${mentionsOfInvoices('10°')} · BR-IC-11`)
  if (has('K') && buyer.address.country === 'FR')
    yield error('union_within_france', 'client.address', 'CGI art. 262 ter, I · BR-IC-12')
  if (has('G') && buyer.address.country === 'FR')
    yield warning('export_within_france', 'client.address', 'CGI art. 262, I')
}
