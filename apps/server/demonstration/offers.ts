import { demoId } from './ids.ts'

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
