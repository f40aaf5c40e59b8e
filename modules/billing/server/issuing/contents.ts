/** From a draft to what the document will say: for its check, its preview, and what is frozen. */
import {
  preNotificationDays,
  sumsOf,
  vatOnCredit,
  type DraftFields,
  type InvoiceContent,
  type PaymentMeans,
  type Seller,
  type Sums,
  type TypeCode,
} from '#contract/billing'
import { rateOf, type Left } from '../drafts/rates-left.ts'
import type { SettingsInForce } from '../settings/in-force.ts'
import type { Billed } from './buyers.ts'
import { dayIn, exemptionFor, mentionsOf, type Say } from './mentions.ts'

export type Drafted = DraftFields & {
  typeCode: TypeCode
  original: { typeCode: TypeCode; number: string; issuedOn: string } | null
  mandate: { reference: string; ibanEnding: string } | null
  /** Of a credit note: what earlier ones took back of the document it cites. */
  credited?: Pick<Left, 'rates'> | null
}

export type Numbered = { number: string; issuedOn: string; say: Say }

export function contentOf(
  draft: Drafted,
  settings: SettingsInForce,
  { buyer, language, ...profile }: Billed,
  { number, issuedOn, say }: Numbered,
): InvoiceContent {
  const sums = summedUp(draft)
  const regime = settings.vat?.regime ?? 'normal'
  const means: PaymentMeans = draft.paymentMeans ?? profile.paymentMeans ?? 'transfer'
  const agreed = profile.paymentDays ?? settings.terms?.paymentDays ?? usualDays
  // Who is debited is told early enough, unless the draft itself says otherwise, which the linter then finds.
  const days =
    draft.paymentDays ?? (means === 'direct_debit' ? Math.max(agreed, preNotificationDays) : agreed)
  const dueOn = draft.typeCode === 381 ? issuedOn : plusDays(issuedOn, days)
  const original = draft.original && { number: draft.original.number, issuedOn: draft.original.issuedOn }
  return {
    version: 1,
    layout: 'invoice-1',
    language,
    typeCode: draft.typeCode,
    number,
    issuedOn,
    dueOn,
    suppliedOn: draft.suppliedOn === issuedOn ? null : draft.suppliedOn,
    period: draft.period,
    currency: 'EUR',
    frame: frameOf(draft),
    seller: sellerOf(settings),
    buyer,
    original,
    orderReference: draft.orderReference,
    lines: draft.lines.map((line, index) => ({
      position: index + 1,
      description: line.description,
      quantity: line.quantity,
      unit: line.unit,
      unitPriceCents: line.unitPriceCents,
      discountCents: sums.lines[index]?.discountCents ?? 0,
      discountBasisPoints: line.discountBasisPoints > 0 ? line.discountBasisPoints : null,
      exclCents: sums.lines[index]?.exclCents ?? 0,
      vatCategory: line.vatCategory,
      vatBasisPoints: line.vatBasisPoints,
      period: line.period,
    })),
    discounts: sums.discounts,
    vat: sums.vat.map((one) => ({
      ...one,
      ...exemptionFor(one.category, chosenExemption(draft, one), regime),
    })),
    totals: {
      linesCents: sums.linesCents,
      discountCents: sums.discountCents,
      exclCents: sums.exclCents,
      vatCents: sums.vatCents,
      inclCents: sums.inclCents,
      prepaidCents: 0,
      dueCents: sums.inclCents,
    },
    payment: {
      means,
      iban: settings.bank?.iban ?? null,
      bic: settings.bank?.bic ?? null,
      reference: number,
      terms: termsOf({ typeCode: draft.typeCode, days, means, due: dayIn(language, dueOn) }, say),
      mandate:
        means === 'direct_debit' && draft.mandate && settings.bank?.creditorId
          ? { ...draft.mandate, creditorId: settings.bank.creditorId }
          : null,
    },
    mentions: mentionsOf({ typeCode: draft.typeCode, original, buyer, settings, language, say }),
    note: [
      draft.note,
      settings.terms?.note,
      buyer.audience === 'business' ? settings.appearance?.businessNote : settings.appearance?.privateNote,
    ]
      .filter((part) => part !== undefined && part.trim() !== '')
      .join('\n'),
    appearance: {
      accent: settings.appearance?.accent ?? usualAccent,
      logo: settings.appearance?.logo ?? null,
      footer: settings.appearance?.footer ?? '',
    },
  }
}

/** A credit note bears so much VAT that what was credited so far bears that of its sum. */
function summedUp({ typeCode, lines, discount, credited }: Drafted): Sums {
  const sums = sumsOf(lines, discount)
  if (typeCode !== 381 || !credited) return sums
  const vat = sums.vat.map((one) => {
    const before = rateOf(credited, one)
    if (!before) return one
    const { creditedCents: baseCents, creditedVatCents: vatCents } = before
    return { ...one, vatCents: vatOnCredit(one.baseCents, one.basisPoints, { baseCents, vatCents }) }
  })
  const vatCents = vat.reduce((sum, one) => sum + one.vatCents, 0)
  return { ...sums, vat, vatCents, inclCents: sums.exclCents + vatCents }
}

const usualDays = 30
const usualAccent = '#0f5a5e'

/** BT-23. What is sold here are services; a final invoice cites the deposit it takes off. */
function frameOf({ typeCode, original }: Drafted): string {
  return typeCode === 380 && original?.typeCode === 386 ? 'S4' : 'S1'
}

/** Without an identity in force it says nothing of the seller, and the linter says so. */
function sellerOf({ identity }: SettingsInForce): Seller {
  return (
    identity ?? {
      name: '',
      legalForm: '',
      soleTrader: false,
      capitalCents: null,
      siren: '',
      siret: null,
      rcsCity: null,
      vatNumber: null,
      address: { lines: [], postcode: '', city: '', country: 'FR' },
      email: '',
      phone: null,
      electronicAddress: { scheme: '0225', value: '' },
    }
  )
}

const chosenExemption = ({ lines }: Drafted, of: { category: string; basisPoints: number }) =>
  lines.find(
    (line) =>
      line.vatCategory === of.category &&
      line.vatBasisPoints === of.basisPoints &&
      line.vatExemption !== null,
  )?.vatExemption ?? null

type Terms = { typeCode: TypeCode; days: number; means: PaymentMeans; due: string }

function termsOf({ typeCode, days, means, due }: Terms, say: Say): string {
  if (typeCode === 381) return say('billing.terms.credit_note')
  if (means === 'direct_debit') return say('billing.terms.direct_debit', { due })
  return days === 0 ? say('billing.terms.on_receipt') : say('billing.terms.days', { days, due })
}

export const plusDays = (day: string, days: number): string =>
  Temporal.PlainDate.from(day).add({ days }).toString()
