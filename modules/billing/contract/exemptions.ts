/** Why a line bears no VAT: the code machines read (VATEX, BT-121) and the sentence the law wants printed (BT-120). */
import type { VatCategory } from './content.ts'

export type Exemption = {
  code: string
  category: VatCategory
  /** French whatever the document's language: it is a mention of French law. */
  sentence: string
}

/** CGI ann. II art. 242 nonies A, I-12° to 13°: the provision that exempts is named. */
export const exemptions: readonly Exemption[] = [
  {
    code: 'VATEX-FR-FRANCHISE',
    category: 'E',
    sentence: 'TVA non applicable, art. 293 B du CGI',
  },
  {
    code: 'VATEX-FR-CGI261-4',
    category: 'E',
    sentence: 'Exonération de TVA, article 261, 4-1° du CGI',
  },
  { code: 'VATEX-EU-AE', category: 'AE', sentence: 'Autoliquidation (article 283, 2 du CGI)' },
  { code: 'VATEX-FR-AE', category: 'AE', sentence: 'Autoliquidation (article 283 du CGI)' },
  { code: 'VATEX-EU-IC', category: 'K', sentence: 'Exonération de TVA, article 262 ter, I du CGI' },
  { code: 'VATEX-EU-G', category: 'G', sentence: 'Exonération de TVA, article 262, I du CGI' },
  { code: 'VATEX-EU-O', category: 'O', sentence: 'TVA non applicable, article 259-1 du CGI' },
]

export const exemptionOf = (code: string | null): Exemption | undefined =>
  exemptions.find((one) => one.code === code)

/** What a line of this category is exempted by unless told; null: it bears VAT, be it 0 %. */
export const usualExemption = (category: VatCategory, regime: 'normal' | 'franchise' | 'exempt_care') =>
  category === 'E' && regime === 'exempt_care'
    ? 'VATEX-FR-CGI261-4'
    : (exemptions.find((one) => one.category === category)?.code ?? null)
