/**
 * What a fee note says, frozen when it is issued: plain JSON, hashed in its canonical form (RFC 8785), and all that its PDF
 * is made of. `layout` names the template: one that is changed becomes another, and what was issued keeps its own.
 */
import { createHash } from 'node:crypto'
import { monSoutienPsyPriceOn } from '#contract/agenda'
import type { PaymentMethod } from '#contract/fees'
import { canonicalJson } from '#server/audit'
import type { DueRow } from '../dues-queries.ts'
import type { Addressee, PaidLine, PracticeRow, ProfileRow } from './mention-queries.ts'

export type NoteLine = {
  on: string
  label: string
  status: DueRow['status']
  cents: number
  /** How « Mon soutien psy » parts it, where it is a session at the price that is set. */
  shares: { insuranceCents: number; complementaryCents: number } | null
}

export type NoteContent = {
  layout: 1
  number: string
  issuedOn: string
  practitioner: {
    name: string
    profession: string
    rpps: string | null
    adeli: string | null
    siret: string | null
    phone: string
  }
  practice: { name: string; address: string; postcode: string; city: string; phone: string; email: string }
  patient: { name: string; bornOn: string | null; address: string; postcode: string; city: string }
  payer: string | null
  lines: NoteLine[]
  totalCents: number
  payments: { on: string; method: PaymentMethod; cents: number }[]
  paidCents: number
  leftCents: number
}

type Told = {
  number: string
  issuedOn: string
  practice: PracticeRow
  profile: ProfileRow
  addressee: Addressee
  dues: readonly (DueRow & { monSoutienPsy: boolean })[]
  paid: readonly PaidLine[]
}

export function contentOf({ number, issuedOn, practice, profile, addressee, dues, paid }: Told): NoteContent {
  const { timeZone: _, ...house } = practice
  const totalCents = dues.reduce((sum, due) => sum + due.dueCents, 0)
  const paidCents = paid.reduce((sum, { cents }) => sum + cents, 0)
  return {
    layout: 1,
    number,
    issuedOn,
    practitioner: profile,
    practice: house,
    patient: addressee.patient,
    payer: addressee.payer,
    lines: dues.map(({ onDay: on, label, status, dueCents: cents, monSoutienPsy }) => ({
      on,
      label,
      status,
      cents,
      shares: monSoutienPsy && (status === 'kept' || status === 'planned') ? sharesOf(cents, on) : null,
    })),
    totalCents,
    payments: [...paid],
    paidCents,
    leftCents: totalCents - paidCents,
  }
}

/** As the health insurance parts its own price of that day; no other amount is its to part. */
function sharesOf(cents: number, on: string): NoteLine['shares'] {
  const price = monSoutienPsyPriceOn(on)
  if (price?.feeCents !== cents) return null
  const { insuranceCents, complementaryCents } = price
  return { insuranceCents, complementaryCents }
}

export const sha256Of = (content: NoteContent): Buffer =>
  createHash('sha256').update(canonicalJson(content)).digest()
