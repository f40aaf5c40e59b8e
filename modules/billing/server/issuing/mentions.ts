/** What the law wants printed, in the words of the day the document bears. */
import {
  exemptionOf,
  usualExemption,
  type Buyer,
  type ContentVat,
  type InvoiceContent,
  type Mention,
  type TypeCode,
  type VatCategory,
} from '#contract/billing'
import type { Sentences } from '#platform/server/sentences.ts'
import type { SettingsInForce } from '../settings/in-force.ts'

export type Say = (key: string, values?: Record<string, string | number>) => string

export const sayingIn =
  (sentences: Pick<Sentences, 'say'>, language: 'fr' | 'en'): Say =>
  (key, values) =>
    sentences.say(language, key, values)

type About = {
  typeCode: TypeCode
  original: InvoiceContent['original']
  buyer: Buyer
  settings: SettingsInForce
  language: 'fr' | 'en'
  say: Say
}

export function mentionsOf({ typeCode, original, buyer, settings, language, say }: About): Mention[] {
  const { terms, vat } = settings
  const business = buyer.audience === 'business'
  const abroad = buyer.address.country !== 'FR'
  const mentions: (Mention | false)[] = [
    // Which flow of the reform it belongs to (BR-FR-20).
    { code: 'BAR', text: `${business ? 'B2B' : 'B2C'}${abroad ? 'INT' : ''}` },
    // C. com. L441-10 is about professionals alone.
    business && terms !== null && { code: 'PMT', text: say('billing.mention.indemnity') },
    business && terms !== null && { code: 'PMD', text: penalties(settings, language, say) },
    business && terms !== null && { code: 'AAB', text: terms.discountTerms },
    vat?.onDebits === true && { code: 'TXD', text: say('billing.mention.debits') },
    typeCode === 384 &&
      original !== null && {
        code: 'AAI',
        text: say('billing.mention.replaces', {
          number: original.number,
          day: dayIn(language, original.issuedOn),
        }),
      },
    terms?.confidentiality != null && { code: 'AAI', text: terms.confidentiality },
  ]
  return mentions.filter((mention) => mention !== false)
}

function penalties({ terms, rates }: SettingsInForce, language: 'fr' | 'en', say: Say): string {
  const kind = terms?.penaltyKind ?? 'ecb_plus_10'
  const basisPoints = {
    ecb_plus_10: rates.ecbRefi && rates.ecbRefi.basisPoints + 1_000,
    legal_times_3: rates.legal && rates.legal.basisPoints * 3,
    fixed: terms?.penaltyBasisPoints ?? null,
  }[kind]
  const key = `billing.mention.penalties.${kind}`
  return basisPoints === null ? say(key) : say(`${key}.rate`, { rate: rateIn(language, basisPoints) })
}

// Made once: to make one costs more than all else a document needs.
const rates = {
  fr: new Intl.NumberFormat('fr-FR', { style: 'percent', maximumFractionDigits: 2 }),
  en: new Intl.NumberFormat('en-GB', { style: 'percent', maximumFractionDigits: 2 }),
}
const days = {
  fr: new Intl.DateTimeFormat('fr-FR', { timeZone: 'UTC' }),
  en: new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC' }),
}

const rateIn = (language: 'fr' | 'en', basisPoints: number) => rates[language].format(basisPoints / 10_000)

export const dayIn = (language: 'fr' | 'en', day: string) =>
  days[language].format(new Date(`${day}T00:00:00Z`))

/** @param chosen the code of the group's first line that says one */
export function exemptionFor(
  category: VatCategory,
  chosen: string | null,
  regime: 'normal' | 'franchise' | 'exempt_care',
): Pick<ContentVat, 'exemptionCode' | 'exemption'> {
  const code = category === 'S' || category === 'Z' ? null : (chosen ?? usualExemption(category, regime))
  return { exemptionCode: code, exemption: exemptionOf(code)?.sentence ?? code }
}
