// Until when a request must be answered: GDPR article 12(3), counted as Regulation (EEC, Euratom) 1182/71 counts periods.
// Pure, and the same in the browser: the form shows the deadline while the day of receipt is being typed.
import { dayFrom, holidayOn, plusDays, type Holiday } from './holidays.ts'

/** A calendar day, `2026-02-27`. */
type Day = string

/** Article 12(3): one month, and two further ones where the person is told within the first. */
export const monthsToAnswer = 1
export const monthsWhenExtended = 3

/** From this many days before its deadline on, a request is due soon. */
export const dueSoonDays = 7

export type Deadline = {
  /** The last day on which the answer is in time. */
  on: Day
  /** The same day of the month, before weekends and holidays were looked at. */
  counted: Day
  /** Why `on` is not that day; null when it is. */
  movedBy: 'saturday' | 'sunday' | Holiday | null
}

/**
 * The last day of a period of months that begins when a request is received: the day of the same number, or the last day
 * of a month that has none (article 3(2)(c)); one that falls on a public holiday, a Sunday or a Saturday becomes the next
 * working day (article 3(4)). An extension is counted from the receipt too, which is never later than counting it from the
 * first deadline.
 * @param receivedOn the day of receipt, whether or not it is a working day
 */
export function deadlineFor(receivedOn: Day, months: number = monthsToAnswer): Deadline {
  const counted = monthsAfter(receivedOn, months)
  let on = counted
  while (restOn(on) !== null) on = plusDays(on, 1)
  return { on, counted, movedBy: restOn(counted) }
}

/** The day of the same number so many months later, or that month's last day. */
export function monthsAfter(day: Day, months: number): Day {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number] // a day has three parts
  const last = new Date(Date.UTC(year, month + months, 0))
  return dayFrom(Date.UTC(year, month - 1 + months, Math.min(date, last.getUTCDate())))
}

/** Why a day is no working day (article 2(2)); null when it is one. */
function restOn(day: Day): Deadline['movedBy'] {
  const weekday = new Date(day).getUTCDay()
  return holidayOn(day) ?? (weekday === 6 ? 'saturday' : weekday === 0 ? 'sunday' : null)
}
