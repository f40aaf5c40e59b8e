import type { Chance } from './chance.ts'
import { dayOfMonth, monthStart, plusDays, plusMonths, type Day } from './calendar.ts'

export type Subscribed = {
  status: 'trialing' | 'active' | 'past_due' | 'paused' | 'cancelled' | 'ended'
  startedOn: Day
  trialEndsOn: Day | null
  payingFrom: Day | null
  /** The first day that is not paid for any more. */
  payingUntil: Day | null
  /** Invoices are made on this day of each month; the first paid day unless told. */
  invoicedOn?: Day
  /** The invoice that fell due this many days ago was not paid. */
  daysLate?: number
}

/** What a client lives through with the vendor. */
export type Life = {
  status: 'active' | 'prospect' | 'freemium' | 'excluded'
  subscription?: Subscribed
  /** One that ended before the present one. */
  former?: Subscribed
  trashedOn?: Day
}

/** How many months ago the vendor opened: six full months of charts need the year before them as well. */
export const monthsOfBusiness = 19
export const daysToPay = 15
const trialDays = 14

/** About 180 clients in the proportions of a young business: a strong first month, then four or five new ones a month. */
export function livesUntil(today: Day, chance: Chance): Life[] {
  const dayIn = (monthsAgo: number): Day =>
    plusDays(
      plusMonths(monthStart(today), -monthsAgo),
      chance.between(1, monthsAgo === 0 ? dayOfMonth(today) : 28) - 1,
    )
  const times = <T>(count: number, make: (index: number) => T): T[] =>
    Array.from({ length: count }, (_, index) => make(index))
  const paying = (from: Day, over: Partial<Subscribed> = {}): Subscribed => ({
    status: 'active',
    startedOn: plusDays(from, -trialDays),
    trialEndsOn: from,
    payingFrom: from,
    payingUntil: null,
    ...over,
  })
  /** Paid for some months and left `monthsAgo`. */
  const left = (monthsAgo: number, over: Partial<Subscribed> = {}): Subscribed => {
    const until = dayIn(monthsAgo)
    const months = chance.between(2, Math.min(12, monthsOfBusiness - monthsAgo))
    return paying(plusMonths(until, -months), { status: 'ended', payingUntil: until, ...over })
  }
  const trial = (daysLeft: number): Subscribed => ({
    status: 'trialing',
    startedOn: plusDays(today, daysLeft - trialDays),
    trialEndsOn: plusDays(today, daysLeft),
    payingFrom: null,
    payingUntil: null,
  })
  const triedOnly = (daysAgo: number): Subscribed => ({
    status: 'ended',
    startedOn: plusDays(today, -daysAgo - trialDays),
    trialEndsOn: plusDays(today, -daysAgo),
    payingFrom: null,
    payingUntil: null,
  })
  const late = (daysLate: number, months: number, over: Partial<Subscribed> = {}): Subscribed => {
    const invoicedOn = plusDays(today, -daysLate - daysToPay)
    return paying(plusMonths(invoicedOn, -months), { status: 'past_due', invoicedOn, daysLate, ...over })
  }
  /** Stopped without paying the last invoice. */
  const stoppedLate = (daysLate: number, months: number): Subscribed => {
    const unpaid = late(daysLate, months, { status: 'ended' })
    return { ...unpaid, payingUntil: plusMonths(plusDays(today, -daysLate - daysToPay), 1) }
  }

  const starts = [
    ...times(30, () => dayIn(monthsOfBusiness)),
    ...times(monthsOfBusiness, (index) => monthsOfBusiness - 1 - index).flatMap((monthsAgo) =>
      times(monthsAgo % 4 === 0 ? 5 : 4, () => dayIn(monthsAgo)),
    ),
  ]
  const subscribers = starts.map((from, index): Life => {
    if (index % 12 === 7 && index < 60)
      return {
        status: 'active',
        subscription: paying(from, {
          status: 'paused',
          payingUntil: plusDays(today, -chance.between(8, 60)),
        }),
      }
    if (index % 10 === 3 && index < 60)
      return {
        status: 'active',
        subscription: paying(from, { status: 'cancelled', payingUntil: nextMonthly(from, today) }),
      }
    const returned = index > 95 && index % 6 === 0
    return {
      status: 'active',
      subscription: paying(from),
      ...(returned ? { former: left(chance.between(9, 12)) } : {}),
    }
  })

  return [
    ...subscribers,
    ...[2, 6, 12, 21, 33, 47].map((days, index): Life => ({
      status: 'active',
      subscription: late(days, 3 + index * 2),
    })),
    ...[1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13].map((days): Life => ({
      status: 'prospect',
      subscription: trial(days),
    })),
    ...times(2, (index): Life => ({ status: 'prospect', subscription: trial(3 + index * 4) })),
    ...times(6, (index): Life => ({ status: 'prospect', subscription: triedOnly(10 + index * 23) })),
    ...times(9, (): Life => ({ status: 'prospect' })),
    ...times(12, (index): Life => ({ status: 'freemium', subscription: left(index) })),
    ...times(8, (): Life => ({ status: 'freemium' })),
    ...times(9, (index): Life => ({ status: 'excluded', subscription: left(index + 1) })),
    // The oldest of those overdue.
    { status: 'excluded', subscription: stoppedLate(62, 7) },
    { status: 'freemium', subscription: left(5), trashedOn: plusDays(today, -40) },
    { status: 'excluded', subscription: left(8), trashedOn: plusDays(today, -21) },
    { status: 'prospect', subscription: trial(6), trashedOn: plusDays(today, -1) },
    { status: 'prospect', trashedOn: plusDays(today, -12) },
    { status: 'prospect', trashedOn: plusDays(today, -5) },
    { status: 'freemium', trashedOn: plusDays(today, -3) },
  ]
}

/** The first monthly return of a day after another. */
export function nextMonthly(from: Day, after: Day): Day {
  for (let month = 1; ; month++) {
    const day = plusMonths(from, month)
    if (day > after) return day
  }
}
