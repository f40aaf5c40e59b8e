/** A month is closed, and somebody writes into it at the same moment. */
import { beforeAll, expect, test } from 'vitest'
import {
  closeMonth,
  draftCreditNote,
  finaliseInvoice,
  getInvoice,
  recordPaymentByHand,
  refundClient,
} from '#contract/billing'
import { sql, type CentralDb } from '#platform/server/db.ts'
import { billableClient, draftFor, issuedFor, openBilling } from '../../../../tests/harness/billing.ts'
import { tellStories } from '../../../../tests/harness/billing-stories.ts'
import type { Browserless } from '../../../../tests/harness/browserless.ts'
import { testServer } from '../../../../tests/harness/server.ts'
import { allocate, allocateCredit } from '../payments/allocating.ts'
import { insertPayment, isClosed } from '../payments/queries.ts'
import { holdClosings, insertClosing } from './queries.ts'

const server = await testServer()
let billing: Browserless
let companyId: string

beforeAll(async () => {
  billing = await server.as('billing')
  companyId = await openBilling(server.db)
})

/** On a busy machine too. */
const patient = { timeout: 20_000 }

/** How many wait for somebody else to end. */
const waiting = async () =>
  (
    await sql<{
      count: number
    }>`select count(*)::integer as count from pg_locks where locktype = 'advisory' and not granted
      and database = (select oid from pg_database where datname = current_database())`.execute(server.db)
  ).rows[0]?.count

/** Does something in a transaction that ends when it is told to. */
function begun(work: (tx: CentralDb) => Promise<void>) {
  const done = Promise.withResolvers<void>()
  const mayEnd = Promise.withResolvers<void>()
  const ended = server.db.transaction().execute(async (tx: CentralDb) => {
    await work(tx)
    done.resolve()
    await mayEnd.promise
  })
  return { done: done.promise, end: () => (mayEnd.resolve(), ended) }
}

test('a payment that is being written down stands in the closing of its month', async () => {
  const told = await tellStories(server.pool)
  const client = await told.client('Odile Ferrand')
  await told.invoice(client, { on: '2026-08-10' })
  const writing = begun(async (tx) => {
    expect(await isClosed(tx, companyId, '2026-08-20')).toBe(false)
    await insertPayment(tx, {
      clientId: client,
      companyId,
      amountCents: 1_234,
      receivedOn: '2026-08-20',
      method: 'transfer',
      reference: '',
      source: 'hand',
      byStaffId: null,
    })
  })
  await writing.done
  const closing = billing.call(closeMonth, { params: { month: '2026-08' } })
  let closed = false
  void closing.then(() => (closed = true))
  await expect.poll(async () => closed || (await waiting()) === 1, patient).toBe(true)
  await writing.end()
  expect((await closing).totals).toMatchObject({ collectedCents: 1_234, invoices: 1 })
})

test('whoever writes into a month that is being closed waits, and is refused', async () => {
  const told = await tellStories(server.pool)
  const client = await told.client('Bruno Salvi')
  const credit = await told.invoice(client, { on: '2026-09-02', excl: -5_000 })
  const billed = await billableClient(server.db, 'Nora Benali')
  const { id } = await issuedFor(billing, billed, { wantedOn: '2026-09-03' })
  const draft = await draftFor(billing, billed, { wantedOn: '2026-09-30' })
  const note = await billing.call(draftCreditNote, { params: { id }, body: {} })
  const closing = begun(async (tx) => {
    await holdClosings(tx, companyId)
    await insertClosing(tx, {
      companyId,
      month: '2026-09',
      totals: {},
      previousSha256: Buffer.alloc(32),
      sha256: Buffer.alloc(32, 1),
      closedBy: (await tx.selectFrom('staffMembers').select('id').limit(1).executeTakeFirstOrThrow()).id,
    })
  })
  await closing.done
  const money = { amountCents: 100, method: 'transfer' } as const
  const asked = [
    billing.ask(recordPaymentByHand, { body: { ...money, clientId: client, receivedOn: '2026-09-15' } }),
    billing.ask(refundClient, { body: { ...money, from: { creditNoteId: credit }, sentOn: '2026-09-15' } }),
    billing.ask(finaliseInvoice, { params: { id: draft.id }, body: { revision: draft.revision } }),
    // Of today: it waits, and is numbered.
    billing.ask(finaliseInvoice, { params: { id: note.id }, body: { revision: note.revision } }),
  ]
  let ended = 0
  for (const one of asked) void one.then(() => ended++)
  await expect.poll(async () => ended + ((await waiting()) ?? 0), patient).toBe(asked.length)
  await closing.end()
  expect((await Promise.all(asked)).map(({ status }) => status)).toEqual([422, 422, 409, 200])
  expect((await billing.call(getInvoice, { params: { id: draft.id } })).state).toBe('draft')
})

test('money given to invoices while a month is being closed is given afterwards', async () => {
  const told = await tellStories(server.pool)
  const client = await told.client('Léa Pendant')
  const [one = '', other = ''] = [
    await told.invoice(client, { on: '2025-10-02' }),
    await told.invoice(client, { on: '2025-10-03' }),
  ]
  const creditNoteId = await told.invoice(client, { on: '2025-10-04', excl: -1_000 })
  const { id: paymentId } = await billing.call(recordPaymentByHand, {
    body: { clientId: client, amountCents: 2_900, receivedOn: '2026-10-05', method: 'transfer' },
  })
  const given = { on: '2026-11-02', byStaffId: null }
  const mayGoOn = Promise.withResolvers<void>()
  let ended = 0
  const writing = [
    (tx: CentralDb) =>
      allocate(tx, { ...given, paymentId, allocations: [{ invoiceId: one, amountCents: 2_900 }] }),
    (tx: CentralDb) =>
      allocateCredit(tx, { ...given, creditNoteId, allocations: [{ invoiceId: other, amountCents: 1_000 }] }),
  ].map((give) =>
    server.db.transaction().execute(async (tx: CentralDb) => {
      // It began before the month was closed.
      await sql`select now()`.execute(tx)
      await mayGoOn.promise
      await give(tx)
      ended++
    }),
  )
  const closing = begun(async (tx) => {
    await holdClosings(tx, companyId)
    mayGoOn.resolve()
    await expect.poll(async () => ended + ((await waiting()) ?? 0), patient).toBe(2)
    expect(ended).toBe(0)
    await insertClosing(tx, {
      companyId,
      month: '2026-10',
      totals: {},
      previousSha256: Buffer.alloc(32),
      sha256: Buffer.alloc(32, 2),
      closedBy: (await tx.selectFrom('staffMembers').select('id').limit(1).executeTakeFirstOrThrow()).id,
    })
  })
  await closing.done
  await closing.end()
  await Promise.all(writing)
  const { rows } = await sql<{ later: boolean }>`
    select allocated_at > closed_at as later from accounting_closings,
      (select allocated_at from payment_allocations where payment_id = ${paymentId}
       union all select allocated_at from credit_allocations where credit_note_id = ${creditNoteId}) given
    where month = '2026-10-01'`.execute(server.db)
  expect(rows).toEqual([{ later: true }, { later: true }])
})
