/** Mornings a ticket can be put off until, by the clock of whoever puts it off. */
const morning = 9

const at = (from: Date, days: number) =>
  new Date(from.getFullYear(), from.getMonth(), from.getDate() + days, morning)

export const tomorrow = (now: Date) => at(now, 1)
/** The next one: on a Monday, a week later. */
export const monday = (now: Date) => at(now, (8 - now.getDay()) % 7 || 7)
export const inAWeek = (now: Date) => at(now, 7)
/** @param day `2026-02-27` */
export const onDay = (day: string) => new Date(`${day}T0${morning}:00:00`)

/** The day of an instant, as a date field holds it. */
export const dayOf = (date: Date) =>
  [date.getFullYear(), date.getMonth() + 1, date.getDate()].map((n) => String(n).padStart(2, '0')).join('-')
