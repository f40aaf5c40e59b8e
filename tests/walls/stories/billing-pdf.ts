/** Documents as files: what is shown, packed, and found to be lost. */
import { generateKeyPairSync } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { expect } from 'vitest'
import * as billing from '#contract/billing'
import { selfMade } from '../../../modules/billing/server/pdf/self-made.ts'
import { atTheEnd } from '../../harness/at-the-end.ts'
import { billableClient, draftFor, issuedFor, openBilling } from '../../harness/billing.ts'
import { openBrowserless, type Browserless } from '../../harness/browserless.ts'
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

/** Another process reads its seal where there is none any more; the file that was kept is gone. */
async function withoutSeal(server: TenancyServer, role: string) {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'mgp-no-seal-'))
  atTheEnd(() => rm(folder, { recursive: true, force: true }))
  const sealFiles = { certificate: path.join(folder, 'seal.pem'), key: path.join(folder, 'seal.key') }
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 })
  const der = (await selfMade(privateKey, publicKey)).toString('base64')
  await writeFile(sealFiles.certificate, `-----BEGIN CERTIFICATE-----\n${der}\n-----END CERTIFICATE-----\n`)
  await writeFile(sealFiles.key, privateKey.export({ format: 'pem', type: 'pkcs8' }))
  const other = await server.another({}, { invoiceSeal: sealFiles })
  await rm(folder, { recursive: true })
  const { as, id, input } = await issued(server)
  await as.ask(billing.getInvoicePdf, { ...input, query: {} })
  await rendered(server, id)
  await rm(path.join(server.dataDir, 'invoice-files', id), { recursive: true })
  return { as: await openBrowserless(other.app).signIn(role), input }
}

async function issued(server: TenancyServer) {
  const { as, clientId } = await accounts(server)
  const { id } = await issuedFor(as, clientId)
  return { as, id, input: { params: { id } } }
}

/** Its own errand is over: it would put the file back where it is missed. */
async function rendered({ pool }: TenancyServer, id: string) {
  const errands = async () => {
    const { rowCount } = await pool.query(
      `select from pgboss.job where name = 'invoice-pdf' and data ->> 'id' = $1 and state < 'completed'`,
      [id],
    )
    return rowCount
  }
  await expect.poll(errands, { timeout: 20_000 }).toBe(0)
}

/** Another file was sealed and sent, with a certificate that nobody has any more. */
async function lost(server: TenancyServer) {
  const story = await issued(server)
  await server.pool.query(
    `insert into invoice_pdfs (invoice_id, sha256, bytes, storage_key, certificate_sha256)
     values ($1::uuid, sha256($1::uuid::text::bytea), 1, $1::uuid::text, sha256('former'))`,
    [story.id],
  )
  return story
}

const withLetter = ({ as, input }: { as: Browserless; input: { params: { id: string } } }) => ({
  as,
  input: { ...input, body: { to: 'anne@example.com', subject: 'Votre facture', body: 'La voici.' } },
})

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
    tell: (server) => lost(server),
  },
  {
    endpoint: billing.getInvoicePdf,
    refusal: billing.invoiceFileWaiting,
    tell: (server) => withoutSeal(server, 'auditor'),
  },
  {
    endpoint: billing.sendInvoice,
    refusal: billing.invoiceFileWaiting,
    tell: async (server) => withLetter(await withoutSeal(server, 'administrator')),
  },
  {
    endpoint: billing.sendInvoice,
    refusal: billing.invoiceFileLost,
    tell: async (server) => withLetter(await lost(server)),
  },
  { endpoint: billing.previewInvoice, refusal: billing.invoiceIssued, tell: (server) => issued(server) },
  {
    endpoint: billing.previewInvoice,
    refusal: billing.documentUnprintable,
    tell: (server) => drafted(server, 'Cabinet 🦉'),
  },
]
