/** What a late payment costs, day by day. */
import type { PenaltySpan, TermsSettings } from '#contract/billing'
import { halfYearOf } from '../settings/half-year.ts'

/** What is left to pay from the day after `on`: a payment received on a day counts as late for that day still. */
export type Balance = { on: string; cents: number }

export type LateFacts = {
  dueOn: string
  /** The day it is reckoned for, which counts. */
  today: string
  /** The whole amount, and what it became; in the order of days. */
  incl: number
  balances: readonly Balance[]
  terms: Pick<TermsSettings, 'penaltyKind' | 'penaltyBasisPoints'>
  /** Of the half-year that begins on a day; null: no rate is known by then. */
  rateOf(kind: 'ecb_refi' | 'legal', halfYear: string): number | null
}

const daysAYear = 365n

/**
 * Due from the day after the due day on what is left to pay including VAT, without a reminder (C. com. L441-10 II): the ECB's
 * refinancing rate plus ten points, or three times the legal rate, each as it is on the first day of the half-year; or a rate
 * agreed on. Simple interest over years of 365 days.
 * @returns spans of equal rate and balance; `cents` is the exact sum rounded once, half up
 */
export function penaltiesOf(facts: LateFacts): { spans: PenaltySpan[]; cents: number } {
  const end = plus(facts.today, 1)
  const spans: PenaltySpan[] = []
  let exact = 0n
  let from = plus(facts.dueOn, 1)
  while (from < end) {
    const until = earliest(end, nextHalfYear(from), nextChange(facts.balances, from))
    const balanceCents = balanceOn(facts, from)
    const basisPoints = yearlyRate(facts, from)
    const days = daysBetween(from, until)
    const weight = BigInt(balanceCents) * BigInt(basisPoints) * BigInt(days)
    exact += weight
    if (balanceCents > 0) spans.push({ from, until, days, balanceCents, basisPoints, cents: rounded(weight) })
    from = until
  }
  return { spans, cents: rounded(exact) }
}

/** Basis points a year. */
function yearlyRate({ terms, rateOf }: LateFacts, day: string): number {
  if (terms.penaltyKind === 'fixed') return terms.penaltyBasisPoints ?? 0
  const halfYear = halfYearOf(day)
  return terms.penaltyKind === 'ecb_plus_10'
    ? (rateOf('ecb_refi', halfYear) ?? 0) + 1_000
    : 3 * (rateOf('legal', halfYear) ?? 0)
}

function balanceOn({ incl, balances }: LateFacts, day: string): number {
  const last = balances.findLast(({ on }) => on < day)
  return Math.max(0, last?.cents ?? incl)
}

const nextChange = (balances: readonly Balance[], day: string) =>
  balances.map(({ on }) => plus(on, 1)).find((from) => from > day)

const nextHalfYear = (day: string) => Temporal.PlainDate.from(halfYearOf(day)).add({ months: 6 }).toString()

function rounded(weight: bigint): number {
  const per = 10_000n * daysAYear
  return Number((weight + per / 2n) / per)
}

const earliest = (...days: (string | undefined)[]): string =>
  days.filter((day) => day !== undefined).reduce((one, other) => (other < one ? other : one))

const plus = (day: string, days: number) => Temporal.PlainDate.from(day).add({ days }).toString()
const daysBetween = (one: string, other: string) =>
  Temporal.PlainDate.from(one).until(other, { largestUnit: 'days' }).days
