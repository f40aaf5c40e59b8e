/**
 * What is handed to an approved platform (« plateforme agréée », CGI art. 289 bis and 290): invoices between professionals in
 * France, and figures of all other sales and of what was paid for them.
 */
import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'
import { Day, Id, Instant, line } from '#platform/contract/ids.ts'
import { Cents } from '#platform/contract/money.ts'
import { pageOf, pageQuery } from '#platform/contract/page.ts'
import { refusal } from '#platform/contract/refusal.ts'
import { PlatformStatus } from './statuses.ts'

/** Not an invoice between professionals in France: it is reported with the others, not deposited. */
export const invoiceNotForPlatform = refusal('invoice_not_for_platform', 422)
/** It lies there already; what was rejected is credited, and invoiced again under a new number. */
export const invoiceDeposited = refusal('invoice_deposited')
export const invoiceNotDeposited = refusal('invoice_not_deposited')
/** Refusing, rejecting, disputing … names its reason among those of the status; `details.reasons`. */
export const statusReasonMissing = refusal('status_reason_missing', 422)
/** Only a whole period that is over is reported; `details.periods` are those that can be. */
export const reportPeriodWrong = refusal('report_period_wrong', 422)
export const reportSubmitted = refusal('report_submitted')

const depositStates = ['waiting', 'deposited', 'rejected'] as const
/** `refused`: deposited, and its buyer's last word is that they refuse it (210). */
export const depositFilters = ['waiting', 'deposited', 'refused', 'rejected'] as const
export const Deposit = z.object({
  id: Id,
  state: z.enum(depositStates),
  /** Which platform, and what it calls this. */
  platform: z.string(),
  platformId: z.string().nullable(),
  /** Why it was rejected, or what kept the last try from succeeding. */
  reason: z.string(),
  attempts: z.int(),
  createdAt: Instant,
  depositedAt: Instant.nullable(),
})
export type Deposit = z.infer<typeof Deposit>

export const StatusTold = z.object({
  code: z.int(),
  at: Instant,
  reasonCode: z.string().nullable(),
  reason: z.string(),
  /** Of 212: what was collected, with the VAT, a rate each (BR-FR-CDV-14); below zero where a payment was taken back. */
  rates: z.array(z.object({ basisPoints: z.int(), amountCents: Cents })),
  /** Of 212, which we tell: whether the platform knows it. */
  passedOn: z.boolean(),
})
export type StatusTold = z.infer<typeof StatusTold>

const one = z.object({ id: Id })

export const getInvoicePlatform = endpoint({
  method: 'GET',
  path: '/invoices/:id/platform',
  realm: 'staff',
  may: 'invoices.read',
  summary: 'Where an issued document stands with the approved platform: its deposit, and what was told of it',
  input: { params: one },
  output: z.object({
    /** Where no platform is connected nothing can be handed over: those endpoints answer 404. */
    connected: z.boolean(),
    /** Nobody outside hears of it. */
    sandbox: z.boolean(),
    /** `invoice`: it is deposited; `report`: it is counted in a report; `none`: neither, being a draft. */
    concerns: z.enum(['invoice', 'report', 'none']),
    deposit: Deposit.nullable(),
    statuses: z.array(StatusTold),
  }),
  refreshedBy: ['invoices', 'payments'],
})

export const depositInvoice = endpoint({
  method: 'POST',
  path: '/invoices/:id/deposit',
  realm: 'staff',
  may: 'invoices.issue',
  records: 'invoice.deposited',
  about: 'invoice',
  stepUp: false,
  summary: 'Hands an issued invoice to the approved platform; it is tried again until it succeeds',
  status: 202,
  input: { params: one },
  output: Deposit,
  refusals: [invoiceNotForPlatform, invoiceDeposited],
  touches: ['invoices'],
})

export const DepositRow = Deposit.extend({
  invoice: z.object({ id: Id, number: z.string(), issuedOn: Day, inclCents: Cents }),
  client: z.object({ id: Id, name: z.string() }),
  /** The last that was told; null: nothing yet. */
  status: z.int().nullable(),
})
export type DepositRow = z.infer<typeof DepositRow>

export const listDeposits = endpoint({
  method: 'GET',
  path: '/platform/deposits',
  realm: 'staff',
  may: 'billing.export',
  summary: 'What was handed to the approved platform, newest first',
  input: { query: z.object({ state: z.enum(depositFilters).optional(), ...pageQuery }) },
  output: pageOf(DepositRow).extend({
    connected: z.boolean(),
    sandbox: z.boolean(),
    /** Issued, between professionals, and never handed over. */
    toDeposit: z.int(),
    /** From this day on they are handed over by themselves, because the law says so. */
    obligatoryFrom: Day,
  }),
  refreshedBy: ['invoices'],
})

export const depositWaiting = endpoint({
  method: 'POST',
  path: '/platform/deposits',
  realm: 'staff',
  may: 'invoices.issue',
  records: 'platform_deposits.handed_in',
  about: 'platform_deposit',
  stepUp: false,
  summary: 'Hands over every invoice between professionals that was not yet, up to a thousand at a time',
  status: 202,
  output: z.object({ queued: z.int(), left: z.int() }),
  touches: ['invoices'],
})

/** Per day and kind, a rate each (CGI ann. II art. 242 nonies M). */
export const ReportedSales = z.object({
  day: Day,
  /** Codes of flow 10: TLB1 goods, TPS1 services, TMA1 both, TNT1 not taxed in France. */
  category: z.enum(['TLB1', 'TPS1', 'TMA1', 'TNT1']),
  transactions: z.int(),
  exclCents: Cents,
  vatCents: Cents,
  rates: z.array(z.object({ basisPoints: z.int(), exclCents: Cents, vatCents: Cents })),
})

/** To a professional abroad: each document by itself. */
export const ReportedInvoice = z.object({
  invoiceId: Id,
  number: z.string(),
  issuedOn: Day,
  typeCode: z.int(),
  country: z.string(),
  buyerVatNumber: z.string().nullable(),
  exclCents: Cents,
  vatCents: Cents,
})

/** What was paid for services whose VAT falls due then, a day and rate each. */
export const ReportedPayments = z.object({
  day: Day,
  rates: z.array(z.object({ basisPoints: z.int(), amountCents: Cents })),
})

export const PlatformReport = z.object({
  from: Day,
  until: Day,
  siren: z.string(),
  onDebits: z.boolean(),
  currency: z.literal('EUR'),
  /** Null where this report is about the other alone. */
  sales: z.array(ReportedSales).nullable(),
  invoices: z.array(ReportedInvoice).nullable(),
  payments: z.array(ReportedPayments).nullable(),
})
export type PlatformReport = z.infer<typeof PlatformReport>

export const reportContents = ['sales', 'payments', 'both'] as const
export const ReportPeriod = z.object({
  from: Day,
  until: Day,
  contains: z.enum(reportContents),
  /** `open` runs still, `due` is over and not submitted. */
  state: z.enum(['open', 'due', 'waiting', 'deposited', 'rejected']),
  deposit: Deposit.nullable(),
})
export type ReportPeriod = z.infer<typeof ReportPeriod>

export const listReports = endpoint({
  method: 'GET',
  path: '/platform/reports',
  realm: 'staff',
  may: 'billing.export',
  summary: 'Periods of e-reporting of the last half-year, newest first',
  output: z.object({ rows: z.array(ReportPeriod), connected: z.boolean(), sandbox: z.boolean() }),
  refreshedBy: ['invoices', 'payments', 'billing-settings'],
})

const period = z.object({ from: Day, until: Day })

export const getReport = endpoint({
  method: 'GET',
  path: '/platform/reports/:from/:until',
  realm: 'staff',
  may: 'billing.export',
  summary: 'What is reported of a period; after it was submitted, what was submitted',
  input: { params: period },
  output: PlatformReport,
  refusals: [reportPeriodWrong],
  refreshedBy: ['invoices', 'payments'],
})

export const submitReport = endpoint({
  method: 'POST',
  path: '/platform/reports',
  realm: 'staff',
  may: 'billing.settings',
  records: 'platform_report.handed_in',
  about: 'platform_deposit',
  stepUp: true,
  summary: 'Hands the report of a period that is over to the approved platform',
  status: 202,
  input: { body: period },
  output: Deposit,
  refusals: [reportPeriodWrong, reportSubmitted],
  touches: ['invoices'],
})

/** Stands in for platform and buyer outside production. */
export const answerInSandbox = endpoint({
  method: 'POST',
  path: '/platform-sandbox/statuses',
  realm: 'staff',
  may: 'invoices.issue',
  records: 'platform_sandbox.answered',
  about: 'invoice',
  stepUp: false,
  summary: 'Lets the sandbox tell a status of a deposited invoice, by the same message as a platform',
  input: {
    body: z.object({
      invoiceId: Id,
      code: PlatformStatus,
      reasonCode: z.string().max(40).nullable().default(null),
      reason: line(500).default(''),
    }),
  },
  output: z.object({ outcome: z.enum(['done', 'known']) }),
  refusals: [invoiceNotDeposited, statusReasonMissing],
  touches: ['invoices'],
})
