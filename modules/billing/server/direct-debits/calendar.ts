/** The days on which banks settle euros: TARGET closes at weekends and on six days a year (ECB, since 2002). */

/** @param day `2026-04-03` */
export function banksWork(day: string): boolean {
  const date = Temporal.PlainDate.from(day)
  if (date.dayOfWeek >= 6) return false
  if (['01-01', '05-01', '12-25', '12-26'].includes(day.slice(5))) return false
  const easter = easterOf(date.year)
  return !date.equals(easter.subtract({ days: 2 })) && !date.equals(easter.add({ days: 1 }))
}

/** That day or the first after it on which banks work. */
export function bankDayFrom(day: string): string {
  let date = Temporal.PlainDate.from(day)
  while (!banksWork(date.toString())) date = date.add({ days: 1 })
  return date.toString()
}

/** A Core collection reaches the bank a working day before it is due (SDD Core rulebook, D-1), and takes the day after today to get there. */
export function firstCollectionDay(today: string): string {
  const sent = bankDayFrom(Temporal.PlainDate.from(today).add({ days: 1 }).toString())
  return bankDayFrom(Temporal.PlainDate.from(sent).add({ days: 1 }).toString())
}

/** Easter Sunday of the Gregorian calendar (Meeus, Jones, Butcher). */
function easterOf(year: number): Temporal.PlainDate {
  const a = year % 19
  const b = Math.floor(year / 100)
  const c = year % 100
  const h = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7
  const m = Math.floor((a + 11 * h + 22 * l) / 451)
  const n = h + l - 7 * m + 114
  return new Temporal.PlainDate(year, Math.floor(n / 31), (n % 31) + 1)
}
