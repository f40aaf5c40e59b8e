import { demoId } from './ids.ts'
import type { Rows } from './rows.ts'

export type Offer = {
  id: string
  key: string
  name: string
  monthlyCents: number
  /** What an invoice's line says. */
  described: string
}

const since = new Date('2024-01-01T00:00:00Z')
const offer = (
  number: number,
  key: string,
  name: string,
  monthlyCents: number,
  described: string,
): Offer => ({
  id: demoId('plan', number, since),
  key,
  name,
  monthlyCents,
  described,
})

/** 24,17 € excluding VAT make 29,00 € with it: the reference case of billing. */
export const solo = offer(1, 'solo', 'Solo', 2_417, 'Abonnement à MaGestionPsy')
export const cabinet = offer(2, 'cabinet', 'Cabinet', 4_083, 'Abonnement à MaGestionPsy, formule Cabinet')
export const secretariat = offer(
  3,
  'secretariat',
  'Secrétariat',
  3_250,
  'Abonnement à MaGestionPsy, formule Secrétariat',
)

export const offers = [solo, cabinet, secretariat] as const

/** Basis points; France's normal rate (CGI article 278). */
export const vatRate = 2_000

/** Whoever pays a year at once pays ten months of it. */
const monthsOfAYear = 10

/** What is sold, with its prices since the beginning, the options beside it and a code for the trade fair. */
export function catalogueRows(): Pick<Rows, 'plans' | 'planPrices' | 'planOptions' | 'coupons'> {
  return {
    plans: offers.map(({ id, key, name, monthlyCents, described }, position) => ({
      id,
      key,
      name,
      monthlyCents,
      vatBasisPoints: vatRate,
      description: described,
      position,
    })),
    planPrices: offers.flatMap(({ id, monthlyCents }, index) =>
      ([1, 12] as const).map((intervalMonths) => ({
        id: demoId('plan price', index * 100 + intervalMonths, since),
        planId: id,
        intervalMonths,
        inForceFrom: '2024-01-01',
        priceCents: monthlyCents * (intervalMonths === 12 ? monthsOfAYear : 1),
        vatBasisPoints: vatRate,
        createdAt: since,
      })),
    ),
    planOptions: [
      { key: 'sms', name: 'Rappels par SMS (cent par mois)', monthlyCents: 500 },
      { key: 'seat', name: 'Siège supplémentaire', monthlyCents: 1_250 },
    ].map((option, index) => ({
      ...option,
      id: demoId('plan option', index, since),
      vatBasisPoints: vatRate,
    })),
    coupons: [
      { code: 'SALON2026', percentBasisPoints: 2_000, periods: 3, usesAtMost: 200 },
      { code: 'PARRAINAGE', amountCents: 500, periods: 12, usesAtMost: null },
    ].map((coupon, index) => ({ ...coupon, id: demoId('coupon', index, since), createdAt: since })),
  }
}
