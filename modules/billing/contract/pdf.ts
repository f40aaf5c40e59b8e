/** Documents as files: the sealed PDF, a draft as it would look, many at once, and whether a file is ours. */
import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'
import { Day, Id, Instant } from '#platform/contract/ids.ts'
import { Cents } from '#platform/contract/money.ts'
import { refusal } from '#platform/contract/refusal.ts'
import { invoiceIssued, invoiceNotIssued } from './drafting.ts'

/** `details.characters`: what no font of ours can write. */
export const documentUnprintable = refusal('document_unprintable', 422)

/**
 * Its file is not on this server any more and cannot be made again as it was, since the certificate that seals changed: it comes
 * back from a backup.
 */
export const invoiceFileLost = refusal('invoice_file_lost', 410)

/** The document is issued and its file not made yet: the certificate that seals ran out, or cannot be read. */
export const invoiceFileWaiting = refusal('invoice_file_waiting', 409)

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/, { error: 'hash_wrong' })

/**
 * `original` is the file that was sealed, always the same bytes. `copy` is marked as one, says « ACQUITTÉE » once the document
 * is paid, and proves nothing.
 */
export const pdfVersions = ['original', 'copy'] as const
/** The same pages as a picture, one below the other, for screens that show no PDF in place. */
export const pageForms = ['pdf', 'svg'] as const
const as = z.enum(pageForms).default('pdf')

export const getInvoicePdf = endpoint({
  method: 'GET',
  path: '/invoices/:id/pdf',
  realm: 'staff',
  may: 'invoices.read',
  summary: 'The sealed PDF of an issued document, or a copy of it that is marked as one',
  input: {
    params: z.object({ id: Id }),
    query: z.object({
      version: z.enum(pdfVersions).default('original'),
      as,
      download: z.enum(['true', 'false']).default('false'),
    }),
  },
  output: { stream: ['application/pdf', 'image/svg+xml'] },
  refusals: [invoiceNotIssued, invoiceFileLost, invoiceFileWaiting],
})

export const previewInvoice = endpoint({
  method: 'GET',
  path: '/invoices/:id/preview-pdf',
  realm: 'staff',
  may: 'invoices.read',
  summary: 'A draft as the PDF it would become, marked as no invoice yet',
  input: {
    params: z.object({ id: Id }),
    query: z.object({
      as,
      // Nothing goes by it: another revision is another address, so that a browser asks again.
      revision: z.coerce.number().int().max(2_147_483_647).optional(),
    }),
  },
  output: { stream: ['application/pdf', 'image/svg+xml'] },
  refusals: [invoiceIssued, documentUnprintable],
})

export const packJobKind = 'billing.pack'
export const packedAtMost = 1_000

/** Result of the job: `{ fileId, documents }`. Drafts and what somebody may not see are left out. */
export const packInvoices = endpoint({
  method: 'POST',
  path: '/invoices/packs',
  realm: 'staff',
  may: 'invoices.read',
  records: 'invoice.packed',
  about: 'invoice',
  stepUp: false,
  summary: 'Begins to pack the files of many documents into one zip',
  input: { body: z.object({ ids: z.array(Id).min(1).max(packedAtMost) }) },
  output: z.object({ jobId: Id }),
  status: 202,
})
export type PackOutcome = { fileId: string; documents: number }

/**
 * Whether a file is one of ours. `unchanged`: it is, byte by byte. `altered`: it says it is this document and has other bytes.
 * The file itself stays where it is: a browser hashes it, and reads the mark it bears.
 */
export const DocumentCheck = z.object({
  verdict: z.enum(['unchanged', 'altered', 'unknown']),
  /** What the document says that we issued: whoever holds one of its two hashes holds the document. */
  document: z
    .object({
      number: z.string(),
      typeCode: z.union([z.literal(380), z.literal(381), z.literal(384), z.literal(386)]),
      issuedOn: Day,
      seller: z.string(),
      exclCents: Cents,
      vatCents: Cents,
      inclCents: Cents,
    })
    .nullable(),
  /** Of the file as it was sealed: a longer one may begin with it. */
  file: z.object({ sha256: Sha256, bytes: z.int(), sealedAt: Instant }).nullable(),
})
export type DocumentCheck = z.infer<typeof DocumentCheck>

export const checkDocument = endpoint({
  method: 'GET',
  path: '/document-checks/:sha256',
  realm: 'public',
  may: 'anyone',
  summary: 'Whether a file with this hash, bearing this mark, is a document of ours and unchanged',
  input: { params: z.object({ sha256: Sha256 }), query: z.object({ mark: Sha256.optional() }) },
  output: DocumentCheck,
})
