/** What is really frozen, from draft, settings and profile: each document passes whoever judges it. */
import { describe, expect, test } from 'vitest'
import {
  draftCorrection,
  draftCreditNote,
  draftFinalInvoice,
  finaliseInvoice,
  saveDraft,
  saveBillingProfile,
  type InvoiceContent,
} from '#contract/billing'
import {
  billableClient,
  issuedFor,
  openBilling,
  privateClient,
  subscriptionLine,
} from '../../../../tests/harness/billing.ts'
import { brokenRules, ruleSheetsThere, schemaErrors } from '../../../../tests/harness/rule-sheets.ts'
import { testServer } from '../../../../tests/harness/server.ts'

const server = await testServer()
await openBilling(server.db)
const billing = await server.as('billing')

const documentOf = (id: string) =>
  server.db
    .selectFrom('invoiceDocuments')
    .where('invoiceId', '=', id)
    .select(['content', 'xml'])
    .executeTakeFirstOrThrow()

describe.skipIf(!ruleSheetsThere)('the judges find nothing in', { timeout: 180_000 }, () => {
  const mixed = [
    {
      ...subscriptionLine,
      description: 'Formation «\u00A0d’hiver\u00A0» & co\ndeux journées',
      quantity: '2.5',
      unit: 'DAY',
    },
    { ...subscriptionLine, vatBasisPoints: 550, discountBasisPoints: 1_000 },
    { ...subscriptionLine, quantity: '-1', unitPriceCents: 100 },
  ]

  test('an invoice between professionals', async () => {
    const client = await billableClient(server.db)
    const { id } = await issuedFor(billing, client, {
      lines: mixed,
      discount: { basisPoints: 500, cents: 0, label: 'Fidélité' },
      orderReference: 'BC-12',
      note: 'Merci.',
      period: { from: '2026-11-01', until: '2026-11-30' },
    })
    await judged(id)
  })

  test('an invoice to a private person, who is told nothing of the 40 €', async () => {
    const { id } = await issuedFor(billing, await privateClient(server.db, billing), { lines: mixed })
    await judged(id)
    expect((await documentOf(id)).xml).not.toMatch(/>PMT<|40\s€/)
  })

  test('a deposit, and the final invoice that takes it off, which asks for nothing more', async () => {
    const { id } = await issuedFor(billing, await billableClient(server.db), { typeCode: 386 })
    await judged(id)
    const draft = await billing.call(draftFinalInvoice, { params: { id } })
    const body = { revision: draft.revision, lines: [subscriptionLine, ...draft.lines] }
    await billing.call(saveDraft, { params: { id: draft.id }, body })
    const final = await billing.call(finaliseInvoice, {
      params: { id: draft.id },
      body: { revision: draft.revision + 1 },
    })
    await judged(final.id)
    expect(JSON.parse((await documentOf(final.id)).content)).toMatchObject({
      frame: 'S4',
      original: { number: expect.stringMatching(/^FA-/) },
    })
  })

  test('credit notes of parts, whose VAT comes to that of the whole, to the cent', async () => {
    const sheet = { ...subscriptionLine, description: 'Feuille', unitPriceCents: 10, vatBasisPoints: 550 }
    const client = await billableClient(server.db)
    const { id } = await issuedFor(billing, client, { lines: [sheet, sheet] })
    for (const position of [1, 2]) {
      const body = { positions: [position] }
      const note = await billing.call(draftCreditNote, { params: { id }, body })
      const { revision } = note
      await billing.call(finaliseInvoice, { params: { id: note.id }, body: { revision } })
      await judged(note.id)
    }
  })

  test('a credit note of the whole', async () => {
    const { id } = await issuedFor(billing, await billableClient(server.db))
    const note = await billing.call(draftCreditNote, { params: { id }, body: {} })
    const issued = await billing.call(finaliseInvoice, {
      params: { id: note.id },
      body: { revision: note.revision },
    })
    await judged(issued.id)
    const corrective = await billing.call(draftCorrection, { params: { id } })
    const after = await billing.call(finaliseInvoice, {
      params: { id: corrective.id },
      body: { revision: corrective.revision },
    })
    await judged(after.id)
  })

  test('an invoice in English, to a buyer of another name', async () => {
    const client = await billableClient(server.db, 'Éloïse O’Connor', { siret: null })
    await billing.call(saveBillingProfile, {
      params: { id: client },
      body: {
        audience: 'business',
        legalName: `SELARL "L'Œuvre" <&> 心理 ${'x'.repeat(150)}`,
        siren: '987654324',
        vatNumber: 'FR14987654324',
        language: 'en',
        revision: 0,
      },
    })
    await judged((await issuedFor(billing, client)).id)
  })
})

async function judged(id: string): Promise<void> {
  const { content, xml } = await documentOf(id)
  expect((await schemaErrors('invoice', [xml])).flat()).toEqual([])
  expect(await brokenRules('en16931', xml)).toEqual([])
  expect(await brokenRules('facturX', xml)).toEqual([])
  const { buyer } = JSON.parse(content) as InvoiceContent // only the freezer writes it
  if (buyer.audience === 'business') expect(await brokenRules('french', xml)).toEqual([])
}
