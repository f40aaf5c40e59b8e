/** The books: what the tax office and the accountant ask for, the months that are over, and the revenue they add up to. */
import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'
import { Id, Instant, Month } from '#platform/contract/ids.ts'
import { Cents } from '#platform/contract/money.ts'
import { refusal } from '#platform/contract/refusal.ts'

/** It is not over yet, or one before it is still open. */
export const monthStillOpen = refusal('accounting_month_open', 422)
export const accountingMonthClosed = refusal('accounting_month_closed')
/** Without a SIREN the file of entries has no name (LPF A47 A-1). */
export const sirenMissing = refusal('accounting_siren_missing', 422)
/** Nothing was issued or received in that time. */
export const nothingToExport = refusal('accounting_nothing', 422)

const Year = z.int().min(2000).max(2199)

/**
 * `fec`: the file of accounting entries of a year (LPF A47 A-1), up to today for the running one. `entries`: the same of a month,
 * for a spreadsheet. `xml`: the CII documents of a month. `archive`: a month's documents with manifest and proof of the chain.
 */
export const accountingExports = ['fec', 'entries', 'xml', 'archive'] as const
export const AccountingExport = z.enum(accountingExports)
export type AccountingExport = z.infer<typeof AccountingExport>
export const accountingJobKind = 'billing.accounting'

/** Result of the job: `{ fileId, what, entries, documents, debitCents, creditCents, sha256 }`, each where it means something. */
export const startAccountingExport = endpoint({
  method: 'POST',
  path: '/billing/exports',
  realm: 'staff',
  may: 'billing.export',
  records: 'accounting.export_requested',
  stepUp: false,
  summary:
    'Begins to write the books of a year or a month to a file, which is checked before it is handed over',
  input: {
    body: z.discriminatedUnion('what', [
      z.object({ what: z.literal('fec'), year: Year }),
      z.object({ what: z.literal(['entries', 'xml', 'archive']), month: Month }),
    ]),
  },
  output: z.object({ jobId: Id }),
  status: 202,
  refusals: [sirenMissing, nothingToExport],
})

const Totals = z.object({
  invoices: z.int(),
  creditNotes: z.int(),
  exclCents: Cents,
  vatCents: Cents,
  inclCents: Cents,
  collectedCents: Cents,
})
export type ClosingTotals = z.infer<typeof Totals>

export const AccountingMonth = z.object({
  month: Month,
  totals: Totals,
  /** Since the first document, up to and including this month (CGI art. 286 I 3° bis). */
  soFar: Totals,
  /** Null: it may still change. */
  closing: z
    .object({ at: Instant, by: z.string().nullable(), sha256: z.string().regex(/^[0-9a-f]{64}$/) })
    .nullable(),
  /** It is over, and all before it are closed. */
  mayClose: z.boolean(),
})
export type AccountingMonth = z.infer<typeof AccountingMonth>

export const listAccountingMonths = endpoint({
  method: 'GET',
  path: '/billing/months',
  realm: 'staff',
  may: 'billing.export',
  summary: 'The months of the books, the latest first, with their totals, those so far, and who closed them',
  output: z.object({ rows: z.array(AccountingMonth), years: z.array(Year) }),
  refreshedBy: ['invoices', 'payments'],
})

export const closeMonth = endpoint({
  method: 'POST',
  path: '/billing/months/:month/closing',
  realm: 'staff',
  may: 'billing.settings',
  about: 'accounting_month',
  records: 'accounting_month.closed',
  stepUp: true,
  summary:
    'Closes a month that is over: nothing is dated into it any more, and its totals are chained to the one before',
  input: { params: z.object({ month: Month }) },
  output: AccountingMonth,
  refusals: [monthStillOpen, accountingMonthClosed],
  touches: ['invoices'],
})

const Amounts = { exclCents: Cents, vatCents: Cents, inclCents: Cents }

/** Opening + invoiced - credited - collected = due, month by month and for the year. */
export const RevenueReport = z.object({
  year: Year,
  years: z.array(Year),
  asOf: Instant,
  /** Owed on the eve of the year, less what clients have to their credit. */
  openingCents: Cents,
  months: z.array(
    z.object({
      month: Month,
      invoiced: z.object({ ...Amounts, count: z.int() }),
      /** Positive, as it is printed. */
      credited: z.object({ ...Amounts, count: z.int() }),
      netExclCents: Cents,
      collectedCents: Cents,
      payments: z.int(),
      /** On its last day, or now. */
      dueCents: Cents,
    }),
  ),
  rates: z.array(z.object({ vatBasisPoints: z.int(), baseCents: Cents, vatCents: Cents })),
  /** Null: invoiced outside a subscription. */
  plans: z.array(
    z.object({ id: Id.nullable(), plan: z.string().nullable(), exclCents: Cents, documents: z.int() }),
  ),
  /** What is due, from the other side: what each document and payment has left. */
  proof: z.object({
    /** Of all invoices. */
    outstandingCents: Cents,
    /** Credit notes and payments that wait for an invoice. */
    creditNotesCents: Cents,
    availableCents: Cents,
    dueCents: Cents,
    differenceCents: Cents,
  }),
})
export type RevenueReport = z.infer<typeof RevenueReport>

export const getRevenueReport = endpoint({
  method: 'GET',
  path: '/billing/reports/revenue',
  realm: 'staff',
  may: 'billing.export',
  summary: 'Invoiced, credited, collected and due in a year, month by month, and the proof that they agree',
  input: { query: z.object({ year: z.coerce.number().int().min(2000).max(2199).optional() }) },
  output: RevenueReport,
  refreshedBy: ['invoices', 'payments'],
})

export const exportRevenueReport = endpoint({
  method: 'GET',
  path: '/billing/reports/revenue.csv',
  realm: 'staff',
  may: 'billing.export',
  records: 'revenue_report.exported',
  summary: 'The same report as a file',
  input: { query: z.object({ year: z.coerce.number().int().min(2000).max(2199).optional() }) },
  output: { stream: ['text/csv'] },
})
