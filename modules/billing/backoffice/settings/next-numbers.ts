import type { getBillingSettings } from '#contract/billing'
import type { OutputOf } from '#platform/contract/endpoint.ts'

type Settings = OutputOf<typeof getBillingSettings>

/** Which of each series comes next, and of which year. */
export type NextNumbers = Settings['nextCounts'] & { year: string }

/** @param day the first that counts: a later year begins at one */
export function nextOn(day: string, { today, nextCounts }: Settings): NextNumbers {
  const year = day.slice(0, 4)
  return year <= today.slice(0, 4)
    ? { ...nextCounts, year: today.slice(0, 4) }
    : { invoice: 1, creditNote: 1, quote: 1, year }
}

export const numberOf = (prefix: string, digits: number, count: number, year: string): string =>
  `${prefix}-${year}-${String(count).padStart(digits, '0')}`
