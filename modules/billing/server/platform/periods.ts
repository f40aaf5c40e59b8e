/**
 * Which periods are reported (CGI ann. II art. 242 nonies O and following; décret n° 2022-1299): who is under the normal regime
 * reports sales every ten days and payments every month, everybody else both every two months.
 */
import type { ReportPeriod } from '#contract/billing'

export type Period = Pick<ReportPeriod, 'from' | 'until' | 'contains'>

/** @param from @param until days; periods that touch them, the newest first */
export function periodsBetween(
  regime: 'normal' | 'franchise' | 'exempt_care',
  from: string,
  until: string,
): Period[] {
  const first = Temporal.PlainDate.from(from).with({ day: 1 })
  const months: Temporal.PlainDate[] = []
  for (let month = first; Temporal.PlainDate.compare(month, until) <= 0; month = month.add({ months: 1 }))
    months.push(month)
  return months
    .flatMap((month) => (regime === 'normal' ? ofMonth(month) : ofTwoMonths(month)))
    .filter(
      (period, index, all) =>
        all.findIndex((one) => one.from === period.from && one.until === period.until) === index,
    )
    .filter((period) => period.until >= from && period.from <= until)
    .toSorted((one, other) =>
      one.until === other.until ? (one.from < other.from ? -1 : 1) : one.until < other.until ? 1 : -1,
    )
}

function ofMonth(month: Temporal.PlainDate): Period[] {
  const day = (number: number) => month.with({ day: number }).toString()
  const last = month.daysInMonth
  return [
    { from: day(1), until: day(last), contains: 'payments' },
    { from: day(1), until: day(10), contains: 'sales' },
    { from: day(11), until: day(20), contains: 'sales' },
    { from: day(21), until: day(last), contains: 'sales' },
  ]
}

/** January with February, March with April … */
function ofTwoMonths(month: Temporal.PlainDate): Period[] {
  const first = month.with({ month: month.month - ((month.month - 1) % 2), day: 1 })
  const last = first.add({ months: 2 }).subtract({ days: 1 })
  return [{ from: first.toString(), until: last.toString(), contains: 'both' }]
}
