// The public holidays of France that hold in the whole country (Code du travail, article L3133-1). Those of Alsace-Moselle
// and of the overseas departments move no deadline here: an answer that is due earlier is never late.

/** A calendar day, `2026-02-27`. Arithmetic is done in UTC: a day belongs to no time zone. */
type Day = string

export const holidays = [
  'new_year',
  'easter_monday',
  'labour_day',
  'victory_day',
  'ascension',
  'whit_monday',
  'national_day',
  'assumption',
  'all_saints',
  'armistice',
  'christmas',
] as const
export type Holiday = (typeof holidays)[number]

const fixed: Readonly<Record<string, Holiday>> = {
  '01-01': 'new_year',
  '05-01': 'labour_day',
  '05-08': 'victory_day',
  '07-14': 'national_day',
  '08-15': 'assumption',
  '11-01': 'all_saints',
  '11-11': 'armistice',
  '12-25': 'christmas',
}

/** Those that follow Easter, by days after its Sunday. */
const movable: Readonly<Record<number, Holiday>> = { 1: 'easter_monday', 39: 'ascension', 50: 'whit_monday' }

/** Which public holiday a day is; where two fall on one day (Ascension on 1 May 2008), the fixed one. */
export function holidayOn(day: Day): Holiday | null {
  return fixed[day.slice(5)] ?? movable[daysBetween(easterSunday(Number(day.slice(0, 4))), day)] ?? null
}

/** Easter Sunday of a year of the Gregorian calendar, by the anonymous algorithm of Nature (1876), as Meeus gives it. */
export function easterSunday(year: number): Day {
  const a = year % 19
  const b = Math.floor(year / 100)
  const c = year % 100
  const d = Math.floor(b / 4)
  const e = b % 4
  const f = Math.floor((b + 8) / 25)
  const g = Math.floor((b - f + 1) / 3)
  const h = (19 * a + b - d - g + 15) % 30
  const i = Math.floor(c / 4)
  const k = c % 4
  const l = (32 + 2 * e + 2 * i - h - k) % 7
  const m = Math.floor((a + 11 * h + 22 * l) / 451)
  const inMarch = h + l - 7 * m + 22
  return dayFrom(Date.UTC(year, 2, inMarch))
}

/** @returns days from one day to the other, negative when the other comes first */
export function daysBetween(one: Day, other: Day): number {
  return Math.round((Date.parse(other) - Date.parse(one)) / 86_400_000)
}

export function plusDays(day: Day, days: number): Day {
  return dayFrom(Date.parse(day) + days * 86_400_000)
}

export function dayFrom(milliseconds: number): Day {
  return new Date(milliseconds).toISOString().slice(0, 10)
}
