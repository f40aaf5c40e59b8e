import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'
import { Day, Instant, Month } from '#platform/contract/ids.ts'
import { Cents } from '#platform/contract/money.ts'

export const permissions = ['dashboard.read'] as const
export const topics = { figures: 'dashboard.read' } as const

export const clientStatuses = ['active', 'prospect', 'freemium', 'excluded'] as const
export const subscriptionStatuses = [
  'trialing',
  'active',
  'past_due',
  'paused',
  'cancelled',
  'ended',
] as const

/**
 * The list behind a figure: which one, and the filters of its address. What the list counts or sums is the figure,
 * exactly; a test holds every one of them to that.
 */
export const Lines = z.discriminatedUnion('list', [
  z.object({
    list: z.literal('clients'),
    filter: z.object({
      status: z.enum(clientStatuses).optional(),
      /** Status of the client's current subscription. */
      subscription: z.enum(subscriptionStatuses).optional(),
      /** Began to pay in this month, no later than today. */
      startedPaying: Month.optional(),
      /** Stopped paying in this month, no later than today. */
      stoppedPaying: Month.optional(),
      /** Pays on this day. */
      payingOn: Day.optional(),
      /** Money does not vanish when somebody is put into the trash: their subscriptions and invoices stay counted. */
      trash: z.literal('any').optional(),
    }),
  }),
  z.object({
    list: z.literal('invoices'),
    filter: z.object({
      state: z.literal('unpaid').optional(),
      issuedIn: Month.optional(),
      issuedUntil: Day.optional(),
    }),
  }),
  /** What is late by age, and what was written about it: where something is done about it. */
  z.object({ list: z.literal('unpaid'), filter: z.object({}) }),
])
export type Lines = z.infer<typeof Lines>

/** A change against an earlier figure in basis points (620 is +6,2 %); null when there is nothing to compare with. */
const Change = z.int().nullable()
const Count = z.int().min(0)

const Revenue = z.object({ exclCents: Cents, inclCents: Cents, documents: Count, lines: Lines })
const Mrr = z.object({
  /** The day it is counted on: the month's last, or today in the running one. */
  on: Day,
  /** Excluding VAT. */
  cents: Cents,
  subscriptions: Count,
  lines: Lines,
})
/** Clients who began, or stopped, and what they pay a month, excluding VAT. */
const Movement = z.object({ count: Count, monthlyCents: Cents, lines: Lines })
const Debt = z.object({
  count: Count,
  /** Left to pay, including VAT. */
  cents: Cents,
  /** Due day of the oldest; null when there is none. */
  oldestDueOn: Day.nullable(),
  /** Whole days since then; 0 when it is not due yet. */
  oldestDaysLate: Count,
  lines: Lines,
})

export const Dashboard = z.object({
  asOf: Instant,
  /** The day it is in Paris at `asOf`. */
  today: Day,
  month: Month,
  /** The running month's figures go up to today. */
  monthIsOver: z.boolean(),
  lastMonth: Month,
  /** The first month with an issued document or a paying client: where the period picker begins. Null on an empty database. */
  firstMonth: Month.nullable(),

  /** Documents issued in the month, credit notes deducted. */
  revenue: Revenue.extend({
    /** The whole of last month; null when nothing was issued in it. */
    lastMonth: Revenue.nullable(),
    /** While the month runs: last month up to the same day, which is what the change compares with. */
    lastMonthSoFar: Revenue.extend({ until: Day }).nullable(),
    /** Excluding VAT. */
    change: Change,
  }),
  mrr: Mrr.extend({ lastMonth: Mrr.nullable(), change: Change }),

  /** As it is now, whichever month is asked for. */
  clients: z.object({
    total: Count,
    lines: Lines,
    byStatus: z.array(z.object({ status: z.enum(clientStatuses), count: Count, lines: Lines })),
  }),
  newClients: Movement.extend({ lastMonth: Movement }),
  churn: Movement.extend({
    /** Clients who paid on the last day of last month: what the rate is a part of. */
    base: z.object({ on: Day, count: Count, lines: Lines }),
    /** Basis points of the base; null when nobody paid then. */
    rate: z.int().min(0).nullable(),
    lastMonth: Movement.extend({ rate: z.int().min(0).nullable() }),
  }),

  /** As it is now. */
  unpaid: Debt,
  /** Those of them whose due day is past: what is alerted. */
  overdue: Debt,

  /** The month and the five before it, the oldest first. */
  revenueByMonth: z.array(
    z.object({
      month: Month,
      exclCents: Cents,
      documents: Count,
      lines: Lines,
      /** The same month a year earlier; null when nothing was issued in it. */
      yearBefore: z.object({ month: Month, exclCents: Cents, documents: Count, lines: Lines }).nullable(),
    }),
  ),
  /** As it is now: each client's current subscription, all six statuses. */
  subscriptions: z.array(
    z.object({ status: z.enum(subscriptionStatuses), count: Count, monthlyCents: Cents, lines: Lines }),
  ),

  /** When a full recount last agreed with these figures. */
  provenAt: Instant.nullable(),
  /** Set when the latest recount did not agree: when that was. */
  disprovenAt: Instant.nullable(),
})
export type Dashboard = z.infer<typeof Dashboard>

const period = z.object({
  /** The running month in Paris when absent. */
  month: Month.optional(),
})

export const getDashboard = endpoint({
  method: 'GET',
  path: '/dashboard',
  realm: 'staff',
  may: 'dashboard.read',
  summary: 'Every figure of the dashboard for a month, each with the list behind it',
  input: { query: period },
  output: Dashboard,
  refreshedBy: ['figures', 'clients', 'invoices'],
})

/** Semicolons, decimal commas and a byte order mark: opens in a French spreadsheet by a double click. */
export const exportDashboard = endpoint({
  method: 'GET',
  path: '/dashboard.csv',
  realm: 'staff',
  may: 'dashboard.read',
  records: 'dashboard.exported',
  summary: 'The same figures as a French CSV file',
  input: { query: period },
  output: { stream: ['text/csv'] },
})
