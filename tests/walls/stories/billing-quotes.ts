/** Quotes from a draft to an invoice, and documents that leave by mail. */
import * as billing from '#contract/billing'
import type { Refusal } from '#platform/contract/refusal.ts'
import type { AnyEndpoint } from '#platform/contract/endpoint.ts'
import { billableClient, draftFor, issuedFor, openBilling, subscriptionLine } from '../../harness/billing.ts'
import type { TenancyServer } from '../../harness/tenants.ts'
import type { Call, RefusalStory, WriteStory } from './story.ts'

const letter = { to: 'cabinet@example.com', subject: 'Votre document', body: 'Bonjour,\n\nCi-joint.' }

async function drafted(server: TenancyServer, description = 'Accompagnement') {
  await openBilling(server.db)
  const as = await server.as('billing')
  const clientId = await billableClient(server.db)
  const lines = [{ ...subscriptionLine, description, unitPriceCents: 100_000 }]
  const { id, revision } = await as.call(billing.createQuote, { body: { clientId, lines } })
  return { as, clientId, id, params: { id }, revision, input: { params: { id }, body: { revision } } }
}
async function offered(server: TenancyServer) {
  const story = await drafted(server)
  await story.as.call(billing.issueQuote, story.input)
  return { ...story, input: { params: story.params } }
}
async function accepted(server: TenancyServer) {
  const story = await offered(server)
  await story.as.call(billing.acceptQuote, { params: story.params })
  return story
}

const trash = (server: TenancyServer, id: string) =>
  server.pool.query('update clients set trashed_at = now() where id = $1', [id])

/** The same, of somebody who was let go meanwhile. */
async function gone<Story extends { clientId: string }>(
  server: TenancyServer,
  tell: (server: TenancyServer) => Promise<Story>,
): Promise<Story> {
  const story = await tell(server)
  await trash(server, story.clientId)
  return story
}

const of = async (
  story: Promise<{ as: Call['as']; params: { id: string } }>,
  body?: object,
): Promise<Call> => {
  const { as, params } = await story
  return { as, input: { params, ...(body && { body }) } }
}
const empty = (revision: number) => ({ revision, lines: [] })
const part = { basisPoints: 3_000 }

async function invoiced(server: TenancyServer) {
  const story = await accepted(server)
  await story.as.call(billing.invoiceQuote, { params: story.params })
  return story
}

/** A deposit of it is asked for, and not issued yet. */
async function deposited(server: TenancyServer) {
  const story = await accepted(server)
  const { invoiceId } = await story.as.call(billing.depositOfQuote, { params: story.params, body: part })
  return { ...story, invoiceId }
}

/** Its deposit is issued; another is asked for, or its invoice is begun. */
async function depositIssued(server: TenancyServer, then: 'deposit' | 'invoice') {
  const { as, params, invoiceId: id } = await deposited(server)
  await as.call(billing.finaliseInvoice, { params: { id }, body: { revision: 1 } })
  if (then === 'deposit') await as.call(billing.depositOfQuote, { params, body: part })
  else await as.call(billing.invoiceQuote, { params })
  return { as, params: { id } }
}

export const writes: readonly WriteStory[] = [
  {
    endpoint: billing.createQuote,
    async tell(server) {
      const { as, clientId } = await drafted(server)
      return { as, input: { body: { clientId } } }
    },
  },
  {
    endpoint: billing.saveQuote,
    async tell(server) {
      const { as, params, revision } = await drafted(server)
      return { as, input: { params, body: { revision, note: 'Merci.' } } }
    },
  },
  { endpoint: billing.discardQuote, tell: (server) => of(drafted(server)) },
  { endpoint: billing.duplicateQuote, tell: (server) => of(offered(server)) },
  { endpoint: billing.issueQuote, tell: (server) => drafted(server) },
  { endpoint: billing.acceptQuote, tell: (server) => of(offered(server)) },
  { endpoint: billing.declineQuote, tell: (server) => of(offered(server)) },
  { endpoint: billing.invoiceQuote, tell: (server) => of(accepted(server)) },
  { endpoint: billing.depositOfQuote, tell: (server) => of(accepted(server), part) },
  { endpoint: billing.sendQuote, tell: (server) => of(offered(server), letter) },
  {
    endpoint: billing.sendInvoice,
    async tell(server) {
      const { as, clientId } = await drafted(server)
      const { id } = await issuedFor(as, clientId)
      return { as, input: { params: { id }, body: letter } }
    },
  },
]

const refused = (
  endpoint: AnyEndpoint,
  refusal: Refusal,
  tell: (server: TenancyServer) => Promise<Call>,
): RefusalStory => ({ endpoint, refusal, tell })

/** Saved by somebody meanwhile. */
async function changed(server: TenancyServer) {
  const story = await drafted(server)
  await story.as.call(billing.saveQuote, {
    params: story.params,
    body: { revision: story.revision, note: 'x' },
  })
  return story
}

export const refusals: readonly RefusalStory[] = [
  refused(billing.createQuote, billing.quoteClientGone, async (server) => {
    const { as, clientId } = await gone(server, drafted)
    return { as, input: { body: { clientId } } }
  }),
  refused(billing.saveQuote, billing.quoteChanged, (server) => changed(server)),
  refused(billing.saveQuote, billing.quoteIssued, async (server) => {
    const { as, params } = await offered(server)
    return { as, input: { params, body: { revision: 2 } } }
  }),
  refused(billing.discardQuote, billing.quoteIssued, (server) => of(offered(server))),
  refused(billing.duplicateQuote, billing.quoteClientGone, (server) => of(gone(server, offered))),
  refused(billing.issueQuote, billing.quoteChanged, (server) => changed(server)),
  refused(billing.issueQuote, billing.quoteIssued, async (server) => {
    const { as, params } = await offered(server)
    return { as, input: { params, body: { revision: 2 } } }
  }),
  refused(billing.issueQuote, billing.quoteEmpty, async (server) => {
    const { as, params, revision } = await drafted(server)
    await as.call(billing.saveQuote, { params, body: empty(revision) })
    return { as, input: { params, body: { revision: revision + 1 } } }
  }),
  refused(billing.issueQuote, billing.quoteClientGone, (server) => gone(server, drafted)),
  // A sign of a script that none of our fonts has.
  refused(billing.issueQuote, billing.documentUnprintable, (server) => drafted(server, 'Séance \u{13000}')),
  refused(billing.getQuotePdf, billing.documentUnprintable, async (server) => {
    const { as, params } = await drafted(server, 'Séance \u{13000}')
    return { as, input: { params, query: {} } }
  }),
  refused(billing.acceptQuote, billing.quoteNotOpen, (server) => of(drafted(server))),
  refused(billing.declineQuote, billing.quoteNotOpen, (server) => of(accepted(server))),
  refused(billing.invoiceQuote, billing.quoteNotAccepted, (server) => of(offered(server))),
  refused(billing.invoiceQuote, billing.quoteInvoiced, (server) => of(invoiced(server))),
  refused(billing.invoiceQuote, billing.quoteDepositOpen, (server) => of(deposited(server))),
  refused(billing.invoiceQuote, billing.quoteClientGone, (server) => of(gone(server, accepted))),
  refused(billing.depositOfQuote, billing.quoteNotAccepted, (server) => of(offered(server), part)),
  refused(billing.depositOfQuote, billing.quoteInvoiced, (server) => of(invoiced(server), part)),
  refused(billing.depositOfQuote, billing.quoteClientGone, (server) => of(gone(server, accepted), part)),
  refused(billing.depositOfQuote, billing.depositTooLarge, async (server) => {
    const { as, params } = await accepted(server)
    await as.call(billing.depositOfQuote, { params, body: { basisPoints: 8_000 } })
    return { as, input: { params, body: part } }
  }),
  refused(billing.draftFinalInvoice, billing.quoteInvoiced, (server) => of(depositIssued(server, 'invoice'))),
  refused(billing.draftFinalInvoice, billing.quoteDepositOpen, (server) =>
    of(depositIssued(server, 'deposit')),
  ),
  refused(billing.sendQuote, billing.quoteNotIssued, (server) => of(drafted(server), letter)),
  refused(billing.getQuoteLetter, billing.quoteNotIssued, (server) => of(drafted(server))),
  refused(billing.sendInvoice, billing.invoiceNotIssued, async (server) => {
    const { as, clientId } = await drafted(server)
    const { id } = await draftFor(as, clientId)
    return { as, input: { params: { id }, body: letter } }
  }),
  ...[billing.getInvoiceLetter, billing.getInvoiceProof, billing.getInvoiceXml].map((endpoint) =>
    refused(endpoint, billing.invoiceNotIssued, async (server) => {
      const { as, clientId } = await drafted(server)
      const { id } = await draftFor(as, clientId)
      return { as, input: { params: { id } } }
    }),
  ),
]
