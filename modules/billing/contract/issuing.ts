/** From a draft to a document with a number, a place in the chain, and a life. */
import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'
import { Day, Id, Instant, Revision } from '#platform/contract/ids.ts'
import { refusal } from '#platform/contract/refusal.ts'
import { DraftSums } from './draft.ts'
import { Finding } from './findings.ts'
import { documentUnprintable } from './pdf.ts'
import { invoiceChanged, invoiceClientExcluded, invoiceClientInTrash, invoiceIssued } from './drafting.ts'

/** The linter found errors; `details.findings` are all it found. */
export const invoiceNotLawful = refusal('invoice_not_lawful', 422)
/** Numbers follow the days: the last of the series was issued later; `details.lastIssuedOn`. */
export const issueDayTooEarly = refusal('invoice_day_too_early')
/** Its month was closed in the accounts. */
export const monthClosed = refusal('invoice_month_closed')

const one = z.object({ id: Id })

export const checkDraft = endpoint({
  method: 'GET',
  path: '/invoices/:id/check',
  realm: 'staff',
  may: 'invoices.write',
  summary:
    'What a draft would be if it were finalised now: number to come, days, sums, and the rules it breaks',
  input: { params: one },
  output: z.object({
    revision: z.int(),
    findings: z.array(Finding),
    sums: DraftSums,
    /** Unless somebody else finalises first. */
    nextNumber: z.string(),
    issuedOn: Day,
    dueOn: Day,
  }),
  refusals: [invoiceIssued],
  refreshedBy: ['invoices', 'billing-settings', 'clients'],
})

export const finaliseInvoice = endpoint({
  method: 'POST',
  path: '/invoices/:id/finalisation',
  realm: 'staff',
  may: 'invoices.issue',
  records: 'invoice.issued',
  about: 'invoice',
  stepUp: false,
  summary: 'Gives a draft its number for ever: checked, frozen, chained to the one before',
  input: { params: one, body: z.object({ revision: Revision }) },
  output: z.object({ id: Id, number: z.string(), issuedOn: Day, dueOn: Day, sha256: z.string() }),
  refusals: [
    invoiceChanged,
    invoiceIssued,
    invoiceNotLawful,
    documentUnprintable,
    issueDayTooEarly,
    monthClosed,
    invoiceClientInTrash,
    invoiceClientExcluded,
  ],
  touches: ['invoices'],
})

export const InvoiceEvent = z.object({
  id: Id,
  at: Instant,
  /** `created`, `finalised`, `rendered`, `sent`, `deposited`, `refused`, `collected`, `rejected`, `paid`, `credited` … */
  kind: z.string(),
  /** XP Z12-012, where there is one. */
  code: z.int().nullable(),
  /** Empty: the installation itself. */
  by: z.string(),
  data: z.record(z.string(), z.unknown()),
})
export type InvoiceEvent = z.infer<typeof InvoiceEvent>

export const listInvoiceEvents = endpoint({
  method: 'GET',
  path: '/invoices/:id/events',
  realm: 'staff',
  may: 'invoices.read',
  summary: 'The life of a document, the oldest first',
  input: { params: one },
  output: z.object({ rows: z.array(InvoiceEvent) }),
  refreshedBy: ['invoices', 'payments'],
})
