/** What a line may bear of VAT, in the order of use: one word in a list stands for category, rate and what exempts it. */
import type { DraftLine, VatCategory } from '#contract/billing'
import type { Formats } from '#platform/ui/formats.ts'
import type { MessageKey, Translate } from '#platform/ui/messages.tsx'

export type VatChoice = {
  key: string
  group: 'usual' | 'overseas' | 'without'
  vatCategory: VatCategory
  vatBasisPoints: number
  vatExemption: string | null
}

type Vat = Pick<DraftLine, 'vatCategory' | 'vatBasisPoints' | 'vatExemption'>

export const keyOfVat = ({ vatCategory, vatBasisPoints, vatExemption }: Vat): string =>
  [vatCategory, vatBasisPoints, ...(vatExemption ? [vatExemption] : [])].join(' ')

const choice = (
  group: VatChoice['group'],
  vatCategory: VatCategory,
  vatBasisPoints: number,
  vatExemption: string | null = null,
): VatChoice => {
  const vat = { vatCategory, vatBasisPoints, vatExemption }
  return { key: keyOfVat(vat), group, ...vat }
}

/** Rates of BR-FR-16 that are in force, and each way to bear none. */
export const vatChoices: readonly VatChoice[] = [
  ...[2_000, 1_000, 550, 210].map((rate) => choice('usual', 'S', rate)),
  ...[850, 1_300, 175, 105, 90].map((rate) => choice('overseas', 'S', rate)),
  choice('without', 'E', 0, 'VATEX-FR-CGI261-4'),
  choice('without', 'E', 0, 'VATEX-FR-FRANCHISE'),
  choice('without', 'AE', 0, 'VATEX-EU-AE'),
  choice('without', 'K', 0, 'VATEX-EU-IC'),
  choice('without', 'G', 0, 'VATEX-EU-G'),
  choice('without', 'O', 0, 'VATEX-EU-O'),
  choice('without', 'Z', 0),
]

export const usualVat = 'S 2000'

const byKey = new Map(vatChoices.map((one) => [one.key, one]))

/** One that came from elsewhere and is none of the list is read from its own key. */
export function vatOf(key: string): Vat {
  const known = byKey.get(key)
  if (known) {
    const { vatCategory, vatBasisPoints, vatExemption } = known
    return { vatCategory, vatBasisPoints, vatExemption }
  }
  const [category = 'S', rate = '0', exemption = null] = key.split(' ')
  // Only keyOfVat writes keys.
  return { vatCategory: category as VatCategory, vatBasisPoints: Number(rate), vatExemption: exemption }
}

const words: Readonly<Record<string, MessageKey>> = {
  'VATEX-FR-CGI261-4': 'billing.editor.vat.care',
  'VATEX-FR-FRANCHISE': 'billing.editor.vat.franchise',
  AE: 'billing.editor.vat.reverse',
  K: 'billing.editor.vat.community',
  G: 'billing.editor.vat.export',
  O: 'billing.editor.vat.outside',
  Z: 'billing.editor.vat.zero',
  E: 'billing.editor.vat.exempt',
}

/** « 20 % », « Exonérée (soins) ». */
export function vatWords(vat: Vat, t: Translate, formats: Formats): string {
  const { vatCategory, vatBasisPoints, vatExemption } = vat
  if (vatCategory === 'S') return formats.rate(vatBasisPoints)
  const word = words[vatExemption ?? ''] ?? words[vatCategory]
  return word ? t(word) : vatCategory
}
