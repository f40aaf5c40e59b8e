/** Whose payment a line of the statement probably is, and how sure that is: points for each thing that agrees. */
import type { matchReasons } from '#contract/billing'
import { plain } from './reading/columns.ts'

export type Reason = (typeof matchReasons)[number]

/** A number says all; an amount or a name alone says little, since many pay 29,00 € and some share a name; the name says more. */
export const points: Readonly<Record<Reason, number>> = {
  number: 60,
  number_paid: 40,
  end_to_end: 60,
  amount: 25,
  amount_of_all: 25,
  amount_part: 5,
  amount_over: 5,
  account: 35,
  name: 30,
  email_name: 10,
}
/** From here on, and with nobody else near it, no person has to look. */
const sureFrom = 80
const lead = 30

export type Line = {
  amountCents: number
  label: string
  reference: string
  counterparty: string
}

export type Candidate = {
  client: { id: string; firstName: string; lastName: string; email: string }
  legalName: string
  /** Paid from this account before. */
  paidBefore: boolean
  /** Paid already, and named by the line: they paid twice, or more than they owed. */
  paidNumbers: readonly { id: string; number: string }[]
  owedInvoices: number
  owedCents: number
  /** Of what they owe, the oldest first: as much as a line may pay, with what it names or is the amount of. */
  invoices: readonly { id: string; number: string; outstandingCents: number }[]
}

export type Suggestion = {
  client: Candidate['client']
  allocations: { invoiceId: string; number: string; amountCents: number; outstandingCents: number }[]
  creditCents: number
  score: number
  reasons: { code: Reason; points: number }[]
  sure: boolean
}

/** @param isTwin another file told it before: whatever it names, a person looks */
export function suggestionsFor(line: Line, candidates: readonly Candidate[], isTwin = false): Suggestion[] {
  const text = compact(`${line.label} ${line.reference}`)
  const names = ({ invoices }: Candidate) => invoices.some(({ number }) => holdsNumber(text, number))
  // What names an invoice is nobody else's, paid or not.
  const isNamedPaid = candidates.some(({ paidNumbers }) => paidNumbers.length > 0)
  const meant = isNamedPaid
    ? candidates.filter((one) => one.paidNumbers.length > 0 || names(one))
    : candidates
  const scored = meant
    .map((candidate) => suggestion(line, candidate))
    .map((one) => (isTwin ? { ...one, score: Math.min(one.score, sureFrom - 1) } : one))
    .filter(({ score }) => score >= points.amount)
    .toSorted((one, other) => other.score - one.score || (one.client.id < other.client.id ? -1 : 1))
  const [first, second] = scored
  if (first)
    first.sure =
      first.score >= sureFrom &&
      first.creditCents === 0 &&
      // What names an invoice that is paid may be the same money told once more.
      first.reasons.every(({ code }) => code !== 'number_paid') &&
      first.allocations.every((one) => one.amountCents === one.outstandingCents) &&
      first.score - (second?.score ?? 0) >= lead
  return scored.slice(0, 3)
}

function suggestion(
  line: Line,
  { client, legalName, paidBefore, paidNumbers, owedInvoices, owedCents, invoices }: Candidate,
): Suggestion {
  const reasons: Suggestion['reasons'] = []
  const say = (code: Reason) => reasons.push({ code, points: points[code] })
  const text = compact(`${line.label} ${line.reference}`)
  const named = invoices.filter(({ number }) => holdsNumber(text, number))
  const sum = (of: Candidate['invoices']) => of.reduce((total, one) => total + one.outstandingCents, 0)
  if (named.length > 0) say('number')
  else if (paidNumbers.length > 0) say('number_paid')
  let paid: Candidate['invoices'] = []
  if (named.length > 0) {
    paid = named
    if (sum(named) === line.amountCents) say('amount')
    else if (sum(named) > line.amountCents) say('amount_part')
    else say('amount_over')
  } else {
    const exact = invoices.find(({ outstandingCents }) => outstandingCents === line.amountCents)
    if (exact) say('amount')
    else if (owedInvoices > 1 && owedCents === line.amountCents) say('amount_of_all')
    else if (owedCents > line.amountCents) say('amount_part')
    else if (owedInvoices > 0) say('amount_over')
    // What was meant for an invoice that is paid goes to no other by itself, unless the sum says so.
    paid = exact ? [exact] : paidNumbers.length > 0 ? [] : invoices
  }
  if (paidBefore) say('account')
  const words = new Set(plain(`${line.counterparty} ${line.label}`).split(' '))
  if (isNamed(words, client, legalName)) say('name')
  else if (spells(words, client.email.split('@')[0] ?? '')) say('email_name')
  const allocations = sharedOut(line.amountCents, paid)
  return {
    client,
    allocations,
    creditCents: line.amountCents - allocations.reduce((total, one) => total + one.amountCents, 0),
    score: Math.min(
      100,
      reasons.reduce((total, one) => total + one.points, 0),
    ),
    reasons,
    sure: false,
  }
}

/** The oldest debt first, as money is counted where the payer says nothing (Code civil, art. 1342-10). */
function sharedOut(cents: number, invoices: Candidate['invoices']): Suggestion['allocations'] {
  let left = cents
  const allocations: Suggestion['allocations'] = []
  for (const { id, number, outstandingCents } of invoices) {
    const amountCents = Math.min(left, outstandingCents)
    if (amountCents <= 0) break
    allocations.push({ invoiceId: id, number, amountCents, outstandingCents })
    left -= amountCents
  }
  return allocations
}

const compact = (text: string) => plain(text).replaceAll(' ', '').toUpperCase()

/** Whole: FA-2026-000012 does not stand in FA-2026-0000123. */
function holdsNumber(text: string, number: string): boolean {
  const wanted = compact(number)
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1))
    if (!/\d/.test(text.charAt(at + wanted.length))) return true
  return false
}

function isNamed(
  words: ReadonlySet<string>,
  { firstName, lastName }: Candidate['client'],
  legalName: string,
) {
  const all = (name: string) => {
    const parts = plain(name).split(' ').filter(Boolean)
    return parts.length > 0 && parts.every((part) => words.has(part))
  }
  // A family name of one letter stands in any label.
  return (
    (all(`${firstName} ${lastName}`) && plain(lastName).length > 1) ||
    (plain(legalName).length > 4 && all(legalName))
  )
}

function spells(words: ReadonlySet<string>, mailbox: string): boolean {
  const parts = plain(mailbox)
    .split(' ')
    .filter((part) => part.length > 2)
  return parts.length > 1 && parts.every((part) => words.has(part))
}
