import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'
import { Day, Id, Instant, line } from '#platform/contract/ids.ts'
import { Cents } from '#platform/contract/money.ts'
import { pageOf, pageQuery } from '#platform/contract/page.ts'
import { CitedDocument, DocumentType, vatCategories } from './contract/draft.ts'
import { PaymentMethod } from './contract/payments.ts'
export * from './contract/findings.ts'
export * from './contract/content.ts'
export * from './contract/computing.ts'
export * from './contract/exemptions.ts'
export * from './contract/settings.ts'
export * from './contract/setting-versions.ts'
export * from './contract/rates.ts'
export * from './contract/dunning.ts'
export * from './contract/draft.ts'
export * from './contract/drafting.ts'
export * from './contract/issuing.ts'
export * from './contract/profiles.ts'
export * from './contract/pdf.ts'
export * from './contract/proof.ts'
export * from './contract/payments.ts'
export * from './contract/bank.ts'
export * from './contract/mandates.ts'
export * from './contract/cards.ts'
export * from './contract/catalogue.ts'
export * from './contract/subscription-life.ts'
export * from './contract/subscriptions.ts'
export * from './contract/renewal.ts'
export * from './contract/choosing.ts'
export * from './contract/quotes.ts'
export * from './contract/quote-refusals.ts'
export * from './contract/quote-content.ts'
export * from './contract/sending.ts'
export * from './contract/accounting.ts'
export * from './contract/statuses.ts'
export * from './contract/platform.ts'

export const permissions = [
  'invoices.read',
  'invoices.write',
  'invoices.issue',
  'payments.write',
  'subscriptions.read',
  'subscriptions.write',
  'catalogue.manage',
  'billing.settings',
  'billing.approve',
  'billing.export',
] as const
/** May be held within limits of clients: departments, some clients, one's own. */
export const limitable = ['invoices.read'] as const
export type Limitable = (typeof limitable)[number]
export const topics = {
  invoices: 'invoices.read',
  subscriptions: 'subscriptions.read',
  payments: 'invoices.read',
  'billing-settings': 'invoices.read',
} as const

export const documentKinds = ['invoice', 'credit_note'] as const
export const DocumentKind = z.enum(documentKinds)
export type DocumentKind = z.infer<typeof DocumentKind>

/**
 * Where a document stands, derived from what is known of it and the day it is in Paris; as a filter:
 * - `draft`   not numbered yet
 * - `issued`  everything that is numbered, credit notes included
 * - `paid`    invoices with nothing left to pay, which money paid, or some of it
 * - `credited` invoices with nothing left to pay, because credit notes took all of it back: nobody paid them
 * - `unpaid`  invoices with something left to pay, overdue ones included
 * - `overdue` those of them whose due day is past
 *
 * A row bears the word that tells most: `draft`, `paid`, `credited`, `overdue`, else `unpaid`; a numbered credit note is `issued`.
 */
export const invoiceStates = ['draft', 'issued', 'credited', 'paid', 'unpaid', 'overdue'] as const
export const InvoiceState = z.enum(invoiceStates)
export type InvoiceState = z.infer<typeof InvoiceState>

/** Amounts of a credit note are negative. */
export const InvoiceSummary = z.object({
  id: Id,
  kind: DocumentKind,
  state: InvoiceState,
  /** Null for a draft, like both days. */
  number: z.string().nullable(),
  issuedOn: Day.nullable(),
  dueOn: Day.nullable(),
  /** Whole days since the due day of an overdue invoice, else 0. */
  daysLate: z.int().min(0),
  client: z.object({ id: Id, firstName: z.string(), lastName: z.string(), email: z.string() }),
  exclCents: Cents,
  vatCents: Cents,
  inclCents: Cents,
  paidCents: Cents,
  /** Left to pay, including VAT; 0 for what is no issued invoice. */
  outstandingCents: Cents,
})
export type InvoiceSummary = z.infer<typeof InvoiceSummary>

export const invoiceSorts = [
  'issuedOn',
  '-issuedOn',
  'dueOn',
  '-dueOn',
  'number',
  '-number',
  'total',
  '-total',
] as const

const MonthOrYear = z.string().regex(/^(19|20|21)\d{2}(-(0[1-9]|1[0-2]))?$/, { error: 'month_wrong' })

/** What narrows the list; the dashboard's figures name the lines behind them in these words. */
export const invoiceFilter = {
  state: InvoiceState.optional(),
  kind: DocumentKind.optional(),
  client: Id.optional(),
  /** Of subscriptions of this plan, with what cites them; `none`: outside any subscription. */
  plan: z.union([Id, z.literal('none')]).optional(),
  /** Documents with something at a rate of VAT, in basis points; excluding VAT, VAT and their sum are then those of that rate. */
  rate: z.coerce.number().int().min(0).max(10_000).optional(),
  /** Numbered documents of a month, or of a year: `2026-02`, `2026`. */
  issuedIn: MonthOrYear.optional(),
  /** Numbered documents up to and including a day. */
  issuedUntil: Day.optional(),
  /** Beginning of a number, an amount including VAT (« 193,23 »), or words of the client's name, e-mail or city. */
  q: line(100).optional(),
}

export const listInvoices = endpoint({
  method: 'GET',
  path: '/invoices',
  realm: 'staff',
  may: 'invoices.read',
  summary: 'Invoices and credit notes, filtered, with the sums of the whole filtered list',
  input: {
    query: z.object({
      ...invoiceFilter,
      ...pageQuery,
      sort: z.enum(invoiceSorts).default('-issuedOn'),
    }),
  },
  output: pageOf(InvoiceSummary).extend({
    /**
     * Of the whole filtered list; null when it is too long to be counted (`totalIsExact` is false). Drafts are in none of them but
     * `draftInclCents`, unless drafts alone are listed.
     */
    sums: z
      .object({
        exclCents: Cents,
        vatCents: Cents,
        inclCents: Cents,
        outstandingCents: Cents,
        draftInclCents: Cents,
      })
      .nullable(),
  }),
  refreshedBy: ['invoices', 'clients'],
})

export const exportInvoices = endpoint({
  method: 'GET',
  path: '/invoices.csv',
  realm: 'staff',
  may: 'billing.export',
  records: 'invoices.exported',
  about: 'invoice',
  summary: 'The same list, in its order and to its end, as a French CSV file',
  input: { query: z.object({ ...invoiceFilter, sort: z.enum(invoiceSorts).default('-issuedOn') }) },
  output: { stream: ['text/csv'] },
})

const Span = z.object({ from: Day, until: Day })

export const InvoiceLine = z.object({
  position: z.int(),
  description: z.string(),
  /** Up to three decimals. */
  quantity: z.number(),
  /** UN/ECE Recommendation 20. */
  unit: z.string(),
  unitPriceCents: Cents,
  /** Off this line. */
  discountCents: Cents,
  vatCategory: z.enum(vatCategories),
  vatBasisPoints: z.int(),
  vatExemption: z.string().nullable(),
  /** Quantity times unit price less the discount, excluding VAT. */
  exclCents: Cents,
  /** Of it what is left once the document's discount is shared out: what a credit note of this line takes back. */
  netCents: Cents,
  period: Span.nullable(),
  /** The deposit invoice it takes off; on a credit note, gives back. */
  depositId: Id.nullable(),
})
export type InvoiceLine = z.infer<typeof InvoiceLine>

export const Invoice = InvoiceSummary.extend({
  typeCode: DocumentType,
  createdAt: Instant,
  lines: z.array(InvoiceLine),
  /** Off the whole document; as a part of it, where it was given as one, and why. */
  discountCents: Cents,
  discountBasisPoints: z.int(),
  discountLabel: z.string(),
  /** One a category and rate, the highest first; VAT on the sum of the rate's lines (EN 16931 BR-CO-17). */
  vat: z.array(
    z.object({
      vatCategory: z.enum(vatCategories),
      vatBasisPoints: z.int(),
      baseCents: Cents,
      vatCents: Cents,
    }),
  ),
  period: Span.nullable(),
  orderReference: z.string(),
  note: z.string(),
  /** Never printed. */
  internalNote: z.string(),
  paymentMeans: PaymentMethod.nullable(),
  /** It was frozen with its number, and has a file; what was taken over from elsewhere may have none. */
  isFrozen: z.boolean(),
  /** What it cites. */
  original: CitedDocument.nullable(),
  /** What cites it, drafts too, the oldest first. */
  citedBy: z.array(
    z.object({ id: Id, typeCode: DocumentType, number: z.string().nullable(), inclCents: Cents }),
  ),
  quote: z.object({ id: Id, number: z.string().nullable() }).nullable(),
  subscriptionId: Id.nullable(),
  /** Credit notes that pay it; of a credit note, the invoices it pays. */
  credits: z.array(z.object({ id: Id, number: z.string(), amountCents: Cents })),
  /** What was allocated to this document, the oldest first. */
  payments: z.array(z.object({ id: Id, receivedOn: Day, method: PaymentMethod, amountCents: Cents })),
})
export type Invoice = z.infer<typeof Invoice>

export const getInvoice = endpoint({
  method: 'GET',
  path: '/invoices/:id',
  realm: 'staff',
  may: 'invoices.read',
  summary: 'One invoice or credit note with its lines, VAT per rate and payments',
  input: { params: z.object({ id: Id }) },
  output: Invoice,
  refreshedBy: ['invoices', 'clients'],
})
