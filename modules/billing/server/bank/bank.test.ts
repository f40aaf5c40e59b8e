import { createHash } from 'node:crypto'
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
import { entriesOf } from '../../../../tests/harness/audit.ts'
import { tellStories, type Stories } from '../../../../tests/harness/billing-stories.ts'
import type { Browserless } from '../../../../tests/harness/browserless.ts'
import { seedSettings } from '#server/billing'
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
    left: [{ id: guess.id, why: 'not_sure' }],
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

const camt = (
  iban: string,
  entries: readonly { on: string; cents: number; label: string; name?: string }[],
) =>
  new Blob(
    [
      `<Document><BkToCstmrStmt><Stmt><Acct><Id><IBAN>${iban}</IBAN></Id></Acct>${entries
        .map(
          ({ on, cents, label, name = '' }, at) =>
            `<Ntry><Amt Ccy="EUR">${(cents / 100).toFixed(2)}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>${on}</Dt></BookgDt><AcctSvcrRef>${iban}${on}${label}${at}</AcctSvcrRef><NtryDtls><TxDtls><RltdPties><Dbtr><Nm>${name}</Nm></Dbtr></RltdPties><RmtInf><Ustrd>${label}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>`,
        )
        .join('')}</Stmt></BkToCstmrStmt></Document>`,
    ],
    { type: 'application/xml' },
  )
const elsewhere = 'FR7630006000011234567890189'

test('who is named in full and pays a part of it, or more, is suggested for that', async () => {
  const iris = await told.client('Iris Delaunay')
  await told.invoice(iris, { on: '2026-10-01', excl: 2_417 })
  const { id } = await take(
    statement('23/11/2026;VIR INST DELAUNAY Iris;15,00', '23/11/2026;VIR IRIS DELAUNAY;40,00'),
  )
  const { rows } = await open(id)
  const of = (cents: number) => rows.find(({ amountCents }) => amountCents === cents)?.suggestions[0]
  expect(of(1_500)).toMatchObject({
    client: { id: iris },
    sure: false,
    creditCents: 0,
    allocations: [{ amountCents: 1_500, outstandingCents: 2_900 }],
    reasons: [{ code: 'amount_part' }, { code: 'name' }],
  })
  expect(of(4_000)).toMatchObject({
    client: { id: iris },
    sure: false,
    creditCents: 1_100,
    reasons: [{ code: 'amount_over' }, { code: 'name' }],
  })
})

test('what names an invoice that is paid is told so, and proposed to nobody else who owes as much', async () => {
  const nora = await told.client('Nora Vasseur')
  const hers = await told.invoice(nora, { on: '2026-10-01', excl: 4_321 })
  await told.invoice(await told.client('Paul Autre'), { on: '2026-10-01', excl: 4_321 })
  const number = await numberOf(hers)
  const cents = 5_185
  const { id } = await take(
    statement(`24/11/2026;VIR ${number} UN;51,85`, `25/11/2026;VIR ${number} DEUX;51,85`),
  )
  const { rows } = await open(id)
  expect(rows.map(({ suggestions }) => suggestions[0]?.sure)).toEqual([true, true])
  const ids = rows.map((row) => row.id)
  const { matched, left } = await billing.call(matchSureBankTransactions, { body: { ids } })
  expect([matched.length, left.map(({ why }) => why)]).toEqual([1, ['not_sure']])
  const [rest] = (await open(id)).rows
  expect(rest).toMatchObject({ id: left[0]!.id, namesPaid: [{ id: hers, number }] })
  expect(rest!.suggestions).toMatchObject([
    {
      client: { id: nora },
      sure: false,
      allocations: [],
      creditCents: cents,
      reasons: [{ code: 'number_paid' }],
    },
  ])
})

test('a transfer that two files tell is probably one: only the first of them is sure', async () => {
  const zoe = await told.client('Zoé Lambert')
  const number = await numberOf(await told.invoice(zoe, { on: '2026-10-01', excl: 5_555 }))
  const { id: first } = await take(
    statement(`26/11/2026;VIR SEPA ${number} ABONNEMENT;66,66`, '26/11/2026;VIR DURAND PAUL;66,66'),
  )
  await seedSettings(server.db)
  const { id: second } = await take(
    camt('FR7699999000010001234567809', [
      { on: '2026-11-26', cents: 6_666, label: `${number} abonnement`, name: 'Zoé Lambert' },
    ]),
  )
  const [one] = (await open(first)).rows.filter(({ label }) => label.includes(number))
  const [other] = (await open(second)).rows
  expect([one!.twin, one!.suggestions[0]?.sure]).toEqual([null, true])
  expect(other!.twin).toEqual({
    id: one!.id,
    statement: 'releve.csv',
    bookedOn: '2026-11-26',
    state: 'to_match',
  })
  expect(other!.suggestions[0]).toMatchObject({ client: { id: zoe }, sure: false })
  await billing.call(matchSureBankTransactions, { body: { ids: [other!.id, one!.id] } })
  expect((await open(second)).rows[0]).toMatchObject({ twin: { id: one!.id, state: 'matched' } })
  await billing.call(reopenBankTransaction, { params: { id: one!.id } })
  await billing.call(setAsideBankTransaction, { params: { id: one!.id }, body: { why: 'Deux fois' } })
  expect((await open(second)).rows[0]).toMatchObject({ twin: null, suggestions: [{ sure: true }] })
})

test('a transfer that two files tell on days of their own is probably one; two of one file are two', async () => {
  const lea = await told.client('Léa Fontaine')
  const numbers = [
    await numberOf(await told.invoice(lea, { on: '2026-10-01', excl: 7_777 })),
    await numberOf(await told.invoice(lea, { on: '2026-10-02', excl: 7_777 })),
  ]
  // On Friday by the one, on Monday by the other; and another one on Wednesday.
  const { id: first } = await take(
    statement(
      `06/11/2026;VIR ${numbers[0]} FONTAINE LEA;93,32`,
      `11/11/2026;VIR ${numbers[1]} FONTAINE LEA;93,32`,
    ),
  )
  expect((await open(first)).rows.map(({ twin, suggestions }) => [twin, suggestions[0]?.sure])).toEqual([
    [null, true],
    [null, true],
  ])
  const entry = { cents: 9_332, label: `${numbers[0]} merci`, name: 'Léa Fontaine' }
  const days = ['2026-11-09', '2026-11-06', '2026-11-25']
  const { id: second } = await take(
    camt(
      'FR7699999000010001234567809',
      days.map((on) => ({ ...entry, on })),
    ),
  )
  const { rows } = await open(second)
  const [monday, friday, later] = days.map((day) => rows.find(({ bookedOn }) => bookedOn === day)!)
  expect(monday!.twin).toMatchObject({ statement: 'releve.csv', state: 'to_match' })
  expect(['2026-11-06', '2026-11-11']).toContain(monday!.twin?.bookedOn)
  expect(monday!.suggestions[0]?.sure).toBe(false)
  expect(friday!.twin?.bookedOn).toBe('2026-11-06')
  expect(later!.twin).toBe(null)
  // Nothing was swallowed: a person may say that it is another one.
  const { matched } = await billing.call(matchSureBankTransactions, { body: { ids: [monday!.id] } })
  expect(matched).toEqual([])
  await billing.call(matchBankTransaction, {
    params: { id: monday!.id },
    body: { clientId: lea, allocations: [] },
  })
})

test('of who owes hundreds of invoices what is named is found, what is of the amount, and all of it together', async () => {
  const client = await told.client('Solange Centaine')
  await told.run(
    `INSERT INTO invoices (client_id, kind, state, origin, number, issued_on, due_on, total_excl_cents, total_vat_cents)
     SELECT $1, 'invoice', 'issued', 'import', 'H-2026-' || lpad(n::text, 5, '0'), '2026-10-01', '2026-10-01', 10000 + n, 0
     FROM generate_series(1, 250) n`,
    client,
  )
  const { id } = await take(
    statement(
      '23/11/2026;VIR H-2026-00249;102,49',
      '23/11/2026;VIR SOLANGE CENTAINE;102,50',
      '23/11/2026;VIR CENTAINE SOLANGE;25313,75',
    ),
  )
  const { rows } = await open(id)
  const of = (cents: number) => rows.find(({ amountCents }) => amountCents === cents)?.suggestions[0]
  expect(of(10_249)).toMatchObject({ sure: true, allocations: [{ number: 'H-2026-00249' }] })
  expect(of(10_250)).toMatchObject({ allocations: [{ number: 'H-2026-00250' }], creditCents: 0 })
  // As many as one payment may be given to; the rest is for a person.
  const all = of(2_531_375)
  expect(all?.reasons.map(({ code }) => code)).toEqual(['amount_of_all', 'name'])
  expect([all?.allocations.length, all?.sure]).toEqual([200, false])
})

test('a statement of an account that is none of ours is taken only by who says so, and shows its account', async () => {
  await seedSettings(server.db)
  const file = camt(elsewhere, [{ on: '2026-11-20', cents: 100, label: 'Ailleurs' }])
  const { id, statedAccounts } = await upload(file)
  expect(statedAccounts).toEqual([{ ending: '0189', isOurs: false }])
  expect(await billing.refused(importBankFile, { body: { fileId: id } })).toMatchObject({
    code: 'bank_account_foreign',
    details: { endings: ['0189'] },
  })
  const taken = await billing.call(importBankFile, { body: { fileId: id, takesForeign: true } })
  expect(taken.accountEndings).toEqual(['0189'])
  const [logged] = await entriesOf(server, { verb: 'bank_file.imported', object: taken.id })
  expect(logged?.after).toMatchObject({ takenForeign: ['0189'] })
  expect((await open(taken.id)).rows[0]?.statement).toEqual({
    id: taken.id,
    name: 'releve.csv',
    accountEndings: ['0189'],
  })
})

test('a file that says no account is of the only one we have; of several a person says which', async () => {
  const company = await seedSettings(server.db)
  const one = await upload(statement('20/11/2026;VIR UN COMPTE;1,23'))
  expect([one.statedAccounts, one.accounts.map(({ ending }) => ending)]).toEqual([[], ['7809']])
  expect(await billing.call(importBankFile, { body: { fileId: one.id } })).toMatchObject({
    accountEndings: ['7809'],
  })
  await told.run(
    `insert into billing_settings (company_id, kind, in_force_from, content, state, proposed_by, proposed_at, decided_by, decided_at)
     select company_id, kind, '2027-06-01', jsonb_set(content, '{iban}', to_jsonb($2::text)), state, proposed_by, proposed_at, decided_by, decided_at
     from billing_settings where company_id = $1 and kind = 'bank' and state = 'approved'`,
    company,
    elsewhere,
  )
  const { id, accounts } = await upload(statement('20/11/2026;VIR DEUX COMPTES;1,23'))
  const other = accounts.find(({ ending }) => ending === '0189')
  expect([accounts.length, (await billing.refused(importBankFile, { body: { fileId: id } })).code]).toEqual([
    2,
    'bank_account_missing',
  ])
  expect(await billing.call(importBankFile, { body: { fileId: id, accountId: other!.id } })).toMatchObject({
    accountEndings: ['0189'],
  })
})

/** Into one of our accounts. @returns how many lines there were, and how many were known */
async function takenInto(ending: string, ...lines: string[]) {
  const { id, accounts } = await upload(statement(...lines))
  const accountId = accounts.find((one) => one.ending === ending)?.id
  const { transactions, known } = await billing.call(importBankFile, { body: { fileId: id, accountId } })
  return [transactions, known]
}

test('equal lines of two accounts are two, and so are equal files', async () => {
  const fee = '28/11/2026;FRAIS DE TENUE;-2,50'
  expect(await takenInto('7809', fee)).toEqual([1, 0])
  expect(await takenInto('0189', fee)).toEqual([1, 0])
  const again = await upload(statement(fee))
  const accountId = again.accounts.find(({ ending }) => ending === '0189')?.id
  expect(again.importedAt).not.toBe(null)
  expect((await billing.refused(importBankFile, { body: { fileId: again.id, accountId } })).code).toBe(
    'bank_file_twice',
  )
  const twice = ['21/11/2026;VIR PAREIL;77,00', '21/11/2026;VIR PAREIL;77,00']
  expect(await takenInto('7809', ...twice)).toEqual([2, 0])
  expect(await takenInto('0189', ...twice, '21/11/2026;VIR DU SECOND;1,00')).toEqual([3, 0])
  expect(await takenInto('0189', ...twice, '22/11/2026;VIR DU SECOND;2,00')).toEqual([3, 2])
  const { id, accounts } = await upload(statement('21/11/2026;VIR DU SECOND;1,00', '23/11/2026;VIR;1,00'))
  const knownOf = async (ending: string) => {
    const accountId = accounts.find((one) => one.ending === ending)?.id
    const preview = await billing.call(previewBankFile, { params: { id }, query: { accountId } })
    expect(preview.importedAt).toBe(null)
    return preview.known
  }
  expect([await knownOf('7809'), await knownOf('0189')]).toEqual([0, 1])
})

test('a line that was kept before its account was in its name is known again', async () => {
  const fingerprint = (time: number) =>
    createHash('sha256').update(`facts\n2026-10-02\n3100\nvir ancien\n\n${time}`).digest('hex')
  await told.run(
    `WITH former AS (INSERT INTO bank_imports (company_id, name, format, sha256, transactions, known, account_endings)
       SELECT id, 'ancien.csv', 'csv', '\\xff', 2, 0, '{7809}' FROM billing_companies WHERE key = 'main' RETURNING id)
     INSERT INTO bank_transactions (import_id, booked_on, amount_cents, label, fingerprint)
     SELECT id, '2026-10-02', 3100, 'VIR ANCIEN', print FROM former, unnest($1::text[]) print`,
    [fingerprint(1), fingerprint(2)],
  )
  const lines = Array.from({ length: 3 }, () => '02/10/2026;VIR ANCIEN;31,00')
  expect(await takenInto('7809', ...lines)).toEqual([3, 2])
  expect(await takenInto('7809', ...lines, '03/10/2026;VIR;1,00')).toEqual([4, 3])
  expect(await takenInto('0189', ...lines.slice(1))).toEqual([2, 0])
})

test('lines that cannot be read are left out where somebody says so, and the statement says how many', async () => {
  const body = { fileId: (await upload(statement('20/11/2026;VIR LISIBLE;1,00', 'solde;ILLISIBLE;2,00'))).id }
  expect((await billing.refused(importBankFile, { body })).code).toBe('bank_lines_unreadable')
  const { accounts } = await billing.call(previewBankFile, { params: { id: body.fileId }, query: {} })
  expect(
    await billing.call(importBankFile, {
      body: { ...body, leavesOut: true, accountId: accounts[0]?.id },
    }),
  ).toMatchObject({ transactions: 1, leftOut: 1 })
})

test('a number is found however it was typed', () => {
  for (const text of ['FA-2026-000123', 'facture FA 2026 000123', 'FACTUREFA2026000123', 'fa/2026/000123'])
    expect(numbersIn(text)).toContain('FA-2026-000123')
  expect(numbersIn('12/11/2026 29,00')).toEqual([])
})
