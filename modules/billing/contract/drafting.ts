/** Writing a document: until it is finalised it may be changed, and thrown away. */
import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'
import { Id, Instant, Revision, text } from '#platform/contract/ids.ts'
import { refusal } from '#platform/contract/refusal.ts'
import { Draft, draftFields, DraftFields } from './draft.ts'
import { quoteDepositOpen, quoteInvoiced } from './quote-refusals.ts'

/** Somebody else changed it meanwhile; `details.current` is what stands now. */
export const invoiceChanged = refusal('invoice_changed')
/** It bears a number: nothing of it changes any more. */
export const invoiceIssued = refusal('invoice_issued')
/** It bears no number yet, and what was asked needs one. */
export const invoiceNotIssued = refusal('invoice_not_issued')
/** Nothing more is invoiced to them; what they were invoiced may still be credited. */
export const invoiceClientInTrash = refusal('invoice_client_in_trash')
export const invoiceClientExcluded = refusal('invoice_client_excluded')
/** Credit notes took back all of it. */
export const invoiceCreditedWhole = refusal('invoice_credited_whole')
/** A corrective invoice stands for what was taken back before, all of it. */
export const invoiceNotCreditedWhole = refusal('invoice_not_credited_whole')
/** It has one already, `details.invoiceId`: what is wrong with that one is corrected by one of its own. */
export const invoiceCorrected = refusal('invoice_corrected')
/** What was asked does not exist for this kind of document: a credit note is not credited. */
export const invoiceKindWrong = refusal('invoice_kind_wrong')
/** Final invoices took all of this deposit off, as far as it was not credited. */
export const depositTaken = refusal('invoice_deposit_taken')
/** The note was written by somebody else meanwhile; `details.current` is theirs. */
export const internalNoteChanged = refusal('internal_note_changed')

const staff = {
  realm: 'staff',
  may: 'invoices.write',
  about: 'invoice',
  stepUp: false,
  touches: ['invoices'],
} as const
const one = z.object({ id: Id })

export const createDraft = endpoint({
  ...staff,
  method: 'POST',
  path: '/invoices',
  records: 'invoice.drafted',
  summary: 'Begins an invoice or a deposit invoice',
  input: {
    body: z.object({ clientId: Id, typeCode: z.literal([380, 386]).default(380), ...draftFields }),
  },
  output: Draft,
  status: 201,
  refusals: [invoiceClientInTrash, invoiceClientExcluded],
})

export const getDraft = endpoint({
  method: 'GET',
  path: '/invoices/:id/draft',
  realm: 'staff',
  may: 'invoices.write',
  summary: 'A draft as its editor needs it',
  input: { params: one },
  output: Draft,
  refusals: [invoiceIssued],
  refreshedBy: ['invoices'],
})

export const saveDraft = endpoint({
  ...staff,
  method: 'PUT',
  path: '/invoices/:id/draft',
  records: 'invoice.updated',
  summary: 'Saves a draft, whole, over the state it was read in',
  input: { params: one, body: DraftFields.extend({ revision: Revision }) },
  output: z.object({ revision: z.int(), savedAt: Instant }),
  refusals: [invoiceChanged, invoiceIssued],
})

export const discardDraft = endpoint({
  ...staff,
  method: 'DELETE',
  path: '/invoices/:id',
  records: 'invoice.discarded',
  summary: 'Throws a draft away; a numbered document is credited instead',
  input: { params: one },
  output: z.void(),
  status: 204,
  refusals: [invoiceIssued],
})

export const duplicateInvoice = endpoint({
  ...staff,
  method: 'POST',
  path: '/invoices/:id/copy',
  records: 'invoice.duplicated',
  summary: 'Begins a draft with the lines of an invoice',
  input: { params: one },
  output: Draft,
  status: 201,
  refusals: [invoiceKindWrong, invoiceClientInTrash, invoiceClientExcluded],
})

export const draftCreditNote = endpoint({
  ...staff,
  method: 'POST',
  path: '/invoices/:id/credit-note',
  records: 'credit_note.drafted',
  summary: 'Begins a credit note that cites an issued invoice: of all that is left of it, or of some lines',
  input: {
    params: one,
    body: z.object({
      /** Positions of lines to take back; null: all that no credit note took back yet. */
      positions: z.array(z.int().min(1)).min(1).max(1_000).nullable().default(null),
      /** Why, in words that are printed on it. */
      reason: text(1_000).default(''),
    }),
  },
  output: Draft,
  status: 201,
  refusals: [invoiceNotIssued, invoiceKindWrong, invoiceCreditedWhole, depositTaken],
})

export const draftCorrection = endpoint({
  ...staff,
  method: 'POST',
  path: '/invoices/:id/correction',
  records: 'corrective_invoice.drafted',
  summary: 'Begins the corrective invoice (384) of an invoice that was credited whole',
  input: { params: one },
  output: Draft,
  status: 201,
  refusals: [
    invoiceNotIssued,
    invoiceKindWrong,
    invoiceNotCreditedWhole,
    invoiceCorrected,
    invoiceClientInTrash,
    invoiceClientExcluded,
  ],
})

export const draftFinalInvoice = endpoint({
  ...staff,
  method: 'POST',
  path: '/invoices/:id/final-invoice',
  records: 'final_invoice.drafted',
  summary:
    'Begins the final invoice of a deposit invoice, which it takes off rate by rate; of a quote’s deposit, the invoice of that quote',
  input: { params: one },
  output: Draft,
  status: 201,
  refusals: [
    invoiceNotIssued,
    invoiceKindWrong,
    invoiceCreditedWhole,
    depositTaken,
    quoteInvoiced,
    quoteDepositOpen,
    invoiceClientInTrash,
    invoiceClientExcluded,
  ],
})

export const setInternalNote = endpoint({
  ...staff,
  method: 'PUT',
  path: '/invoices/:id/internal-note',
  records: 'invoice.noted',
  summary: 'Writes the note that is never printed, on a draft or an issued document',
  input: {
    params: one,
    body: z.object({
      note: text(4_000),
      /** What was read before it was changed. */
      was: z.string(),
    }),
  },
  output: z.object({ note: z.string() }),
  refusals: [internalNoteChanged],
})
