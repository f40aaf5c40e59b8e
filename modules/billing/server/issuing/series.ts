/** Numbers: a series a company and kind, without a gap, in the order of the days (CGI ann. II art. 242 nonies A, I-7°). */
import { issueDayTooEarly, monthClosed, type NumberingSettings, type TypeCode } from '#contract/billing'
import { refuse } from '#platform/server/requests.ts'

export type SeriesKind = 'invoice' | 'credit_note'
export const seriesOf = (typeCode: TypeCode): SeriesKind => (typeCode === 381 ? 'credit_note' : 'invoice')

export type Series = {
  year: number
  lastNumber: number
  lastIssuedOn: string | null
  position: number
  lastSha256: Buffer | null
}

/** Between which days the next document may lie. */
export type DayBounds = { lastIssuedOn: string | null; closedUntil: string | null }

/** @throws Refused */
export function mustFollow(issuedOn: string, { lastIssuedOn, closedUntil }: DayBounds): void {
  if (closedUntil !== null && issuedOn <= closedUntil) throw refuse(monthClosed)
  if (lastIssuedOn !== null && issuedOn < lastIssuedOn)
    throw refuse(issueDayTooEarly, { details: { lastIssuedOn }, values: { day: lastIssuedOn } })
}

/** How numbers of a series are written. */
export function writtenAs(kind: SeriesKind, numbering: NumberingSettings | null) {
  const { invoicePrefix, creditNotePrefix, digits } = numbering ?? usual
  return { prefix: kind === 'invoice' ? invoicePrefix : creditNotePrefix, digits }
}

const usual = { invoicePrefix: 'FA', creditNotePrefix: 'AV', digits: 6 }

/** @returns the number to come, `FA-2026-000123`; each year begins at 1 */
export function nextOf(
  series: Pick<Series, 'year' | 'lastNumber'> | undefined,
  kind: SeriesKind,
  issuedOn: string,
  numbering: NumberingSettings | null,
): { number: string; count: number; year: number } {
  const year = Number(issuedOn.slice(0, 4))
  const count = series?.year === year ? series.lastNumber + 1 : 1
  const { prefix, digits } = writtenAs(kind, numbering)
  return { number: `${prefix}-${year}-${String(count).padStart(digits, '0')}`, count, year }
}
