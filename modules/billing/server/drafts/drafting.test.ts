import { beforeAll, describe, expect, test } from 'vitest'
import {
  createDraft,
  discardDraft,
  draftCorrection,
  draftCreditNote,
  draftFinalInvoice,
  duplicateInvoice,
  finaliseInvoice,
  getDraft,
  getInvoice,
  saveDraft,
  setInternalNote,
  type Draft,
} from '#contract/billing'
import {
  billableClient,
  draftFor,
  issuedFor,
  openBilling,
  subscriptionLine,
} from '../../../../tests/harness/billing.ts'
import type { Browserless } from '../../../../tests/harness/browserless.ts'
import { testServer } from '../../../../tests/harness/server.ts'

const server = await testServer()
let billing: Browserless
let mireille: string

beforeAll(async () => {
  billing = await server.as('billing')
  await openBilling(server.db)
  mireille = await billableClient(server.db)
})

const saved = ({ lines, discount, note }: Draft) => ({ lines, discount, note })
const issue = ({ id, revision }: Draft) =>
  billing.call(finaliseInvoice, { params: { id }, body: { revision } })

describe('a draft', () => {
  test('is saved whole over the state it was read in, and its sums stand in the list', async () => {
    const { id, revision } = await draftFor(billing, mireille)
    const body = {
      revision,
      lines: [{ ...subscriptionLine, quantity: '2.5' }],
      note: 'Merci de votre confiance.',
    }
    expect(await billing.call(saveDraft, { params: { id }, body })).toMatchObject({ revision: revision + 1 })
    const read = await billing.call(getDraft, { params: { id } })
    expect(saved(read)).toMatchObject({ lines: body.lines, note: body.note })
    // 2,5 × 24,17 = 60,425, which rounds to 60,43; VAT 12,09.
    expect(await billing.call(getInvoice, { params: { id } })).toMatchObject({
      state: 'draft',
      exclCents: 6_043,
      vatCents: 1_209,
    })
  })

  test('that somebody else saved meanwhile is refused with what stands now', async () => {
    const { id, revision } = await draftFor(billing, mireille)
    await billing.call(saveDraft, { params: { id }, body: { revision, note: 'Le premier.' } })
    const body = { revision, note: 'Le second.' }
    const refused = await billing.refused(saveDraft, { params: { id }, body })
    expect(refused).toMatchObject({
      code: 'invoice_changed',
      details: { current: { note: 'Le premier.', revision: revision + 1 } },
    })
  })

  test('holds a thousand lines and no more, and writes only the one that changed', async () => {
    const lines = Array.from({ length: 1_000 }, (_, index) => ({
      ...subscriptionLine,
      description: `Séance ${index + 1}`,
    }))
    const { id, revision } = await draftFor(billing, mireille, { lines })
    const ids = async () =>
      (await server.pool.query('select id from invoice_lines where invoice_id = $1 order by position', [id]))
        .rows
    const before = await ids()
    const body = { revision, lines: lines.with(499, { ...subscriptionLine, description: 'Une autre' }) }
    await billing.call(saveDraft, { params: { id }, body })
    const after = await ids()
    expect(after.filter((row, index) => row.id !== before[index]?.id)).toHaveLength(1)
    const tooMany = { clientId: mireille, lines: [...lines, subscriptionLine] }
    expect((await billing.refused(createDraft, { body: tooMany })).status).toBe(400)
  })

  test.each([
    ['quantity', { ...subscriptionLine, quantity: '1.2345' }, 'quantity_wrong'],
    [
      'quantity',
      { ...subscriptionLine, quantity: '999999999', unitPriceCents: 99_999_999 },
      'line_amount_too_large',
    ],
    [
      'discountCents',
      { ...subscriptionLine, discountBasisPoints: 100, discountCents: 100 },
      'discount_twice',
    ],
    [
      'period.until',
      { ...subscriptionLine, period: { from: '2026-02-01', until: '2026-01-31' } },
      'period_upside_down',
    ],
  ])('names %s where it is wrong', async (path, line, code) => {
    const refused = await billing.refused(createDraft, { body: { clientId: mireille, lines: [line] } })
    expect(refused.fields).toMatchObject([{ path: `lines.0.${path}`, code }])
  })

  test('is thrown away, lines and all; an issued document is not', async () => {
    const { id } = await draftFor(billing, mireille)
    await billing.call(discardDraft, { params: { id } })
    expect((await billing.refused(getDraft, { params: { id } })).status).toBe(404)
    const issued = await issuedFor(billing, mireille)
    const refused = await billing.refused(discardDraft, { params: { id: issued.id } })
    expect(refused.code).toBe('invoice_issued')
  })

  test('of a client who is excluded is never begun', async () => {
    const clientId = await billableClient(server.db, 'Hugo Roche', { status: 'excluded' })
    const refused = await billing.refused(createDraft, { body: { clientId } })
    expect(refused.code).toBe('invoice_client_excluded')
  })

  test('has a note that is never printed, and an issued document may be given one', async () => {
    const { id } = await issuedFor(billing, mireille)
    await billing.call(setInternalNote, { params: { id }, body: { note: 'Rappeler lundi.', was: '' } })
    const late = { params: { id }, body: { note: 'Autre chose.', was: '' } }
    expect(await billing.refused(setInternalNote, late)).toMatchObject({
      code: 'internal_note_changed',
      details: { current: 'Rappeler lundi.' },
    })
  })
})

describe('what corrects an issued document', () => {
  test('a copy is a draft of its own', async () => {
    const { id } = await issuedFor(billing, mireille)
    const copy = await billing.call(duplicateInvoice, { params: { id } })
    expect(copy).toMatchObject({ typeCode: 380, original: null, lines: [subscriptionLine] })
  })

  test('a credit note of the whole cites it, is printed above zero and counted below', async () => {
    const { id, number, issuedOn } = await issuedFor(billing, mireille)
    const draft = await billing.call(draftCreditNote, { params: { id }, body: {} })
    expect(draft).toMatchObject({
      typeCode: 381,
      original: { id, number, issuedOn },
      lines: [subscriptionLine],
    })
    const note = await issue(draft)
    expect(note.number).toMatch(/^AV-\d{4}-\d{6}$/)
    expect(await billing.call(getInvoice, { params: { id: note.id } })).toMatchObject({
      kind: 'credit_note',
      inclCents: -2_900,
    })
    // Nothing is owed any more: the credit note paid it.
    expect(await billing.call(getInvoice, { params: { id } })).toMatchObject({
      state: 'paid',
      outstandingCents: 0,
    })
    const again = await billing.refused(draftCreditNote, { params: { id }, body: {} })
    expect(again.code).toBe('invoice_credited_whole')
  })

  test('a credit note of one line leaves the rest, which a second takes back by rate', async () => {
    const book = { ...subscriptionLine, description: 'Guide', unitPriceCents: 1_000, vatBasisPoints: 550 }
    const { id } = await issuedFor(billing, mireille, { lines: [subscriptionLine, book] })
    const part = await billing.call(draftCreditNote, { params: { id }, body: { positions: [1] } })
    expect(part.lines).toEqual([subscriptionLine])
    await issue(part)
    const rest = await billing.call(draftCreditNote, { params: { id }, body: {} })
    expect(rest.lines).toMatchObject([{ quantity: '1', unitPriceCents: 1_000, vatBasisPoints: 550 }])
    await issue(rest)
    expect(await billing.call(getInvoice, { params: { id } })).toMatchObject({ state: 'paid' })
  })

  test('of two credit notes at once that take back the whole only one is issued', async () => {
    const { id } = await issuedFor(billing, mireille)
    const drafts = await Promise.all(
      [1, 2].map(() => billing.call(draftCreditNote, { params: { id }, body: {} })),
    )
    const outcomes = await Promise.allSettled(drafts.map(issue))
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  })

  test('a corrective invoice waits until the original was credited whole', async () => {
    const { id, number } = await issuedFor(billing, mireille)
    const refused = await billing.refused(draftCorrection, { params: { id } })
    expect(refused.code).toBe('invoice_not_credited_whole')
    await issue(await billing.call(draftCreditNote, { params: { id }, body: {} }))
    const correction = await billing.call(draftCorrection, { params: { id } })
    expect(correction).toMatchObject({ typeCode: 384, original: { number } })
    expect((await issue(correction)).number).toMatch(/^FA-/)
  })

  test('a final invoice takes its deposit off, once', async () => {
    const half = { ...subscriptionLine, description: 'Acompte', unitPriceCents: 50_000 }
    const deposit = await issuedFor(billing, mireille, { typeCode: 386, lines: [half] })
    const draft = await billing.call(draftFinalInvoice, { params: { id: deposit.id } })
    expect(draft.lines).toMatchObject([{ quantity: '-1', unitPriceCents: 50_000, vatBasisPoints: 2_000 }])
    const whole = { ...subscriptionLine, description: 'Formation', unitPriceCents: 100_000 }
    const body = { revision: draft.revision, lines: [whole, ...draft.lines] }
    await billing.call(saveDraft, { params: { id: draft.id }, body })
    const final = await issue({ ...draft, revision: draft.revision + 1 })
    expect(await billing.call(getInvoice, { params: { id: final.id } })).toMatchObject({ exclCents: 50_000 })
    const again = await billing.refused(draftFinalInvoice, { params: { id: deposit.id } })
    expect(again.code).toBe('invoice_deposit_taken')
  })
})
