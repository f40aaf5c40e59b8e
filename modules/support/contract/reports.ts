/** Reports: what came in a period, what became of it, and how it compares with the period before. */
import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'
import { Day, Id, Instant } from '#platform/contract/ids.ts'
import { TicketFilter } from './queue.ts'
import { targetNames, topicsOfTickets } from './ticket.ts'

/** Up to today; `last_month` is the one that is over. Compared with as many days before it, a month with the month before. */
export const reportPeriods = ['week', 'days', 'month', 'last_month', 'quarter', 'year'] as const
export const ReportPeriod = z.enum(reportPeriods)
export type ReportPeriod = z.infer<typeof ReportPeriod>

/** Longer ones nobody reads day by day. */
export const mostReportDays = 366

export const ReportQuery = z.object({
  period: ReportPeriod.optional(),
  /** Both ends, in place of a period. */
  from: Day.optional(),
  until: Day.optional(),
})
export type ReportQuery = z.infer<typeof ReportQuery>

/** Days in Paris, both included. */
const Span = z.object({ from: Day, until: Day })
export type Span = z.infer<typeof Span>

const Count = z.int().min(0)
const Seconds = z.int().min(0).nullable()

/** Of a promise: tickets whose answer is known, their working time, and how many were kept or not. */
const Promised = z.object({
  measured: Count,
  medianSeconds: Seconds,
  p90Seconds: Seconds,
  kept: Count,
  missed: Count,
})

const Ratings = z.object({
  /** How often each score was given, 1 first. */
  byScore: z.array(Count).length(5),
  /** Of the tickets resolved in the period, those that were rated, whenever. */
  answered: Count,
})

const Summary = z.object({
  opened: Count,
  resolved: Count,
  /** At the end of the last day. */
  open: Count,
  /**
   * First and next response of the tickets opened in the period, the resolution of those resolved in it. Of several
   * exchanges the longest counts.
   */
  promises: z.record(z.enum(targetNames), Promised),
  /** Of the tickets resolved in the period, those that had been reopened. */
  cameBack: Count,
  /** Tickets reopened in the period. */
  reopened: Count,
  /** Given in the period, whenever the ticket was resolved. */
  ratings: Ratings,
})
export type ReportSummary = z.infer<typeof Summary>

/** One agent, team, topic or policy. */
const Load = z.object({
  /** Null: nobody's, or nothing promised. */
  key: z.string().nullable(),
  /** As it is called; of a topic its key. */
  name: z.string().nullable(),
  opened: Count,
  resolved: Count,
  open: Count,
  firstKept: Count,
  firstMissed: Count,
  resolutionKept: Count,
  resolutionMissed: Count,
})
export type ReportLoad = z.infer<typeof Load>

export const loadKinds = ['agents', 'teams', 'topics', 'policies'] as const
export type LoadKind = (typeof loadKinds)[number]

export const Report = z.object({
  asOf: Instant,
  span: Span,
  before: Span,
  summary: Summary,
  /** The same figures of the period before. */
  earlier: Summary,
  days: z.array(z.object({ on: Day, opened: Count, resolved: Count, open: Count })),
  loads: z.record(z.enum(loadKinds), z.array(Load)),
  /** Openings by weekday (Monday is 1) and hour in Paris; what is left out is none. */
  hours: z.array(z.object({ weekday: z.int().min(1).max(7), hour: z.int().min(0).max(23), opened: Count })),
  /** What customers wrote beside their rating, the latest first. */
  comments: z.array(
    z.object({
      ticket: z.object({ id: Id, number: z.int(), subject: z.string() }),
      score: z.int().min(1).max(5),
      comment: z.string(),
      ratedAt: Instant,
    }),
  ),
})
export type Report = z.infer<typeof Report>

export const mostComments = 50

/** What of a report is taken along as a file. */
export const reportTables = ['summary', 'days', ...loadKinds, 'hours', 'ratings'] as const
export const ReportTable = z.enum(reportTables)
export type ReportTable = z.infer<typeof ReportTable>

/** The tickets behind each figure, in the words of a queue's filter: what its list counts is the figure. */
export const ticketsOf = {
  opened: ({ from, until }: Span) => ({ ...all, openedFrom: from, openedUntil: until }),
  resolved: ({ from, until }: Span) => ({ ...all, resolvedFrom: from, resolvedUntil: until }),
  open: ({ until }: Span) => ({ ...all, openOn: until }),
  reopened: ({ from, until }: Span) => ({ ...all, reopenedFrom: from, reopenedUntil: until }),
  rated: ({ from, until }: Span) => ({ ...all, ratedFrom: from, ratedUntil: until }),
  cameBack: (span: Span) => ({ ...ticketsOf.resolved(span), reopened: 'yes' as const }),
  answered: (span: Span) => ({ ...ticketsOf.resolved(span), rated: 'yes' as const }),
  /** Of which tickets a promise is told. */
  promised: (target: (typeof targetNames)[number], span: Span) =>
    target === 'resolution' ? ticketsOf.resolved(span) : ticketsOf.opened(span),
  /** Of one agent, team, topic or policy. */
  part: (kind: LoadKind, key: string | null): ReportTickets => {
    if (kind === 'topics') return { topic: topicsOfTickets.find((topic) => topic === key) }
    const name = { agents: 'assigneeId', teams: 'teamId', policies: 'policyId' } as const
    return { [name[kind]]: key ?? 'none' }
  },
}
export type ReportTickets = { [Name in keyof TicketFilter]?: TicketFilter[Name] | undefined }

const all = { queue: 'all' } as const

const read = { method: 'GET', realm: 'staff', may: 'tickets.read' } as const

export const getReport = endpoint({
  ...read,
  path: '/support/reports',
  summary:
    'What came in a period, what became of it, and the period before; merged and deleted tickets do not count',
  input: { query: ReportQuery },
  output: Report,
})

/** As the other CSV files: a byte order mark, semicolons, and nothing a spreadsheet would compute. */
export const exportReport = endpoint({
  ...read,
  path: '/support/reports/:table',
  records: 'support_report.exported',
  about: 'support_report',
  summary: 'One table of a report as a French CSV file',
  input: { params: z.object({ table: ReportTable }), query: ReportQuery },
  output: { stream: ['text/csv'] },
})

export const exportTickets = endpoint({
  ...read,
  path: '/tickets.csv',
  records: 'tickets.exported',
  about: 'ticket',
  summary: 'The tickets of a queue as a French CSV file',
  input: { query: TicketFilter },
  output: { stream: ['text/csv'] },
})
