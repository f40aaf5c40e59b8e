/** Documents as files: what is shown, packed, and found to be lost. */
import * as billing from '#contract/billing'
import { billableClient, draftFor, issuedFor, openBilling } from '../../harness/billing.ts'
import type { TenancyServer } from '../../harness/tenants.ts'
import type { RefusalStory, WriteStory } from './story.ts'

async function accounts(server: TenancyServer, name?: string) {
  await openBilling(server.db)
  return { as: await server.as('billing'), clientId: await billableClient(server.db, name) }
}

async function drafted(server: TenancyServer, name?: string) {
  const { as, clientId } = await accounts(server, name)
  const { id } = await draftFor(as, clientId)
  return { as, id, input: { params: { id } } }
}

async function issued(server: TenancyServer) {
  const { as, clientId } = await accounts(server)
  const { id } = await issuedFor(as, clientId)
  return { as, id, input: { params: { id } } }
}

export const writes: readonly WriteStory[] = [
  {
    endpoint: billing.packInvoices,
    async tell(server) {
      const { as, id } = await issued(server)
      return { as, input: { body: { ids: [id] } } }
    },
  },
]

export const refusals: readonly RefusalStory[] = [
  { endpoint: billing.getInvoicePdf, refusal: billing.invoiceNotIssued, tell: (server) => drafted(server) },
  {
    endpoint: billing.getInvoicePdf,
    refusal: billing.invoiceFileLost,
    async tell(server) {
      const story = await issued(server)
      // Another file was sealed and sent, with a certificate that nobody has any more.
      await server.pool.query(
        `insert into invoice_pdfs (invoice_id, sha256, bytes, storage_key, certificate_sha256)
         values ($1::uuid, sha256($1::uuid::text::bytea), 1, $1::uuid::text, sha256('former'))`,
        [story.id],
      )
      return story
    },
  },
  { endpoint: billing.previewInvoice, refusal: billing.invoiceIssued, tell: (server) => issued(server) },
  {
    endpoint: billing.previewInvoice,
    refusal: billing.documentUnprintable,
    tell: (server) => drafted(server, 'Cabinet 🦉'),
  },
]
