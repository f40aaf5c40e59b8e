/** Quotes: what is offered before anything is owed. One that bears a number stands as it is; it is decided upon, then invoiced. */
import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'
import { Day, Id, Instant, line, Revision } from '#platform/contract/ids.ts'
import { Cents } from '#platform/contract/money.ts'
import { pageOf, pageQuery } from '#platform/contract/page.ts'
import { refusal } from '#platform/contract/refusal.ts'
import { DocumentType, draftFields } from './draft.ts'
import { documentUnprintable, pageForms } from './pdf.ts'
import { quoteDepositOpen, quoteInvoiced } from './quote-refusals.ts'

/** `expired` is derived: offered, not decided upon, and its last day is past; as a filter too. */
export const quoteStates = ['draft', 'sent', 'accepted', 'declined', 'expired'] as const
export const QuoteState = z.enum(quoteStates)
export type QuoteState = z.infer<typeof QuoteState>

/** What the editor saves, whole; lines and discount are those of an invoice's draft. */
export const QuoteFields = z.object({
  /** The last day on which it may be accepted; null: thirty days after it was issued. */
  validUntil: Day.nullable().default(null),
  discount: draftFields.discount,
  orderReference: draftFields.orderReference,
  note: draftFields.note,
  lines: draftFields.lines,
})
export type QuoteFields = z.infer<typeof QuoteFields>

export const QuoteSummary = z.object({
  id: Id,
  state: QuoteState,
  /** Null for a draft, like the day. */
  number: z.string().nullable(),
  issuedOn: Day.nullable(),
  validUntil: Day.nullable(),
  client: z.object({ id: Id, firstName: z.string(), lastName: z.string(), email: z.string() }),
  exclCents: Cents,
  inclCents: Cents,
  createdAt: Instant,
})
export type QuoteSummary = z.infer<typeof QuoteSummary>

export const Quote = QuoteSummary.extend({
  ...QuoteFields.shape,
  vatCents: Cents,
  decidedAt: Instant.nullable(),
  revision: z.int(),
  updatedAt: Instant,
  /** What became of it, the oldest first. */
  invoices: z.array(
    z.object({
      id: Id,
      typeCode: DocumentType,
      number: z.string().nullable(),
      inclCents: Cents,
    }),
  ),
})
export type Quote = z.infer<typeof Quote>

/** Somebody else changed it meanwhile; `details.current` is what stands now. */
export const quoteChanged = refusal('quote_changed')
/** It bears a number: it is offered as it is. */
export const quoteIssued = refusal('quote_issued')
export const quoteNotIssued = refusal('quote_not_issued')
/** There is nothing to offer yet. */
export const quoteEmpty = refusal('quote_empty', 422)
/** It is not offered any more, or was decided upon. */
export const quoteNotOpen = refusal('quote_not_open')
/** Only what was accepted is invoiced. */
export const quoteNotAccepted = refusal('quote_not_accepted')
/** More than is left to ask for. */
export const depositTooLarge = refusal('deposit_too_large', 422)
/** Nothing is offered to them any more. */
export const quoteClientGone = refusal('quote_client_gone')

const staff = {
  realm: 'staff',
  may: 'invoices.write',
  about: 'quote',
  stepUp: false,
  touches: ['invoices'],
} as const
const one = z.object({ id: Id })

export const listQuotes = endpoint({
  method: 'GET',
  path: '/quotes',
  realm: 'staff',
  may: 'invoices.read',
  summary: 'Quotes, the newest first',
  input: {
    query: z.object({
      state: QuoteState.optional(),
      client: Id.optional(),
      /** Beginning of a number, or words of the client's name, e-mail or city. */
      q: line(100).optional(),
      ...pageQuery,
    }),
  },
  output: pageOf(QuoteSummary).extend({ exclCents: Cents, inclCents: Cents }),
  refreshedBy: ['invoices', 'clients'],
})

export const getQuote = endpoint({
  method: 'GET',
  path: '/quotes/:id',
  realm: 'staff',
  may: 'invoices.read',
  summary: 'One quote with its lines, and what became of it',
  input: { params: one },
  output: Quote,
  refreshedBy: ['invoices', 'clients'],
})

export const createQuote = endpoint({
  ...staff,
  method: 'POST',
  path: '/quotes',
  records: 'quote.drafted',
  summary: 'Begins a quote',
  input: { body: QuoteFields.extend({ clientId: Id }) },
  output: Quote,
  status: 201,
  refusals: [quoteClientGone],
})

export const saveQuote = endpoint({
  ...staff,
  method: 'PUT',
  path: '/quotes/:id',
  records: 'quote.updated',
  summary: 'Saves the draft of a quote, whole, over the state it was read in',
  input: { params: one, body: QuoteFields.extend({ revision: Revision }) },
  output: z.object({ revision: z.int(), savedAt: Instant }),
  refusals: [quoteChanged, quoteIssued],
})

export const discardQuote = endpoint({
  ...staff,
  method: 'DELETE',
  path: '/quotes/:id',
  records: 'quote.discarded',
  summary: 'Throws the draft of a quote away',
  input: { params: one },
  output: z.void(),
  status: 204,
  refusals: [quoteIssued],
})

export const duplicateQuote = endpoint({
  ...staff,
  method: 'POST',
  path: '/quotes/:id/copy',
  records: 'quote.duplicated',
  summary: 'Begins a quote with the lines of another',
  input: { params: one },
  output: Quote,
  status: 201,
  refusals: [quoteClientGone],
})

export const issueQuote = endpoint({
  ...staff,
  method: 'POST',
  path: '/quotes/:id/issuing',
  records: 'quote.issued',
  summary: 'Gives a quote its number: from now on it is offered, and stands as it is',
  input: { params: one, body: z.object({ revision: Revision }) },
  output: Quote,
  refusals: [quoteChanged, quoteIssued, quoteEmpty, quoteClientGone, documentUnprintable],
})

export const acceptQuote = endpoint({
  ...staff,
  method: 'POST',
  path: '/quotes/:id/acceptance',
  records: 'quote.accepted',
  summary: 'Writes down that the client accepted what was offered, in time or late',
  input: { params: one },
  output: Quote,
  refusals: [quoteNotOpen],
})

export const declineQuote = endpoint({
  ...staff,
  method: 'POST',
  path: '/quotes/:id/declining',
  records: 'quote.declined',
  summary: 'Writes down that the client declined what was offered',
  input: { params: one },
  output: Quote,
  refusals: [quoteNotOpen],
})

export const invoiceQuote = endpoint({
  ...staff,
  method: 'POST',
  path: '/quotes/:id/invoice',
  records: 'quote.invoiced',
  summary: 'Begins the invoice of an accepted quote; deposits that were invoiced are taken off, rate by rate',
  input: { params: one },
  output: z.object({ invoiceId: Id }),
  status: 201,
  refusals: [quoteNotAccepted, quoteInvoiced, quoteDepositOpen, quoteClientGone],
})

export const depositOfQuote = endpoint({
  ...staff,
  method: 'POST',
  path: '/quotes/:id/deposit',
  records: 'quote.deposit_drafted',
  summary: 'Begins a deposit invoice: a part of an accepted quote, rate by rate',
  input: { params: one, body: z.object({ basisPoints: z.int().min(1).max(9_999) }) },
  output: z.object({ invoiceId: Id }),
  status: 201,
  refusals: [quoteNotAccepted, quoteInvoiced, depositTooLarge, quoteClientGone],
})

export const getQuotePdf = endpoint({
  method: 'GET',
  path: '/quotes/:id/pdf',
  realm: 'staff',
  may: 'invoices.read',
  summary: 'A quote as a PDF; a draft is marked as one',
  input: {
    params: one,
    // Nothing goes by it: another revision is another address, so that a browser asks again.
    query: z.object({
      as: z.enum(pageForms).default('pdf'),
      revision: z.coerce.number().int().max(2_147_483_647).optional(),
    }),
  },
  output: { stream: ['application/pdf', 'image/svg+xml'] },
  refusals: [documentUnprintable],
})
