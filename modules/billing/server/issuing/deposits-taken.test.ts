import { beforeAll, expect, test } from 'vitest'
import {
  acceptQuote,
  createDraft,
  createQuote,
  depositOfQuote,
  draftCorrection,
  draftCreditNote,
  draftFinalInvoice,
  duplicateInvoice,
  finaliseInvoice,
  getDraft,
  getInvoice,
  invoiceQuote,
  issueQuote,
  saveDraft,
  type Draft,
  type DraftFields,
  type DraftLine,
} from '#contract/billing'
import {
  billableClient,
  issuedFor,
  openBilling,
  subscriptionLine,
} from '../../../../tests/harness/billing.ts'
import type { Browserless } from '../../../../tests/harness/browserless.ts'
import { testServer } from '../../../../tests/harness/server.ts'

const server = await testServer()
let billing: Browserless
let odile: string

beforeAll(async () => {
  billing = await server.as('billing')
  await openBilling(server.db)
  odile = await billableClient(server.db, 'Odile Fabre')
})

const training = { ...subscriptionLine, description: 'Formation', unitPriceCents: 100_000 }
const book = { ...subscriptionLine, description: 'Guide', unitPriceCents: 2_000, vatBasisPoints: 550 }
const advance = (cents: number) => ({ ...subscriptionLine, description: 'Acompte', unitPriceCents: cents })

const depositOf = (lines: DraftLine[], over: Partial<DraftFields> = {}) =>
  issuedFor(billing, odile, { typeCode: 386, lines, ...over })
const finalOf = (id: string) => billing.call(draftFinalInvoice, { params: { id } })
const credit = (id: string, positions: number[] | null = null) =>
  billing.call(draftCreditNote, { params: { id }, body: { positions } })
const issue = ({ id, revision }: Pick<Draft, 'id' | 'revision'>) =>
  billing.call(finaliseInvoice, { params: { id }, body: { revision } })
const read = (id: string) => billing.call(getInvoice, { params: { id } })

/** What was done, above the deposits that are taken off. */
async function completed(draft: Draft, ...lines: DraftLine[]) {
  const body = { revision: draft.revision, lines: [...lines, ...draft.lines] }
  await billing.call(saveDraft, { params: { id: draft.id }, body })
  return { id: draft.id, revision: draft.revision + 1 }
}
async function refusedRules(draft: Pick<Draft, 'id' | 'revision'>): Promise<[string, string][]> {
  const { id, revision } = draft
  const { code, details } = await billing.refused(finaliseInvoice, { params: { id }, body: { revision } })
  expect(code).toBe('invoice_not_lawful')
  const { findings } = details as { findings: { rule: string; field: string; severity: string }[] } // as declared
  return findings.filter(({ severity }) => severity === 'error').map(({ rule, field }) => [rule, field])
}

async function quoted(lines = [training, book], basisPoints?: number) {
  const { id, revision } = await billing.call(createQuote, { body: { clientId: odile, lines } })
  await billing.call(issueQuote, { params: { id }, body: { revision } })
  await billing.call(acceptQuote, { params: { id } })
  return {
    id,
    depositId: basisPoints
      ? (await billing.call(depositOfQuote, { params: { id }, body: { basisPoints } })).invoiceId
      : '',
  }
}
const issuedDeposit = async (id: string) => issue(await billing.call(getDraft, { params: { id } }))

test('of two final invoices of one deposit at once only one is issued, and the other says on which line', async () => {
  const deposit = await depositOf([advance(50_000)])
  const drafts = [await finalOf(deposit.id), await finalOf(deposit.id)]
  const ready = await Promise.all(drafts.map((draft) => completed(draft, training)))
  const outcomes = await Promise.allSettled(ready.map(issue))
  expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  const late = ready[outcomes.findIndex(({ status }) => status === 'rejected')] ?? { id: '', revision: 0 }
  expect(await refusedRules(late)).toEqual([['deposit_taken_too_much', 'lines.1.unitPriceCents']])
  expect((await billing.refused(draftFinalInvoice, { params: { id: deposit.id } })).code).toBe(
    'invoice_deposit_taken',
  )
})

test('a deposit may be taken off in parts, by several final invoices', async () => {
  const deposit = await depositOf([advance(50_000)])
  const first = await finalOf(deposit.id)
  const part = first.lines.map((line) => ({ ...line, unitPriceCents: 20_000 }))
  await issue(await completed({ ...first, lines: part }, training))
  const second = await finalOf(deposit.id)
  expect(second.lines).toMatchObject([{ quantity: '-1', unitPriceCents: 30_000, depositId: deposit.id }])
  await issue(await completed(second, training))
  expect((await billing.refused(draftFinalInvoice, { params: { id: deposit.id } })).code).toBe(
    'invoice_deposit_taken',
  )
})

test('the final invoice of a quote’s deposit is the invoice of the quote, begun once', async () => {
  const { id, depositId } = await quoted([training, book], 3_000)
  await issuedDeposit(depositId)
  const final = await finalOf(depositId)
  expect(final.lines.map(({ unitPriceCents, quantity }) => [quantity, unitPriceCents])).toEqual([
    ['1', 100_000],
    ['1', 2_000],
    ['-1', 30_000],
    ['-1', 600],
  ])
  expect(await billing.refused(invoiceQuote, { params: { id } })).toMatchObject({
    code: 'quote_invoiced',
    details: { invoiceId: final.id },
  })
  expect((await billing.refused(draftFinalInvoice, { params: { id: depositId } })).code).toBe(
    'quote_invoiced',
  )
})

test('a deposit that is still a draft keeps a quote from being invoiced', async () => {
  const { id, depositId } = await quoted([training], 3_000)
  expect(await billing.refused(invoiceQuote, { params: { id } })).toMatchObject({
    code: 'quote_deposit_open',
    details: { invoiceId: depositId },
  })
  await issuedDeposit(depositId)
  await billing.call(invoiceQuote, { params: { id } })
})

test('of a deposit its discount and its credit notes are left out of what the final invoice takes off', async () => {
  const { id, depositId } = await quoted([training], 5_000)
  const deposit = await billing.call(getDraft, { params: { id: depositId } })
  const discount = { basisPoints: 1_000, cents: 0, label: 'Remise' }
  await billing.call(saveDraft, {
    params: { id: depositId },
    body: { revision: deposit.revision, lines: [advance(20_000), advance(30_000)], discount },
  })
  await issuedDeposit(depositId)
  await issue(await credit(depositId, [1]))
  const { invoiceId } = await billing.call(invoiceQuote, { params: { id } })
  const { lines } = await billing.call(getDraft, { params: { id: invoiceId } })
  // 300,00 less 10 %; the other line was credited.
  expect(lines.at(-1)).toMatchObject({ quantity: '-1', unitPriceCents: 27_000, depositId })
})

test('a deposit that was taken off is credited once the final invoice is, which gives it back', async () => {
  const deposit = await depositOf([advance(50_000)])
  const early = await credit(deposit.id)
  const final = await issue(await completed(await finalOf(deposit.id), training))
  expect(await refusedRules(early)).toEqual([['credited_too_much_of_rate', 'lines.0.unitPriceCents']])
  expect((await billing.refused(draftCreditNote, { params: { id: deposit.id }, body: {} })).code).toBe(
    'invoice_deposit_taken',
  )
  const note = await issue(await credit(final.id))
  expect(await read(note.id)).toMatchObject({ exclCents: -50_000 })
  await issue(early)
  expect((await billing.refused(draftFinalInvoice, { params: { id: deposit.id } })).code).toBe(
    'invoice_credited_whole',
  )
})

test('a credit note of some lines gives back what they say, and that of the rest all there is', async () => {
  const deposit = await depositOf([advance(50_000)])
  const final = await issue(await completed(await finalOf(deposit.id), training, advance(10_000)))
  const lone = await credit(final.id, [3])
  // A deposit alone is nothing to credit.
  expect((await refusedRules(lone)).map(([rule]) => rule)).toContain('credit_note_below_zero')
  await issue(await credit(final.id, [2]))
  expect((await billing.refused(draftFinalInvoice, { params: { id: deposit.id } })).code).toBe(
    'invoice_deposit_taken',
  )
  const rest = await credit(final.id)
  expect(rest.lines.map(({ quantity, unitPriceCents }) => [quantity, unitPriceCents])).toEqual([
    ['1', 100_000],
    ['-1', 50_000],
  ])
  await issue(rest)
  expect((await finalOf(deposit.id)).lines).toMatchObject([{ unitPriceCents: 50_000 }])
})

test('whoever credits all of a final invoice by lines of their own gives the deposit back too', async () => {
  const deposit = await depositOf([advance(50_000)])
  const final = await issue(await completed(await finalOf(deposit.id), training))
  const note = await credit(final.id)
  await billing.call(saveDraft, {
    params: { id: note.id },
    body: { revision: note.revision, lines: [advance(50_000)] },
  })
  await issue({ id: note.id, revision: note.revision + 1 })
  expect((await finalOf(deposit.id)).lines).toMatchObject([{ unitPriceCents: 50_000 }])
})

test('a final invoice of nothing stands until a credit note of nothing takes it back', async () => {
  const { id, depositId } = await quoted([training], 9_999)
  const deposit = await billing.call(getDraft, { params: { id: depositId } })
  await billing.call(saveDraft, {
    params: { id: depositId },
    body: { revision: deposit.revision, lines: [advance(100_000)] },
  })
  await issuedDeposit(depositId)
  const { invoiceId } = await billing.call(invoiceQuote, { params: { id } })
  const final = await issue(await billing.call(getDraft, { params: { id: invoiceId } }))
  expect(await read(final.id)).toMatchObject({ inclCents: 0 })
  expect((await billing.refused(invoiceQuote, { params: { id } })).code).toBe('quote_invoiced')
  await issue(await credit(final.id))
  expect((await billing.refused(draftCreditNote, { params: { id: final.id }, body: {} })).code).toBe(
    'invoice_credited_whole',
  )
  const again = await billing.call(invoiceQuote, { params: { id } })
  const { lines } = await billing.call(getDraft, { params: { id: again.invoiceId } })
  expect(lines.at(-1)).toMatchObject({ quantity: '-1', unitPriceCents: 100_000 })
})

test('a corrective invoice stands for its quote, and takes the deposit off anew', async () => {
  const { id, depositId } = await quoted([training], 3_000)
  await issuedDeposit(depositId)
  const final = await issue(await finalOf(depositId))
  await issue(await credit(final.id))
  const correction = await billing.call(draftCorrection, { params: { id: final.id } })
  expect(correction.lines.at(-1)).toMatchObject({ quantity: '-1', depositId })
  expect(await billing.refused(invoiceQuote, { params: { id } })).toMatchObject({
    code: 'quote_invoiced',
    details: { invoiceId: correction.id },
  })
  await issue(correction)
  expect((await billing.refused(draftCreditNote, { params: { id: depositId }, body: {} })).code).toBe(
    'invoice_deposit_taken',
  )
})

test('a copy of a final invoice takes no deposit off', async () => {
  const deposit = await depositOf([advance(50_000)])
  const final = await issue(await completed(await finalOf(deposit.id), training))
  const copy = await billing.call(duplicateInvoice, { params: { id: final.id } })
  expect(copy.lines.map(({ description }) => description)).toEqual(['Formation'])
})

test('what is no deposit of this client is refused on its line, and no other kind of document takes one off', async () => {
  const lise = await billableClient(server.db, 'Lise Colin')
  const deposit = await depositOf([advance(50_000)])
  for (const depositId of [crypto.randomUUID(), deposit.id]) {
    const lines = [training, { ...advance(-100), depositId }]
    const refused = await billing.refused(createDraft, { body: { clientId: lise, lines } })
    expect(refused.fields).toMatchObject([{ path: 'lines.1.depositId', code: 'deposit_unknown' }])
  }
  const lines = [training, { ...advance(-100), depositId: deposit.id }]
  const other = await billing.call(createDraft, { body: { clientId: odile, typeCode: 386, lines } })
  expect(await refusedRules(other)).toEqual([['deposit_not_takeable', 'lines.1.description']])
  const above = [training, { ...advance(100), depositId: deposit.id }]
  const turned = await billing.call(createDraft, { body: { clientId: odile, lines: above } })
  expect(await refusedRules(turned)).toEqual([['deposit_taken_too_much', 'lines.1.unitPriceCents']])
})

test('the database itself takes no more of a deposit than is left of it, and forgets nothing', async () => {
  const deposit = await depositOf([advance(50_000)])
  const other = await depositOf([advance(50_000)])
  const take = (cents: number, basisPoints = 2_000, id = deposit.id) =>
    server.pool.query(
      `insert into deposits_taken (document_id, deposit_id, vat_category, vat_basis_points, excl_cents) values ($1, $2, 'S', $3, $4)`,
      [other.id, id, basisPoints, cents],
    )
  await expect(take(50_001)).rejects.toThrow('more is taken back')
  await expect(take(-1)).rejects.toThrow('more is taken back')
  await expect(take(1, 550)).rejects.toThrow('more is taken back')
  await expect(take(1, 2_000, (await issuedFor(billing, odile)).id)).rejects.toThrow('no rows')
  await take(50_000)
  await expect(server.pool.query('delete from deposits_taken')).rejects.toThrow('permission denied')
})
