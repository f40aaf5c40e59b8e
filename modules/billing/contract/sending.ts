/** Documents by mail: the file itself goes along, below words that whoever sends it may change. */
import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'
import { emailHolds } from '#platform/contract/emails.ts'
import { Id, line, text } from '#platform/contract/ids.ts'
import { invoiceNotIssued } from './drafting.ts'
import { invoiceFileLost, invoiceFileWaiting } from './pdf.ts'
import { quoteNotIssued } from './quotes.ts'

/** `text` has empty lines between paragraphs, and nothing else is more than a line. */
export const DocumentLetter = z.object({
  to: line(254)
    .toLowerCase()
    .refine(emailHolds, { params: { code: 'email_invalid' } }),
  subject: line(150).min(1),
  body: text(5_000).min(1),
})
export type DocumentLetter = z.infer<typeof DocumentLetter>

const one = z.object({ id: Id })
const proposed = z.object({
  /** Empty where no address is known. */
  to: z.string(),
  subject: z.string(),
  body: z.string(),
  file: z.string(),
})

export const getInvoiceLetter = endpoint({
  method: 'GET',
  path: '/invoices/:id/letter',
  realm: 'staff',
  may: 'invoices.write',
  summary: 'To whom an issued document would go by mail, and in which words',
  input: { params: one },
  output: proposed,
  refusals: [invoiceNotIssued],
  refreshedBy: ['invoices', 'clients'],
})

export const sendInvoice = endpoint({
  method: 'POST',
  path: '/invoices/:id/mails',
  realm: 'staff',
  may: 'invoices.write',
  records: 'invoice.sent',
  about: 'invoice',
  stepUp: false,
  summary: 'Sends an issued document by mail, its sealed PDF along with it',
  input: { params: one, body: DocumentLetter },
  output: z.object({ mailId: Id }),
  refusals: [invoiceNotIssued, invoiceFileLost, invoiceFileWaiting],
  touches: ['invoices'],
})

export const getQuoteLetter = endpoint({
  method: 'GET',
  path: '/quotes/:id/letter',
  realm: 'staff',
  may: 'invoices.write',
  summary: 'To whom a quote would go by mail, and in which words',
  input: { params: one },
  output: proposed,
  refusals: [quoteNotIssued],
  refreshedBy: ['invoices', 'clients'],
})

export const sendQuote = endpoint({
  method: 'POST',
  path: '/quotes/:id/mails',
  realm: 'staff',
  may: 'invoices.write',
  records: 'quote.sent',
  about: 'quote',
  stepUp: false,
  summary: 'Sends a quote by mail, its PDF along with it',
  input: { params: one, body: DocumentLetter },
  output: z.object({ mailId: Id }),
  refusals: [quoteNotIssued],
  touches: ['invoices'],
})
