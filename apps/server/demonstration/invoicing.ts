import { vatOn } from '#platform/contract/money.ts'
import type { Chance } from './chance.ts'
import { plusDays, plusMonths, type Day } from './calendar.ts'
import { daysToPay, type Subscribed } from './lives.ts'
import { cabinet, vatRate, type Offer } from './offers.ts'

export type Method = 'direct_debit' | 'card' | 'transfer' | 'cheque'
export type DocumentLine = { description: string; quantity: number; unitPriceCents: number }
export type Document = {
  kind: 'invoice' | 'credit_note'
  issuedOn: Day
  dueOn: Day
  /** Which days it is for. */
  period: { from: Day; until: Day }
  lines: DocumentLine[]
  payments: { receivedOn: Day; amountCents: number }[]
}

/** @returns cents excluding VAT, and the VAT on their sum (EN 16931 BR-CO-17: all lines bear one rate here) */
export function totalsOf(lines: readonly DocumentLine[]): { excl: number; vat: number } {
  const excl = lines.reduce((sum, line) => sum + line.quantity * line.unitPriceCents, 0)
  return { excl, vat: vatOn(excl, vatRate) }
}

/** How long each method takes to arrive, in days. */
const delays: Record<Method, [least: number, most: number]> = {
  card: [0, 0],
  direct_debit: [4, 6],
  transfer: [6, 13],
  cheque: [8, 14],
}

/** The monthly invoices of a subscription up to today, with what was paid of them. */
export function documentsOf(
  subscribed: Subscribed,
  about: { offer: Offer; method: Method; inParts: boolean; today: Day; chance: Chance },
): Document[] {
  const { offer, method, inParts, today, chance } = about
  return invoiceDays(subscribed, today).map((issuedOn, index): Document => {
    const lines = [{ description: offer.described, quantity: 1, unitPriceCents: offer.monthlyCents }]
    if (index === 0 && offer === cabinet)
      lines.push({
        description: 'Mise en service et reprise des données',
        quantity: 1,
        unitPriceCents: 4_900,
      })
    const dueOn = plusDays(issuedOn, daysToPay)
    const { excl, vat } = totalsOf(lines)
    const isLate = subscribed.daysLate !== undefined && plusDays(dueOn, subscribed.daysLate) === today
    const arrives = plusDays(issuedOn, chance.between(...delays[method]))
    const first = {
      receivedOn: arrives,
      amountCents: isLate || (inParts && index === 0) ? 1_000 : excl + vat,
    }
    const rest = {
      receivedOn: earlier(plusDays(arrives, 9), dueOn),
      amountCents: excl + vat - first.amountCents,
    }
    const payments = isLate ? (inParts ? [first] : []) : [first, rest]
    return {
      kind: 'invoice',
      issuedOn,
      dueOn,
      period: { from: issuedOn, until: plusDays(plusMonths(issuedOn, 1), -1) },
      lines,
      payments: payments.filter(({ receivedOn, amountCents }) => receivedOn <= today && amountCents > 0),
    }
  })
}

const earlier = (one: Day, other: Day): Day => (one < other ? one : other)

/** Takes an invoice back, whole, some days later; its lines positive, as they are printed. */
export function creditNoteFor(invoice: Document, today: Day): Document | undefined {
  const issuedOn = plusDays(invoice.issuedOn, 3)
  if (issuedOn > today) return undefined
  return {
    kind: 'credit_note',
    issuedOn,
    dueOn: issuedOn,
    period: invoice.period,
    lines: invoice.lines,
    payments: [],
  }
}

function invoiceDays({ payingFrom, payingUntil, invoicedOn }: Subscribed, today: Day): Day[] {
  if (payingFrom === null) return []
  const anchor = invoicedOn ?? payingFrom
  const days: Day[] = []
  // Counted from one day, or the 31st would slide to the 28th for good.
  for (let month = -40; ; month++) {
    const day = plusMonths(anchor, month)
    if (day > today || (payingUntil !== null && day >= payingUntil)) return days
    if (day >= payingFrom) days.push(day)
  }
}
