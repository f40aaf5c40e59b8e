/** Documents from a draft to a number, and what corrects them. */
import * as billing from '#contract/billing'
import { seedSettings } from '#server/billing'
import { billableClient, draftFor, issuedFor, openBilling, subscriptionLine } from '../../harness/billing.ts'
import type { TenancyServer } from '../../harness/tenants.ts'
import type { RefusalStory, WriteStory } from './story.ts'

async function accounts(server: TenancyServer, over: { name?: string } = {}) {
  await openBilling(server.db)
  const as = await server.as('billing')
  const clientId = await billableClient(server.db, over.name)
  return { as, clientId }
}

async function drafted(server: TenancyServer, over: Parameters<typeof accounts>[1] = {}) {
  const { as, clientId } = await accounts(server, over)
  const { id, revision } = await draftFor(as, clientId)
  return { as, clientId, id, revision, input: { params: { id }, body: { revision } } }
}

/** Of what asks for no more than which document it is. */
async function named(server: TenancyServer) {
  const { as, id } = await drafted(server)
  return { as, input: { params: { id } } }
}

async function issued(server: TenancyServer, typeCode: 380 | 386 = 380) {
  const { as, clientId } = await accounts(server)
  const { id } = await issuedFor(as, clientId, { typeCode })
  return { as, clientId, id, input: { params: { id } } }
}

const trash = (server: TenancyServer, id: string) =>
  server.pool.query('update clients set trashed_at = now() where id = $1', [id])
const exclude = (server: TenancyServer, id: string) =>
  server.pool.query(`update clients set status = 'excluded' where id = $1`, [id])

/** A credit note of the whole, issued. */
async function credited(server: TenancyServer, typeCode: 380 | 386 = 380) {
  const story = await issued(server, typeCode)
  const note = await story.as.call(billing.draftCreditNote, { params: { id: story.id }, body: {} })
  await story.as.call(billing.finaliseInvoice, {
    params: { id: note.id },
    body: { revision: note.revision },
  })
  return { ...story, noteId: note.id }
}

/** A deposit that a final invoice took off. */
async function taken(server: TenancyServer) {
  const story = await issued(server, 386)
  const { as, id } = story
  const { id: finalId, revision, lines } = await as.call(billing.draftFinalInvoice, { params: { id } })
  const whole = { ...subscriptionLine, description: 'Formation', unitPriceCents: 100_000 }
  const params = { id: finalId }
  await as.call(billing.saveDraft, { params, body: { revision, lines: [whole, ...lines] } })
  await as.call(billing.finaliseInvoice, { params, body: { revision: revision + 1 } })
  return story
}

export const writes: readonly WriteStory[] = [
  {
    endpoint: billing.createDraft,
    async tell(server) {
      const { as, clientId } = await accounts(server)
      return { as, input: { body: { clientId } } }
    },
  },
  {
    endpoint: billing.saveDraft,
    async tell(server) {
      const { as, id, revision } = await drafted(server)
      return { as, input: { params: { id }, body: { revision, note: 'Merci.' } } }
    },
  },
  { endpoint: billing.discardDraft, tell: named },
  { endpoint: billing.duplicateInvoice, tell: (server) => issued(server) },
  {
    endpoint: billing.draftCreditNote,
    async tell(server) {
      const { as, id } = await issued(server)
      return { as, input: { params: { id }, body: {} } }
    },
  },
  { endpoint: billing.draftCorrection, tell: (server) => credited(server) },
  { endpoint: billing.draftFinalInvoice, tell: (server) => issued(server, 386) },
  {
    endpoint: billing.setInternalNote,
    async tell(server) {
      const { as, id } = await issued(server)
      return { as, input: { params: { id }, body: { note: 'À rappeler lundi.', was: '' } } }
    },
  },
  { endpoint: billing.finaliseInvoice, tell: (server) => drafted(server) },
  {
    endpoint: billing.saveBillingProfile,
    async tell(server) {
      const { as, clientId } = await accounts(server)
      return { as, input: { params: { id: clientId }, body: { audience: 'private', revision: 0 } } }
    },
  },
]

/** Drafts of somebody to whom nothing is invoiced any more. */
const letGo: readonly RefusalStory[] = (
  [
    [billing.invoiceClientInTrash, trash],
    [billing.invoiceClientExcluded, exclude],
  ] as const
).flatMap(([refusal, letThemGo]): RefusalStory[] => [
  {
    endpoint: billing.createDraft,
    refusal,
    async tell(server) {
      const { as, clientId } = await accounts(server)
      await letThemGo(server, clientId)
      return { as, input: { body: { clientId } } }
    },
  },
  {
    endpoint: billing.finaliseInvoice,
    refusal,
    async tell(server) {
      const story = await drafted(server)
      await letThemGo(server, story.clientId)
      return story
    },
  },
  {
    endpoint: billing.duplicateInvoice,
    refusal,
    async tell(server) {
      const story = await issued(server)
      await letThemGo(server, story.clientId)
      return story
    },
  },
  {
    endpoint: billing.draftCorrection,
    refusal,
    async tell(server) {
      const story = await credited(server)
      await letThemGo(server, story.clientId)
      return story
    },
  },
  {
    endpoint: billing.draftFinalInvoice,
    refusal,
    async tell(server) {
      const story = await issued(server, 386)
      await letThemGo(server, story.clientId)
      return story
    },
  },
])

export const refusals: readonly RefusalStory[] = [
  ...letGo,
  { endpoint: billing.getDraft, refusal: billing.invoiceIssued, tell: (server) => issued(server) },
  { endpoint: billing.checkDraft, refusal: billing.invoiceIssued, tell: (server) => issued(server) },
  { endpoint: billing.discardDraft, refusal: billing.invoiceIssued, tell: (server) => issued(server) },
  {
    endpoint: billing.saveDraft,
    refusal: billing.invoiceIssued,
    async tell(server) {
      const { as, id } = await issued(server)
      return { as, input: { params: { id }, body: { revision: 1 } } }
    },
  },
  {
    endpoint: billing.saveDraft,
    refusal: billing.invoiceChanged,
    async tell(server) {
      const { as, id, revision } = await drafted(server)
      await as.call(billing.saveDraft, { params: { id }, body: { revision, note: 'Avant.' } })
      return { as, input: { params: { id }, body: { revision, note: 'Après.' } } }
    },
  },
  {
    endpoint: billing.finaliseInvoice,
    refusal: billing.invoiceIssued,
    async tell(server) {
      const { as, id } = await issued(server)
      return { as, input: { params: { id }, body: { revision: 1 } } }
    },
  },
  {
    endpoint: billing.finaliseInvoice,
    refusal: billing.invoiceChanged,
    async tell(server) {
      const story = await drafted(server)
      const { as, id, revision } = story
      await as.call(billing.saveDraft, { params: { id }, body: { revision, note: 'Avant.' } })
      return story
    },
  },
  {
    endpoint: billing.finaliseInvoice,
    refusal: billing.invoiceNotLawful,
    async tell(server) {
      const { as, id, revision } = await drafted(server)
      await as.call(billing.saveDraft, { params: { id }, body: { revision, lines: [] } })
      return { as, input: { params: { id }, body: { revision: revision + 1 } } }
    },
  },
  {
    endpoint: billing.finaliseInvoice,
    refusal: billing.documentUnprintable,
    tell: (server) => drafted(server, { name: 'Zoé 🧠' }),
  },
  {
    endpoint: billing.finaliseInvoice,
    refusal: billing.issueDayTooEarly,
    async tell(server) {
      const { as, clientId } = await issued(server)
      const { id, revision } = await draftFor(as, clientId, { wantedOn: '2026-01-31' })
      return { as, input: { params: { id }, body: { revision } } }
    },
  },
  {
    endpoint: billing.finaliseInvoice,
    refusal: billing.monthClosed,
    async tell(server) {
      const story = await drafted(server)
      // A company of its own: whoever closes the month of the main one closes it for all stories.
      const company = await server.db
        .insertInto('billingCompanies')
        .values({ key: `closed-${story.id}`, name: 'Comptes clos' })
        .returning('id')
        .executeTakeFirstOrThrow()
      await seedSettings(server.db, { companyId: company.id })
      const sha256 = Buffer.alloc(32, 1)
      await server.db
        .insertInto('accountingClosings')
        .values({ companyId: company.id, month: '2026-01-01', totals: '{}', previousSha256: sha256, sha256 })
        .execute()
      await server.pool.query(`update invoices set company_id = $1, wanted_on = '2026-01-15' where id = $2`, [
        company.id,
        story.id,
      ])
      return story
    },
  },
  {
    endpoint: billing.duplicateInvoice,
    refusal: billing.invoiceKindWrong,
    async tell(server) {
      const { as, noteId } = await credited(server)
      return { as, input: { params: { id: noteId } } }
    },
  },
  {
    endpoint: billing.draftCreditNote,
    refusal: billing.invoiceNotIssued,
    async tell(server) {
      const { as, id } = await drafted(server)
      return { as, input: { params: { id }, body: {} } }
    },
  },
  {
    endpoint: billing.draftCreditNote,
    refusal: billing.invoiceKindWrong,
    async tell(server) {
      const { as, noteId } = await credited(server)
      return { as, input: { params: { id: noteId }, body: {} } }
    },
  },
  {
    endpoint: billing.draftCreditNote,
    refusal: billing.invoiceCreditedWhole,
    async tell(server) {
      const { as, id } = await credited(server)
      return { as, input: { params: { id }, body: {} } }
    },
  },
  {
    endpoint: billing.draftCorrection,
    refusal: billing.invoiceNotIssued,
    tell: named,
  },
  {
    endpoint: billing.draftCorrection,
    refusal: billing.invoiceKindWrong,
    async tell(server) {
      const { as, noteId } = await credited(server)
      return { as, input: { params: { id: noteId } } }
    },
  },
  {
    endpoint: billing.draftCorrection,
    refusal: billing.invoiceNotCreditedWhole,
    tell: (server) => issued(server),
  },
  {
    endpoint: billing.draftFinalInvoice,
    refusal: billing.invoiceNotIssued,
    tell: named,
  },
  {
    endpoint: billing.draftFinalInvoice,
    refusal: billing.invoiceKindWrong,
    tell: (server) => issued(server),
  },
  {
    endpoint: billing.draftFinalInvoice,
    refusal: billing.invoiceCreditedWhole,
    tell: (server) => credited(server, 386),
  },
  { endpoint: billing.draftFinalInvoice, refusal: billing.depositTaken, tell: taken },
  {
    endpoint: billing.draftCreditNote,
    refusal: billing.depositTaken,
    async tell(server) {
      const { as, id } = await taken(server)
      return { as, input: { params: { id }, body: {} } }
    },
  },
  {
    endpoint: billing.draftCorrection,
    refusal: billing.invoiceCorrected,
    async tell(server) {
      const story = await credited(server)
      await story.as.call(billing.draftCorrection, { params: { id: story.id } })
      return story
    },
  },
  {
    endpoint: billing.setInternalNote,
    refusal: billing.internalNoteChanged,
    async tell(server) {
      const { as, id } = await issued(server)
      await as.call(billing.setInternalNote, { params: { id }, body: { note: 'Une.', was: '' } })
      return { as, input: { params: { id }, body: { note: 'Autre.', was: '' } } }
    },
  },
  {
    endpoint: billing.saveBillingProfile,
    refusal: billing.billingProfileChanged,
    async tell(server) {
      const { as, clientId: id } = await accounts(server)
      const body = { audience: 'private' as const, revision: 0 }
      await as.call(billing.saveBillingProfile, { params: { id }, body })
      return { as, input: { params: { id }, body } }
    },
  },
]
