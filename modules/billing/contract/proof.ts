/** What shows that an issued document is what it was: its hashes, its place in the chain, and the XML as it was frozen. */
import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'
import { Id, Instant } from '#platform/contract/ids.ts'
import { invoiceNotIssued } from './drafting.ts'

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const one = z.object({ id: Id })

export const getInvoiceProof = endpoint({
  method: 'GET',
  path: '/invoices/:id/proof',
  realm: 'staff',
  may: 'invoices.read',
  summary: 'The hashes of an issued document and its place in the chain, reckoned again',
  input: { params: one },
  output: z.object({
    number: z.string(),
    series: z.enum(['invoice', 'credit_note']),
    position: z.int(),
    finalisedAt: Instant,
    contentSha256: Sha256,
    xmlSha256: Sha256,
    previousSha256: Sha256,
    /** The document's link of the chain: SHA-256(previous || content || xml). */
    sha256: Sha256,
    /** Whether all of these are what the frozen content, its XML and the document before it give. */
    holds: z.boolean(),
    /** Null until it is made. */
    pdf: z
      .object({ sha256: Sha256, bytes: z.int(), certificateSha256: Sha256, renderedAt: Instant })
      .nullable(),
  }),
  refusals: [invoiceNotIssued],
  refreshedBy: ['invoices'],
})

export const getInvoiceXml = endpoint({
  method: 'GET',
  path: '/invoices/:id/xml',
  realm: 'staff',
  may: 'invoices.read',
  summary: 'The XML of an issued document (CII, EN 16931), as it was frozen',
  input: { params: one },
  output: { stream: ['application/xml'] },
  refusals: [invoiceNotIssued],
})
