import { beforeAll, describe, expect, test } from 'vitest'
import {
  checkDraft,
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

  test('of two who save it at once only one does, and no line of the other is in it', async () => {
    const { id, revision } = await draftFor(billing, mireille)
    const lines = (name: string, count: number) =>
      Array.from({ length: count }, () => ({ ...subscriptionLine, description: name }))
    const saves = [lines('Anne', 600), lines('Paul', 1_000)].map((typed) =>
      billing.call(saveDraft, { params: { id }, body: { revision, lines: typed } }),
    )
    const outcomes = await Promise.allSettled(saves)
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    const read = await billing.call(getDraft, { params: { id } })
    expect(read.revision).toBe(revision + 1)
    expect(read.lines).toEqual(
      outcomes[0]?.status === 'fulfilled' ? lines('Anne', 600) : lines('Paul', 1_000),
    )
  })

  test('that is being finalised gets no line more, by whatever way', async () => {
    const { id, revision } = await draftFor(billing, mireille)
    // A first one, that there is a series to hold.
    await issuedFor(billing, mireille)
    const before = await server.pool.connect()
    await before.query('begin')
    await before.query(`select from invoice_series where kind = 'invoice' for update`)
    const finalising = billing.call(finaliseInvoice, { params: { id }, body: { revision } })
    const isHeld = async () =>
      (await server.pool.query('select from invoices where id = $1 for share skip locked', [id])).rowCount ===
      0
    while (!(await isHeld())) await new Promise((resolve) => setImmediate(resolve))
    const added = server.pool.query(
      `insert into invoice_lines (invoice_id, position, description, quantity, unit_price_cents, vat_basis_points)
       values ($1, 2, 'Encore', 1, 100, 2000)`,
      [id],
    )
    await before.query('rollback')
    before.release()
    await expect(added).rejects.toThrow('never changed')
    expect((await finalising).number).toMatch(/^FA-/)
  })

  test.each([
    ['quantity', { ...subscriptionLine, quantity: '1.2345' }, 'quantity_wrong'],
    ['quantity', { ...subscriptionLine, quantity: '12345678901' }, 'quantity_wrong'],
    ['quantity', { ...subscriptionLine, quantity: '-999999999.999' }, 'line_amount_too_large'],
    ['quantity', { ...subscriptionLine, quantity: '1e9' }, 'quantity_wrong'],
    ['quantity', { ...subscriptionLine, quantity: '' }, 'quantity_wrong'],
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

  test.each([
    [
      'a quantity below zero',
      { lines: [{ ...subscriptionLine, quantity: '-1' }] },
      'invoice_below_zero',
      'lines',
    ],
    [
      'a rate that is not in force',
      { lines: [subscriptionLine, { ...subscriptionLine, vatBasisPoints: 700 }] },
      'rate_unknown',
      'lines.1.vatBasisPoints',
    ],
    [
      'a rate on what is exempt',
      { lines: [{ ...subscriptionLine, vatCategory: 'E' as const, vatExemption: 'VATEX-FR-CGI261-4' }] },
      'rate_on_exempt',
      'lines.0.vatBasisPoints',
    ],
    ['a day after today', { wantedOn: '2199-01-01' }, 'issued_in_future', 'wantedOn'],
    [
      'a discount beyond its lines',
      { discount: { basisPoints: 0, cents: 2_418, label: '' } },
      'discount_too_large',
      'discount',
    ],
  ])('is never numbered with %s, and says in which field', async (_, over, rule, field) => {
    const draft = await draftFor(billing, mireille, over)
    const { findings } = await billing.call(checkDraft, { params: { id: draft.id } })
    expect(findings).toContainEqual(expect.objectContaining({ rule, field, severity: 'error' }))
    const body = { revision: draft.revision }
    expect(await billing.refused(finaliseInvoice, { params: { id: draft.id }, body })).toMatchObject({
      code: 'invoice_not_lawful',
    })
  })

  test('of an earlier day than the last of its series is never numbered, and names the day', async () => {
    const { issuedOn } = await issuedFor(billing, mireille)
    const draft = await draftFor(billing, mireille, { wantedOn: '2025-12-31' })
    const { findings } = await billing.call(checkDraft, { params: { id: draft.id } })
    expect(findings).toContainEqual(
      expect.objectContaining({ rule: 'issued_before_last', field: 'wantedOn' }),
    )
    const body = { revision: draft.revision }
    expect(await billing.refused(finaliseInvoice, { params: { id: draft.id }, body })).toMatchObject({
      code: 'invoice_day_too_early',
      details: { lastIssuedOn: issuedOn },
    })
  })

  test('of nothing to pay is told so, and may be meant', async () => {
    const free = { ...subscriptionLine, unitPriceCents: 0 }
    const draft = await draftFor(billing, mireille, { lines: [free] })
    const { findings } = await billing.call(checkDraft, { params: { id: draft.id } })
    expect(findings).toMatchObject([{ rule: 'nothing_to_pay', severity: 'warning', field: 'lines' }])
    const { id } = await issue(draft)
    expect(await billing.call(getInvoice, { params: { id } })).toMatchObject({ state: 'paid', inclCents: 0 })
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
      state: 'credited',
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
    expect(await billing.call(getInvoice, { params: { id } })).toMatchObject({ state: 'credited' })
  })

  test('what a line is worth to a credit note is told less its part of the discount, and why it is made is printed', async () => {
    const { id } = await issuedFor(billing, mireille, {
      lines: [subscriptionLine, { ...subscriptionLine, unitPriceCents: 1_000 }],
      discount: { basisPoints: 1_000, cents: 0, label: 'Fidélité' },
    })
    const invoice = await billing.call(getInvoice, { params: { id } })
    expect(invoice).toMatchObject({ discountBasisPoints: 1_000, discountLabel: 'Fidélité' })
    expect(invoice.lines.map(({ netCents }) => netCents)).toEqual([2_175, 900])
    const body = { positions: [1], reason: ' Résiliation. ' }
    const note = await issue(await billing.call(draftCreditNote, { params: { id }, body }))
    expect(await billing.call(getInvoice, { params: { id: note.id } })).toMatchObject({
      exclCents: -2_175,
      note: 'Résiliation.',
    })
  })

  test('credit notes of parts bear the VAT of the whole between them, to the cent', async () => {
    // VAT on 0,10 € at 5,5 % is 0,01 €, on 0,30 € it is 0,02 €.
    const sheet = { ...subscriptionLine, description: 'Feuille', unitPriceCents: 10, vatBasisPoints: 550 }
    const { id } = await issuedFor(billing, mireille, { lines: [sheet, sheet, sheet] })
    const vat: number[] = []
    for (const position of [1, 2, 3]) {
      const body = { positions: [position] }
      const draft = await billing.call(draftCreditNote, { params: { id }, body })
      const { sums } = await billing.call(checkDraft, { params: { id: draft.id } })
      const note = await issue(draft)
      const shown = await billing.call(getInvoice, { params: { id: note.id } })
      expect(shown).toMatchObject({ vatCents: 0 - sums.vatCents, vat: [{ vatCents: 0 - sums.vatCents }] })
      vat.push(sums.vatCents)
    }
    expect(vat).toEqual([1, 0, 1])
    expect(await billing.call(getInvoice, { params: { id } })).toMatchObject({ state: 'credited' })
    const again = await billing.refused(draftCreditNote, { params: { id }, body: {} })
    expect(again.code).toBe('invoice_credited_whole')
  })

  test('a credit note takes nothing back at a rate, or of a line, that the invoice does not have', async () => {
    const { id } = await issuedFor(billing, mireille)
    const body = { positions: [2] }
    expect((await billing.refused(draftCreditNote, { params: { id }, body })).fields).toMatchObject([
      { path: 'positions', code: 'position_unknown' },
    ])
    const draft = await billing.call(draftCreditNote, { params: { id }, body: {} })
    const cheaper = { ...subscriptionLine, vatBasisPoints: 1_000 }
    await billing.call(saveDraft, {
      params: { id: draft.id },
      body: { revision: draft.revision, lines: [cheaper] },
    })
    const { findings } = await billing.call(checkDraft, { params: { id: draft.id } })
    expect(findings).toMatchObject([
      { rule: 'credited_too_much_of_rate', field: 'lines.0.unitPriceCents', values: { rate: 10, euros: 0 } },
    ])
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
    const refusedTwice = { code: 'invoice_corrected', details: { invoiceId: correction.id } }
    expect(await billing.refused(draftCorrection, { params: { id } })).toMatchObject(refusedTwice)
    const second = await issue(correction)
    expect(second.number).toMatch(/^FA-/)
    // What is wrong with the corrective invoice is corrected by one of its own.
    await issue(await billing.call(draftCreditNote, { params: { id: second.id }, body: {} }))
    expect(await billing.refused(draftCorrection, { params: { id } })).toMatchObject(refusedTwice)
    const third = await billing.call(draftCorrection, { params: { id: second.id } })
    expect(third).toMatchObject({ typeCode: 384, original: { number: second.number } })
  })

  test('of two corrective invoices of one invoice that are begun at once one is', async () => {
    const { id } = await issuedFor(billing, mireille)
    await issue(await billing.call(draftCreditNote, { params: { id }, body: {} }))
    const begun = await Promise.allSettled(
      [1, 2].map(() => billing.call(draftCorrection, { params: { id } })),
    )
    expect(begun.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    await expect(
      server.pool.query(
        `insert into invoices (client_id, type_code, original_id) select client_id, 384, id from invoices where id = $1`,
        [id],
      ),
    ).rejects.toThrow('one_corrective_invoice')
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
