/**
 * Dates and times as the practice's clock shows them: `2026-11-23`, `2026-11-23T09:00`. All that screens do is count
 * days and minutes on them; what hour of the world that is, the server knows.
 */

export const DAY = 24 * 60

const utc = (date: string) => Date.parse(`${date}T00:00:00Z`)
const plain = (instant: number) => new Date(instant).toISOString().slice(0, 10)

export function addDays(date: string, days: number): string {
  return plain(utc(date) + days * 86_400_000)
}

/** How many days from one to the other. */
export function daysBetween(from: string, to: string): number {
  return Math.round((utc(to) - utc(from)) / 86_400_000)
}

/** 1: Monday, 7: Sunday. */
export function weekdayOf(date: string): number {
  return new Date(utc(date)).getUTCDay() || 7
}

export function mondayOf(date: string): string {
  return addDays(date, 1 - weekdayOf(date))
}

export function firstOfMonth(date: string): string {
  return `${date.slice(0, 8)}01`
}

/** The same day so many months on, or the last one that month has. */
export function addMonths(date: string, months: number): string {
  const first = new Date(utc(firstOfMonth(date)))
  first.setUTCMonth(first.getUTCMonth() + months)
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate()
  return addDays(plain(first.getTime()), Math.min(Number(date.slice(8)), last) - 1)
}

export function daysFrom(from: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => addDays(from, index))
}

export const dateOf = (local: string) => local.slice(0, 10)
/** `09:00` */
export const timeOf = (local: string) => local.slice(11, 16)

/** Minutes since the midnight its day began with. */
export function minuteOf(local: string): number {
  return Number(local.slice(11, 13)) * 60 + Number(local.slice(14, 16))
}

/** Minutes since the beginning of `date`: below 0 the day before, above 1440 the day after. */
export function minuteOn(date: string, local: string): number {
  return daysBetween(date, dateOf(local)) * DAY + minuteOf(local)
}

/** `09:05` */
export function clockOf(minute: number): string {
  const within = ((minute % DAY) + DAY) % DAY
  return `${String(Math.floor(within / 60)).padStart(2, '0')}:${String(within % 60).padStart(2, '0')}`
}

/** `2026-11-23T09:05`; minutes beyond the day lead into the next one. */
export function localAt(date: string, minute: number): string {
  return `${addDays(date, Math.floor(minute / DAY))}T${clockOf(minute)}`
}

/** By the two hands of the clock: what a series keeps when clocks change. */
export function addMinutes(local: string, minutes: number): string {
  return localAt(dateOf(local), minuteOf(local) + minutes)
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** What the practice's clock shows at an instant. */
export function localNow(timeZone: string, now: Date = new Date()): string {
  let format = formats.get(timeZone)
  if (!format) {
    // The Swedish write a date as the wire does.
    format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' })
    formats.set(timeZone, format)
  }
  return format.format(now).replace(' ', 'T')
}
