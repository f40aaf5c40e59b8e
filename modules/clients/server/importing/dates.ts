// Dates as old French systems write them. Time zones are left to PostgreSQL, which knows Europe/Paris and its summers.

export type ReadDate =
  | { kind: 'empty' }
  /** A zero date: how MySQL, and PHP after it (30/11/-0001), writes "none". */
  | { kind: 'zero' }
  | { kind: 'invalid' }
  /** ISO 8601; `time` with an offset where the file gave one. */
  | { kind: 'date'; date: string; time: string }

const french = /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?:[ T](.+))?$/
const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T](.+))?$/
const clock =
  /^([01]?\d|2[0-3])[:h]([0-5]\d)(?::([0-5]\d)(?:\.\d{1,6})?)?\s?(Z|[+-](?:0\d|1[0-4]):?[0-5]\d)?$/
const zero =
  /^(?:0{1,4}([-/.])0{1,2}\1(?:0{1,4})|30\/11\/-0001|-0001-11-30)(?:[ T]00:00(?::00)?(?:\.0+)?Z?)?$/

/** No client was signed in, and none will pay, outside these years: beyond them the date is a slip of the keyboard. */
const firstYear = 1900
const lastYear = 2199

export function readDate(text: string): ReadDate {
  if (text === '') return { kind: 'empty' }
  const inFrench = french.exec(text)
  const inIso = inFrench ? null : iso.exec(text)
  const [year, month, day, rest] = inFrench
    ? [inFrench[3], inFrench[2], inFrench[1], inFrench[4]]
    : inIso
      ? [inIso[1], inIso[2], inIso[3], inIso[4]]
      : []
  if (year && month && day && existsDay(Number(year), Number(month), Number(day))) {
    const time = rest === undefined ? '00:00:00' : readTime(rest)
    if (time !== undefined)
      return { kind: 'date', date: `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`, time }
  }
  return { kind: zero.test(text) ? 'zero' : 'invalid' }
}

function readTime(text: string): string | undefined {
  const parts = clock.exec(text)
  if (!parts) return undefined
  return `${parts[1]!.padStart(2, '0')}:${parts[2]}:${parts[3] ?? '00'}${parts[4] ?? ''}` // group 1 takes part in every match
}

function existsDay(year: number, month: number, day: number): boolean {
  if (year < firstYear || year > lastYear || month < 1 || month > 12 || day < 1) return false
  return day <= daysIn(year, month)
}

/** Proleptic Gregorian calendar. */
function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}
