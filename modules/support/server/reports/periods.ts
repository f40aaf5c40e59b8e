/** Which days a report is about, and which it is compared with. Days are text, `2026-10-31`: they compare. */
import { mostReportDays, type ReportPeriod, type ReportQuery, type Span } from '#contract/support'
import { WrongField } from '#platform/server/requests.ts'

const usual = 'days' satisfies ReportPeriod

/** @param today the day in Paris */
export function spansOf({ period, from, until }: ReportQuery, today: string): { span: Span; before: Span } {
  if (!from && !until) return named(period ?? usual, Temporal.PlainDate.from(today))
  const last = Temporal.PlainDate.from(until ?? today)
  const first = from ? Temporal.PlainDate.from(from) : last.subtract({ days: 29 })
  const days = first.until(last).days + 1
  if (days < 1) throw new WrongField('query', 'until', 'period_backwards')
  if (days > mostReportDays)
    throw new WrongField('query', 'until', 'period_too_long', { days: mostReportDays })
  return withAsManyBefore(first, last)
}

function named(period: ReportPeriod, today: Temporal.PlainDate): { span: Span; before: Span } {
  const monthBegins = today.with({ day: 1 })
  switch (period) {
    case 'week':
      return withAsManyBefore(today.subtract({ days: 6 }), today)
    case 'days':
      return withAsManyBefore(today.subtract({ days: 29 }), today)
    case 'month':
      return compared(
        [monthBegins, today],
        [monthBegins.subtract({ months: 1 }), today.subtract({ months: 1 })],
      )
    case 'last_month': {
      const begins = monthBegins.subtract({ months: 1 })
      return compared(
        [begins, monthBegins.subtract({ days: 1 })],
        [begins.subtract({ months: 1 }), begins.subtract({ days: 1 })],
      )
    }
    case 'quarter': {
      const begins = monthBegins.subtract({ months: (today.month - 1) % 3 })
      return compared([begins, today], [begins.subtract({ months: 3 }), today.subtract({ months: 3 })])
    }
    case 'year':
      return withAsManyBefore(today.subtract({ years: 1 }).add({ days: 1 }), today)
  }
}

function withAsManyBefore(first: Temporal.PlainDate, last: Temporal.PlainDate) {
  const days = first.until(last).days + 1
  return compared([first, last], [first.subtract({ days }), first.subtract({ days: 1 })])
}

type Ends = [Temporal.PlainDate, Temporal.PlainDate]

const compared = (span: Ends, before: Ends) => ({ span: told(span), before: told(before) })
const told = ([from, until]: Ends): Span => ({ from: from.toString(), until: until.toString() })

/** All days of a span, in their order. */
export function daysOf({ from, until }: Span): string[] {
  const days: string[] = []
  for (let day = from; day <= until; day = Temporal.PlainDate.from(day).add({ days: 1 }).toString())
    days.push(day)
  return days
}
