import { readFileSync } from 'node:fs'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { validateXML } from 'xmllint-wasm'
import {
  addMandate,
  bookDirectDebit,
  downloadDirectDebit,
  finaliseInvoice,
  getClientAccount,
  getDirectDebit,
  getInvoice,
  importBankFile,
  importReturns,
  listMandates,
  markDirectDebitSent,
  prepareDirectDebit,
  recordPaymentByHand,
  refundClient,
  revealMandateIban,
  returnCollection,
  revokeMandate,
  saveBillingProfile,
  uploadBankFile,
} from '#contract/billing'
import { draftFor, issuedFor } from '../../../../tests/harness/billing.ts'
import {
  announced,
  debited,
  debitedIban as iban,
  earliestOf,
  mandatedClient,
  proposalOf,
  sentOn,
} from '../../../../tests/harness/billing-debits.ts'
import { systemClock } from '#platform/server/clock.ts'
import { entriesOf } from '../../../../tests/harness/audit.ts'
import { tellStories, type Stories } from '../../../../tests/harness/billing-stories.ts'
import type { Browserless } from '../../../../tests/harness/browserless.ts'
import { testServer } from '../../../../tests/harness/server.ts'
import { seedSettings } from '../settings/demonstrating.ts'
import { bankDayFrom } from './calendar.ts'
import { bookDue } from './nightly.ts'
import { painOf, words, type Order } from './pain008.ts'

const server = await testServer()
let billing: Browserless
let told: Stories

const behind = new pg.Client(server.database.adminUrl)
afterAll(() => behind.end())

beforeAll(async () => {
  await behind.connect()
  billing = await server.as('billing')
  told = await tellStories(server.pool)
  await seedSettings(server.db)
})

const schema = (version: string) => readFileSync(`tests/data/${version}.restricted.xsd`, 'utf8')
const valid = async (xml: string, version: string) => {
  const { valid, errors } = await validateXML({
    xml: [{ fileName: 'file.xml', contents: xml }],
    schema: [{ fileName: 'schema.xsd', contents: schema(version) }],
  })
  return valid ? [] : errors.map((error) => error.message)
}

const later = (day: string, days: number) => Temporal.PlainDate.from(day).add({ days }).toString()
const today = Temporal.Now.plainDateISO('Europe/Paris').toString()
/** Late enough for all that was told by now. */
const someday = bankDayFrom(later(today, 60))

const collectable = (name: string) => debited(server.db, billing, name)
async function prepared(...invoiceIds: string[]) {
  const collectOn = await earliestOf(billing, ...invoiceIds)
  const batch = await billing.call(prepareDirectDebit, { body: { collectOn, invoiceIds } })
  // The day of the collection comes.
  await behind.query('update sepa_batches set collect_on = $2 where id = $1', [batch.id, '2026-11-10'])
  return batch
}
const stateOf = async (id: string) => (await billing.call(getInvoice, { params: { id } })).state

describe('a mandate', () => {
  test('keeps its IBAN sealed, shows its end, and is one at a time', async () => {
    const { client, mandate } = await collectable('Lise Morin')
    expect(mandate).toMatchObject({ ibanEnding: '0129', state: 'active' })
    const [{ iban_sealed: sealed } = {}] = await told.run(
      'select iban_sealed from sepa_mandates where id = $1',
      mandate.id,
    )
    expect((sealed as Buffer).includes(iban)).toBe(false)
    const body = { clientId: client, holder: 'Lise Morin', iban, signedOn: '2026-09-01' }
    expect((await billing.refused(addMandate, { body })).code).toBe('mandate_exists')
    expect(await billing.call(revealMandateIban, { params: mandate })).toEqual({ iban })
    const end = { params: { id: mandate.id }, body: { reason: 'Demande du client' } }
    await billing.call(revokeMandate, end)
    expect((await billing.refused(revokeMandate, end)).code).toBe('mandate_ended')
    const { reference } = mandate
    expect((await billing.refused(addMandate, { body: { ...body, reference } })).code).toBe(
      'mandate_reference_taken',
    )
    expect((await billing.call(listMandates, { query: { client } })).rows).toHaveLength(1)
  })

  test.each(['FR7610107001011234567890128', 'FR76', 'bonjour'])(
    'with the IBAN %s is refused',
    async (wrong) => {
      const body = { clientId: crypto.randomUUID(), holder: 'X', iban: wrong, signedOn: '2026-09-01' }
      expect((await billing.refused(addMandate, { body })).fields).toMatchObject([{ path: 'iban' }])
    },
  )
})

describe('a direct debit', () => {
  test('is collected, booked on its day, sent back by its debtor’s bank, and owed again', async () => {
    const { invoice } = await collectable('Alma Roux')
    const batch = await prepared(invoice)
    expect(batch).toMatchObject({ transactions: 1, totalCents: 2_900, pending: 1 })
    const again = { body: { collectOn: someday, invoiceIds: [invoice] } }
    expect((await billing.refused(prepareDirectDebit, again)).code).toBe('not_collectable')
    await billing.call(markDirectDebitSent, { params: batch })
    expect((await billing.refused(markDirectDebitSent, { params: batch })).code).toBe('direct_debit_sent')
    expect(await billing.call(bookDirectDebit, { params: batch })).toMatchObject({ collected: 1, pending: 0 })
    expect((await billing.refused(bookDirectDebit, { params: batch })).code).toBe('collection_decided')
    expect(await stateOf(invoice)).toBe('paid')
    const { collections } = await billing.call(getDirectDebit, { params: batch })
    const back = {
      params: { id: collections[0]!.id },
      body: { code: 'AM04', returnedOn: '2026-11-20' },
    } as const
    expect(await billing.call(returnCollection, back)).toMatchObject({
      state: 'returned',
      returnCode: 'AM04',
    })
    expect((await billing.refused(returnCollection, back)).code).toBe('collection_decided')
    expect(await stateOf(invoice)).toBe('unpaid')
    expect((await proposalOf(billing, invoice, someday))?.why).toBeNull()
  })

  test('is not of a day on which banks rest, nor before its payer was told, nor without a mandate', async () => {
    const { invoice } = await collectable('Rémi Faure')
    const of = (collectOn: string, id = invoice) =>
      billing.refused(prepareDirectDebit, { body: { collectOn, invoiceIds: [id] } })
    expect((await of('2126-12-25')).code).toBe('collection_day_wrong')
    expect((await of('2026-01-05')).code).toBe('collection_day_wrong')
    const none = await told.invoice(await told.client('Sans Mandat'), { on: '2026-10-01' })
    expect((await of(someday, none)).code).toBe('not_collectable')
  })

  test('a bank’s list of rejections is taken once, and what is not ours is told', async () => {
    const { invoice } = await collectable('Nina Leroy')
    const batch = await prepared(invoice)
    await billing.call(bookDirectDebit, { params: batch })
    const { collections } = await billing.call(getDirectDebit, { params: batch })
    const one = (id: string) =>
      `<TxInfAndSts><OrgnlEndToEndId>${id}</OrgnlEndToEndId><TxSts>RJCT</TxSts><StsRsnInf><Rsn><Cd>AC04</Cd></Rsn></StsRsnInf></TxInfAndSts>`
    const file = new Blob(
      [
        `<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.03"><CstmrPmtStsRpt><GrpHdr><CreDtTm>2026-11-12T08:00:00</CreDtTm></GrpHdr><OrgnlPmtInfAndSts>${one(collections[0]!.endToEndId)}${one('ELSEWHERE')}</OrgnlPmtInfAndSts></CstmrPmtStsRpt></Document>`,
      ],
      { type: 'application/xml' },
    )
    const call = { query: { name: 'rejets.xml' }, file }
    expect(await billing.call(importReturns, call)).toMatchObject({
      returned: [{ returnCode: 'AC04', returnedOn: '2026-11-12' }],
      known: 0,
      unknown: ['ELSEWHERE'],
    })
    expect(await billing.call(importReturns, call)).toMatchObject({ returned: [], known: 1 })
    expect(await stateOf(invoice)).toBe('unpaid')
  })

  test('a statement that books the file pays its invoices, one that books it back reopens them', async () => {
    const { invoice } = await collectable('Paul Girard')
    const batch = await prepared(invoice)
    const { collections } = await billing.call(getDirectDebit, { params: batch })
    const camt = (direction: string, reference: string, ref: string) =>
      new Blob(
        [
          `<Document><BkToCstmrStmt><Stmt><Acct><Id><IBAN>FR7699999000010001234567809</IBAN></Id></Acct><Ntry><Amt Ccy="EUR">29.00</Amt><CdtDbtInd>${direction}</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>2026-11-12</Dt></BookgDt><AcctSvcrRef>${ref}</AcctSvcrRef><NtryDtls><TxDtls><Refs>${reference}</Refs><RtrInf><Rsn><Cd>MD01</Cd></Rsn></RtrInf></TxDtls></NtryDtls></Ntry></Stmt></BkToCstmrStmt></Document>`,
        ],
        { type: 'application/xml' },
      )
    const take = async (file: Blob) => {
      const { id } = await billing.call(uploadBankFile, { query: { name: 'releve.xml' }, file })
      return billing.call(importBankFile, { body: { fileId: id } })
    }
    expect(await take(camt('CRDT', `<PmtInfId>${batch.messageId}-FRST</PmtInfId>`, 'DD1'))).toMatchObject({
      open: 0,
    })
    expect(await stateOf(invoice)).toBe('paid')
    await take(camt('DBIT', `<EndToEndId>${collections[0]!.endToEndId}</EndToEndId>`, 'DD2'))
    expect(await stateOf(invoice)).toBe('unpaid')
    const { collections: after } = await billing.call(getDirectDebit, { params: batch })
    expect(after[0]).toMatchObject({ state: 'returned', returnCode: 'MD01' })
  })

  test('goes first the first time, and again afterwards; its file is what the bank reads', async () => {
    const { client, invoice } = await collectable('Zoé Lambert')
    const second = await announced(billing, client)
    await sentOn(server.db, second, new Date())
    const batch = await billing.call(prepareDirectDebit, {
      body: { collectOn: await earliestOf(billing, invoice, second), invoiceIds: [invoice, second] },
    })
    const { collections } = await billing.call(getDirectDebit, { params: batch })
    expect(collections.map((one) => one.sequence).toSorted()).toEqual(['FRST', 'RCUR'])
    const { xml: text } = await billing.call(downloadDirectDebit, { params: batch })
    expect(await valid(text, 'pain.008.001.08')).toEqual([])
    expect(text).toContain(`<IBAN>${iban}</IBAN>`)
    expect(text).toContain('<CtrlSum>58.00</CtrlSum>')
  })
})

describe('what comes back', () => {
  const returnOf = async (batch: { id: string }) => {
    const { collections } = await billing.call(getDirectDebit, { params: batch })
    return { params: { id: collections[0]!.id }, body: { code: 'AM04', returnedOn: '2026-11-20' } } as const
  }

  test('after some of it was sent to the client comes back whole: its invoice is owed, and so is what was sent', async () => {
    const { client, invoice } = await collectable('Maya Roger')
    const batch = await prepared(invoice)
    // 10,00 € came otherwise meanwhile.
    await billing.call(recordPaymentByHand, {
      body: {
        clientId: client,
        amountCents: 1_000,
        receivedOn: '2026-11-09',
        method: 'transfer',
        allocations: [{ invoiceId: invoice, amountCents: 1_000 }],
      },
    })
    await billing.call(bookDirectDebit, { params: batch })
    const { collections } = await billing.call(getDirectDebit, { params: batch })
    await billing.call(refundClient, {
      body: {
        from: { paymentId: collections[0]!.paymentId! },
        amountCents: 1_000,
        sentOn: '2026-11-12',
        method: 'transfer',
      },
    })
    expect(await stateOf(invoice)).toBe('paid')
    await billing.call(returnCollection, await returnOf(batch))
    expect(await billing.call(getClientAccount, { params: { clientId: client } })).toMatchObject({
      owedCents: 1_900,
      creditCents: -1_000,
    })
  })

  test('while others book and tell the same is booked once and taken back once', async () => {
    const made = [await collectable('Léa Un'), await collectable('Léa Deux'), await collectable('Léa Trois')]
    const invoices = made.map(({ invoice }) => invoice)
    const one = await prepared(...invoices)
    const { collections } = await billing.call(getDirectDebit, { params: one })
    const rejected = (ids: readonly string[]) => ({
      query: { name: 'rejets.xml' },
      file: new Blob(
        [
          `<Document><CstmrPmtStsRpt><GrpHdr><CreDtTm>2026-11-12T08:00:00</CreDtTm></GrpHdr><OrgnlPmtInfAndSts>${ids.map((id) => `<TxInfAndSts><OrgnlEndToEndId>${id}</OrgnlEndToEndId><TxSts>RJCT</TxSts></TxInfAndSts>`).join('')}</OrgnlPmtInfAndSts></CstmrPmtStsRpt></Document>`,
        ],
        { type: 'application/xml' },
      ),
    })
    const ends = collections.map(({ endToEndId }) => endToEndId)
    const replies = await Promise.all([
      billing.ask(bookDirectDebit, { params: one }),
      billing.ask(importReturns, rejected(ends)),
      billing.ask(bookDirectDebit, { params: one }),
      billing.ask(importReturns, rejected(ends.toReversed())),
      ...collections
        .toReversed()
        .map(({ id }) =>
          billing.ask(returnCollection, { params: { id }, body: { code: 'AC04', returnedOn: '2026-11-20' } }),
        ),
    ])
    expect(replies.map(({ status }) => status).filter((status) => ![200, 409].includes(status))).toEqual([])
    const sums = await told.run(
      `select sum(payments.amount_cents)::integer as cents, max(paid_cents)::integer as paid from sepa_collections
       join invoices on invoices.id = invoice_id left join payments on reference like '%' || end_to_end_id
       where batch_id = $1`,
      one.id,
    )
    expect([0, null]).toContain(sums[0]?.['cents'])
    expect(sums[0]?.['paid']).toBe(0)
    const { collections: after } = await billing.call(getDirectDebit, { params: one })
    expect(after.map(({ state }) => state)).toEqual(['returned', 'returned', 'returned'])
  })

  test('before its file was paid is not paid with it: the bank pays the rest', async () => {
    const one = await collectable('Noé Un')
    const other = await collectable('Noé Deux')
    const batch = await prepared(one.invoice, other.invoice)
    await billing.call(returnCollection, await returnOf(batch))
    const file = new Blob(
      [
        `<Document><BkToCstmrStmt><Stmt><Acct><Id><IBAN>FR7699999000010001234567809</IBAN></Id></Acct><Ntry><Amt Ccy="EUR">29.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>2026-11-12</Dt></BookgDt><AcctSvcrRef>DD77</AcctSvcrRef><NtryDtls><TxDtls><Refs><PmtInfId>${batch.messageId}-FRST</PmtInfId></Refs></TxDtls></NtryDtls></Ntry></Stmt></BkToCstmrStmt></Document>`,
      ],
      { type: 'application/xml' },
    )
    const { id } = await billing.call(uploadBankFile, { query: { name: 'releve.xml' }, file })
    expect(await billing.call(importBankFile, { body: { fileId: id } })).toMatchObject({ open: 0 })
    expect(await billing.call(getDirectDebit, { params: batch })).toMatchObject({
      pending: 0,
      collected: 1,
      returned: 1,
    })
  })
})

describe('on its day', () => {
  const parts = { clock: systemClock, audit: server.audit }

  test('what the bank was handed is booked by itself, once, and what it was not handed is not', async () => {
    const handed = await collectable('Paule Jour')
    const kept = await collectable('Paule Nuit')
    const batch = await prepared(handed.invoice)
    const other = await prepared(kept.invoice)
    await billing.call(markDirectDebitSent, { params: batch })
    await Promise.all([bookDue(server.db, parts), bookDue(server.db, parts)])
    await bookDue(server.db, parts)
    expect(await stateOf(handed.invoice)).toBe('paid')
    expect(await stateOf(kept.invoice)).toBe('unpaid')
    expect(await billing.call(getDirectDebit, { params: batch })).toMatchObject({ collected: 1, pending: 0 })
    expect(await billing.call(getDirectDebit, { params: other })).toMatchObject({ collected: 0, pending: 1 })
    const payments = await told.run(
      `select received_on::text as day, amount_cents from payments
       where client_id = (select client_id from invoices where id = $1)`,
      handed.invoice,
    )
    expect(payments).toEqual([{ day: '2026-11-10', amount_cents: 2_900 }])
    const logged = await entriesOf(server, { verb: 'direct_debit.collected', object: batch.id })
    expect(logged).toHaveLength(1)
  })
})

describe('who is debited', () => {
  test('was told so by the invoice, whatever the client’s page says today', async () => {
    const { client } = await mandatedClient(server.db, billing, 'Rose Petit')
    const byTransfer = (await issuedFor(billing, client, { paymentMeans: 'transfer' })).id
    await sentOn(server.db, byTransfer, '2026-10-01T10:00:00Z')
    await billing.call(saveBillingProfile, {
      params: { id: client },
      body: { audience: 'business', siren: '732829320', paymentMeans: 'direct_debit', revision: 0 },
    })
    expect(await proposalOf(billing, byTransfer)).toBeUndefined()
    expect(
      (
        await billing.refused(prepareDirectDebit, {
          body: { collectOn: someday, invoiceIds: [byTransfer] },
        })
      ).code,
    ).toBe('not_collectable')
    // And who was told so stays so.
    const announcedOne = await announced(billing, client)
    await sentOn(server.db, announcedOne, new Date())
    await billing.call(saveBillingProfile, {
      params: { id: client },
      body: { audience: 'business', siren: '732829320', paymentMeans: 'cheque', revision: 1 },
    })
    expect(await proposalOf(billing, announcedOne, someday)).toMatchObject({ why: null })
  })

  test('is debited by the mandate the invoice names, and by no later one', async () => {
    const { client, invoice, mandate } = await collectable('Jules Perrin')
    await billing.call(revokeMandate, { params: mandate, body: { reason: 'Changement de banque' } })
    await billing.call(addMandate, {
      body: { clientId: client, holder: 'Jules Perrin', iban, signedOn: '2026-09-02' },
    })
    expect(await proposalOf(billing, invoice, someday)).toMatchObject({
      why: 'mandate_ended',
      mandate: { reference: mandate.reference },
      earliestOn: null,
    })
    const order = { body: { collectOn: someday, invoiceIds: [invoice] } }
    expect((await billing.refused(prepareDirectDebit, order)).code).toBe('not_collectable')
  })

  test('is told fourteen days before: from the day it was sent, not from the one it bears', async () => {
    const { client } = await mandatedClient(server.db, billing, 'Anouk Weber')
    const invoice = await announced(billing, client, { paymentDays: 14 })
    expect(await proposalOf(billing, invoice, someday)).toMatchObject({
      why: 'not_sent',
      earliestOn: null,
    })
    // Three days after it was made; a second mail changes nothing.
    const sent = later(today, 3)
    await sentOn(server.db, invoice, `${sent}T10:00:00Z`)
    await sentOn(server.db, invoice, `${later(today, 5)}T10:00:00Z`)
    const told = later(sent, 14)
    expect(await proposalOf(billing, invoice, later(told, -1))).toMatchObject({ toldOn: sent })
    const { earliestOn } = (await proposalOf(billing, invoice, someday))!
    expect(earliestOn! >= told).toBe(true)
    expect(await proposalOf(billing, invoice, earliestOn!)).toMatchObject({ why: null })
    expect((await proposalOf(billing, invoice))?.why).toBe('told_too_late')
  })

  test('has fourteen days on the invoice too, unless the draft says otherwise, which is found', async () => {
    const { client } = await mandatedClient(server.db, billing, 'Élise Simon')
    await billing.call(saveBillingProfile, {
      params: { id: client },
      body: { audience: 'business', siren: '732829320', paymentDays: 0, revision: 0 },
    })
    const invoice = await announced(billing, client)
    expect((await billing.call(getInvoice, { params: { id: invoice } })).dueOn).toBe(later(today, 14))
    const { id, revision } = await draftFor(billing, client, {
      paymentMeans: 'direct_debit',
      paymentDays: 13,
    })
    const refused = await billing.refused(finaliseInvoice, { params: { id }, body: { revision } })
    expect(refused.code).toBe('invoice_not_lawful')
    expect(JSON.stringify(refused.details)).toContain('debit_too_soon')
  })
})

describe('the file', () => {
  const order: Order = {
    version: 'pain.008.001.08',
    messageId: 'MGP-1',
    createdAt: new Date('2026-11-22T10:00:00Z'),
    collectOn: '2026-11-25',
    creditor: { name: 'Cœur & Âme’s SAS', iban, bic: 'TESTFRP1XXX', id: 'FR53ZZZ999999' },
    collections: [
      {
        endToEndId: 'E1',
        sequence: 'FRST',
        amountCents: 5,
        mandate: { reference: 'RUM1', signedOn: '2026-09-01', holder: '李雷 <b>🙂', iban, bic: null },
        reason: 'Facture FA-2026-000123',
      },
      {
        endToEndId: 'E2',
        sequence: 'RCUR',
        amountCents: 123_456,
        mandate: { reference: 'RUM2', signedOn: '2026-09-01', holder: 'O’Brien', iban, bic: 'TESTFRP1XXX' },
        reason: 'x'.repeat(300),
      },
    ],
  }

  test.each(['pain.008.001.02', 'pain.008.001.08'] as const)('of %s holds to its schema', async (version) => {
    expect(await valid(painOf({ ...order, version }), version)).toEqual([])
  })

  test('is told wrong by the schema where it is', async () => {
    const xml = painOf(order)
    for (const [right, wrong] of [
      ['<PmtMtd>DD</PmtMtd>', ''],
      ['Ccy="EUR"', 'Ccy="USD"'],
      ['<SeqTp>FRST</SeqTp>', '<SeqTp>FIRST</SeqTp>'],
      ['<InstdAmt Ccy="EUR">0.05', '<InstdAmt Ccy="EUR">0.055'],
      [`<IBAN>${iban}</IBAN>`, '<IBAN>FR76 1010</IBAN>'],
    ] as const)
      expect(await valid(xml.replace(right, wrong), order.version), right).not.toEqual([])
    expect(await valid(xml, 'pain.008.001.02')).not.toEqual([])
  })

  test('is written with the signs every bank understands', () => {
    expect(words('Cœur & Âme’s — SAS', 70)).toBe("Coeur + Ame's - SAS")
    expect(words('李雷 🙂', 70)).toBe('NOTPROVIDED')
    expect(words('A < B > C', 70)).toBe('A B C')
  })
})
