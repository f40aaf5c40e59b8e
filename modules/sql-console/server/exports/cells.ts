/** Values as a workbook keeps them: what PostgreSQL writes of a number, a date or a truth stays one where a spreadsheet can hold it. */
import type { Cell } from '#platform/server/xlsx.ts'

/** From the value as PostgreSQL writes it (ISO, UTC) and the name of its type. */
export function cellOf(value: string | null, type: string): Cell {
  if (value === null) return null
  const kept = kinds.get(type)?.(value)
  return kept ?? { text: value }
}

/** A spreadsheet keeps fifteen figures of a number: an identifier that has more stays a text, to the last of them. */
function exactNumber(value: string): Cell | undefined {
  const figures = /^-?(\d+)(?:\.(\d+))?$/.exec(value)
  if (!figures) return undefined
  const significant = `${figures[1]}${figures[2] ?? ''}`.replace(/^0+/, '')
  return significant.length <= 15 ? { number: value } : undefined
}

/** It is a double here and there. NaN and Infinity are none in a spreadsheet. */
const double = (value: string): Cell | undefined =>
  /^-?\d+(\.\d+)?(e[+-]?\d+)?$/.test(value) ? { number: value.replace('e', 'E') } : undefined

/** Spreadsheets count days from 1900 on, and took that year for a leap year. */
const isCounted = (day: string) => day >= '1900-03-01'

const day = (value: string): Cell | undefined =>
  /^\d{4}-\d\d-\d\d$/.test(value) && isCounted(value) ? { day: value } : undefined

function wallClock(value: string): Cell | undefined {
  const parts = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d+)?)$/.exec(value)
  return parts?.[1] && isCounted(parts[1])
    ? { second: `${parts[1]}T${(parts[2] ?? '').slice(0, 12)}` }
    : undefined
}

/** An instant, read from a clock on a wall in Paris, as on every screen. */
function instant(value: string): Cell | undefined {
  const parts = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.\d+)?\+00$/.exec(value)
  if (!parts?.[1] || !isCounted(parts[1])) return undefined
  const at = Date.parse(`${parts[1]}T${parts[2]}Z`)
  return { second: new Date(at + parisOffset(at)).toISOString().slice(0, 19) }
}

const hour = 3_600_000
const offsets = new Map<number, number>()
const paris = new Intl.DateTimeFormat('sv', {
  timeZone: 'Europe/Paris',
  dateStyle: 'short',
  timeStyle: 'medium',
})

/** Asked once for each hour: it does not change within one. */
function parisOffset(at: number): number {
  const began = Math.floor(at / hour) * hour
  const known = offsets.get(began)
  if (known !== undefined) return known
  if (offsets.size > 100_000) offsets.clear()
  const offset = Date.parse(`${paris.format(began).replace(' ', 'T')}Z`) - began
  offsets.set(began, offset)
  return offset
}

const truth = (value: string): Cell | undefined =>
  value === 't' || value === 'f' ? { truth: value === 't' } : undefined

const kinds = new Map<string, (value: string) => Cell | undefined>([
  ...['int2', 'int4', 'int8', 'oid', 'numeric'].map((type) => [type, exactNumber] as const),
  ...['float4', 'float8'].map((type) => [type, double] as const),
  ['date', day],
  ['timestamp', wallClock],
  ['timestamptz', instant],
  ['bool', truth],
])
