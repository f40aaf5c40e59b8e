import { beforeAll, expect, test } from 'vitest'
import {
  getClientAccount,
  getInvoice,
  importBankFile,
  listBankImports,
  listBankTransactions,
  matchBankTransaction,
  matchSureBankTransactions,
  previewBankFile,
  refundClient,
  reopenBankTransaction,
  setAsideBankTransaction,
  uploadBankFile,
} from '#contract/billing'
import { tellStories, type Stories } from '../../../../tests/harness/billing-stories.ts'
import type { Browserless } from '../../../../tests/harness/browserless.ts'
import { testServer } from '../../../../tests/harness/server.ts'
import { numbersIn } from './suggesting.ts'

const server = await testServer()
let billing: Browserless
let told: Stories

beforeAll(async () => {
  billing = await server.as('billing')
  told = await tellStories(server.pool)
})

const statement = (...lines: readonly string[]) =>
  new Blob([['Date;Libellé;Montant', ...lines].join('\n')], { type: 'text/csv' })
const upload = (file: Blob) => billing.call(uploadBankFile, { query: { name: 'releve.csv' }, file })
const take = async (file: Blob) => {
  const { id } = await upload(file)
  return billing.call(importBankFile, { body: { fileId: id } })
}
const open = (of: string) => billing.call(listBankTransactions, { query: { import: of } })
const numberOf = async (id: string) => (await billing.call(getInvoice, { params: { id } })).number ?? ''
const stateOf = async (id: string) => (await billing.call(getInvoice, { params: { id } })).state

test('a line that bears the number and the amount is sure; by its name alone it is a guess that says why', async () => {
  const odile = await told.client('Odile Marchand')
  const luc = await told.client('Luc Évrard')
  const hers = await told.invoice(odile, { on: '2026-10-01', excl: 2_417 })
  const his = await told.invoice(luc, { on: '2026-10-01', excl: 6_100 })
  const number = await numberOf(hers)
  const {
    id,
    transactions,
    open: waiting,
  } = await take(
    statement(
      `12/11/2026;VIR SEPA ${number.replaceAll('-', ' ')} MERCI;29,00`,
      '12/11/2026;VIR SEPA M EVRARD LUC;73,20',
      '13/11/2026;FRAIS DE TENUE;-2,50',
    ),
  )
  expect({ transactions, waiting }).toEqual({ transactions: 3, waiting: 2 })
  const { rows } = await open(id)
  const sure = rows.find((row) => row.amountCents === 2_900)!
  const guess = rows.find((row) => row.amountCents === 7_320)!
  expect(sure.suggestions[0]).toMatchObject({
    client: { id: odile },
    sure: true,
    creditCents: 0,
    reasons: [{ code: 'number' }, { code: 'amount' }],
  })
  expect(guess.suggestions[0]).toMatchObject({
    client: { id: luc },
    sure: false,
    reasons: [{ code: 'amount' }, { code: 'name' }],
  })
  const ids = rows.map((row) => row.id)
  expect(await billing.call(matchSureBankTransactions, { body: { ids } })).toEqual({
    matched: [sure.id],
    left: 1,
  })
  expect([await stateOf(hers), await stateOf(his)]).toEqual(['paid', 'overdue'])
  await billing.call(matchBankTransaction, {
    params: { id: guess.id },
    body: { clientId: luc, allocations: [{ invoiceId: his, amountCents: 7_320 }] },
  })
  expect(await stateOf(his)).toBe('paid')
  const again = { params: { id: guess.id }, body: { clientId: luc, allocations: [] } }
  expect((await billing.refused(matchBankTransaction, again)).code).toBe('bank_transaction_decided')
  await billing.call(reopenBankTransaction, { params: { id: guess.id } })
  expect(await stateOf(his)).toBe('overdue')
  expect((await billing.refused(reopenBankTransaction, { params: { id: guess.id } })).code).toBe(
    'bank_transaction_open',
  )
})

test('many who pay the same amount are nobody in particular', async () => {
  for (const name of ['Ana Petit', 'Ben Petit', 'Cléo Petit'])
    await told.invoice(await told.client(name), { on: '2026-10-01', excl: 33_300 })
  const { id } = await take(statement('14/11/2026;VIREMENT SANS MOTIF;399,60'))
  const { rows } = await open(id)
  expect(rows[0]?.suggestions.map(({ sure, score }) => [sure, score])).toEqual([
    [false, 25],
    [false, 25],
    [false, 25],
  ])
})

test('a file twice is a file once, and what two files share is taken once', async () => {
  const first = statement('15/11/2026;VIR A;1,00', '15/11/2026;VIR A;1,00', '15/11/2026;VIR B;2,00')
  expect(await take(first)).toMatchObject({ transactions: 3, known: 0 })
  const { id, importedAt } = await upload(first)
  expect(importedAt).not.toBeNull()
  expect((await billing.refused(importBankFile, { body: { fileId: id } })).code).toBe('bank_file_twice')
  const overlapping = statement(
    '15/11/2026;VIR A;1,00',
    '15/11/2026;VIR A;1,00',
    '15/11/2026;VIR A;1,00',
    '16/11/2026;VIR C;3,00',
  )
  const taken = await take(overlapping)
  expect(taken).toMatchObject({ transactions: 4, known: 2, open: 2 })
  expect((await billing.call(listBankImports)).rows[0]).toEqual(taken)
})

test('sent twice at once it is imported once', async () => {
  const { id } = await upload(statement('17/11/2026;VIR À LA FOIS;4,00'))
  const replies = await Promise.all(
    [1, 2, 3].map(() => billing.ask(importBankFile, { body: { fileId: id } })),
  )
  expect(replies.map(({ status }) => status).toSorted()).toEqual([201, 409, 409])
})

test('statements that overlap, sent at once in whatever order, bring each line once', async () => {
  const lines = Array.from({ length: 40 }, (_, index) => `19/11/2026;VIR CROISÉ ${index};1,${index + 10}`)
  const files = [
    statement(...lines),
    statement(...lines.toReversed()),
    statement(...lines.slice(10), '20/11/2026;VIR;9,99'),
  ]
  const sent = await Promise.all(files.map(upload))
  const taken = await Promise.all(
    sent.map(({ id }) => billing.call(importBankFile, { body: { fileId: id } })),
  )
  const fresh = taken.map(({ transactions, known }) => transactions - known)
  expect(fresh.reduce((sum, one) => sum + one, 0)).toBe(41)
})

test('who confirms the same lines at once, in whatever order, waits for the other: each line is a payment once', async () => {
  const people = await Promise.all(
    ['Ana', 'Béa', 'Cléo', 'Dan'].map((name) => told.client(`${name} Attente`)),
  )
  const invoices = await Promise.all(
    people.map((client) => told.invoice(client, { on: '2026-10-01', excl: 5_000 })),
  )
  const numbers = await Promise.all(invoices.map(numberOf))
  const { id: from } = await take(
    statement(...numbers.map((number) => `21/11/2026;VIR ${number.replaceAll('-', ' ')};60,00`)),
  )
  const ids = (await open(from)).rows.map(({ id }) => id)
  const orders = [ids, ids.toReversed(), [...ids.slice(2), ...ids.slice(0, 2)], ids.toReversed()]
  const replies = await Promise.all(
    orders.map((order) => billing.call(matchSureBankTransactions, { body: { ids: order } })),
  )
  expect(replies.flatMap(({ matched }) => matched).toSorted()).toEqual(ids.toSorted())
  for (const client of people)
    expect(await billing.call(getClientAccount, { params: { clientId: client } })).toMatchObject({
      owedCents: 0,
      creditCents: 0,
    })
})

test('a line whose payment was partly sent back waits again as a whole: what was sent is the former client’s debt', async () => {
  const client = await told.client('Fée Erronée')
  const invoice = await told.invoice(client, { on: '2026-10-01' })
  const { id: from } = await take(statement('22/11/2026;VIR QUI EST-CE;58,00'))
  const params = { id: (await open(from)).rows[0]!.id }
  const { paymentId } = await billing.call(matchBankTransaction, {
    params,
    body: { clientId: client, allocations: [{ invoiceId: invoice, amountCents: 2_900 }] },
  })
  await billing.call(refundClient, {
    body: { from: { paymentId }, amountCents: 2_900, sentOn: '2026-11-22', method: 'transfer' },
  })
  await billing.call(reopenBankTransaction, { params })
  expect(await stateOf(invoice)).toBe('overdue')
  expect(await billing.call(getClientAccount, { params: { clientId: client } })).toMatchObject({
    owedCents: 2_900,
    creditCents: -2_900,
  })
  expect((await open(from)).rows).toHaveLength(1)
})

test('columns are chosen where headings say nothing, and a line that cannot be read stops the whole', async () => {
  const unknown = new Blob(['a;b;c\n12/11/2026;DUVAL;5,00\n'], { type: 'text/csv' })
  const { id, missing } = await upload(unknown)
  expect(missing).toEqual(['bookedOn', 'label', 'amount'])
  expect((await billing.refused(importBankFile, { body: { fileId: id } })).code).toBe('bank_column_missing')
  const layout = { bookedOn: 0, label: 1, amount: 2 }
  expect(await billing.call(previewBankFile, { params: { id }, query: layout })).toMatchObject({
    transactions: 1,
    creditCents: 500,
    sample: [{ label: 'DUVAL' }],
  })
  expect(await billing.call(importBankFile, { body: { fileId: id, layout } })).toMatchObject({ open: 1 })
  const wrong = await upload(statement('12/11/2026;DUVAL;5,00', '32/11/2026;DUVAL;5,00'))
  expect(wrong.unreadable).toEqual([{ line: 3, code: 'date' }])
  expect((await billing.refused(importBankFile, { body: { fileId: wrong.id } })).code).toBe(
    'bank_lines_unreadable',
  )
})

test('what is no client’s payment is set aside with its reason, and comes back', async () => {
  const { id } = await take(statement('18/11/2026;REMBOURSEMENT ASSURANCE;812,00'))
  const [row] = (await open(id)).rows
  const of = { params: { id: row!.id } }
  await billing.call(setAsideBankTransaction, { ...of, body: { why: 'Assurance du local' } })
  expect((await open(id)).rows).toEqual([])
  expect((await billing.refused(setAsideBankTransaction, { ...of, body: { why: 'Encore' } })).code).toBe(
    'bank_transaction_decided',
  )
  await billing.call(reopenBankTransaction, of)
  expect((await open(id)).rows).toHaveLength(1)
})

test('what is no statement is refused as it comes', async () => {
  const file = new Blob(['Bonjour'], { type: 'text/csv' })
  expect((await billing.refused(uploadBankFile, { query: { name: 'x' }, file })).code).toBe(
    'bank_file_unreadable',
  )
})

test('a number is found however it was typed', () => {
  for (const text of ['FA-2026-000123', 'facture FA 2026 000123', 'FACTUREFA2026000123', 'fa/2026/000123'])
    expect(numbersIn(text)).toContain('FA-2026-000123')
  expect(numbersIn('12/11/2026 29,00')).toEqual([])
})
