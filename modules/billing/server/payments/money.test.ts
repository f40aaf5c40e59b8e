/** Whatever comes, goes back, is credited or given elsewhere, and in whatever order: the sums hold. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  allocateCreditNote,
  allocatePayment,
  draftCreditNote,
  finaliseInvoice,
  getClientAccount,
  recordPaymentByHand,
  refundClient,
  reversePayment,
} from '#contract/billing'
import { sql, type CentralDb } from '#platform/server/db.ts'
import { dayOf } from '#platform/server/clock.ts'
import {
  billableClient,
  issuedFor,
  openBilling,
  subscriptionLine,
} from '../../../../tests/harness/billing.ts'
import { testServer } from '../../../../tests/harness/server.ts'
import { entryLines } from '../accounting/entries.ts'
import { paymentRow } from './queries.ts'
import { leftToTakeBack, takeBack } from './taking-back.ts'

const server = await testServer()
const companyId = await openBilling(server.db)
const billing = await server.as('billing')
const today = dayOf(new Date())

const share = fc.integer({ min: 0, max: 130 })
const which = fc.nat(1)
const shares = fc.array(share, { maxLength: 2 })
const cents = fc.integer({ min: 1, max: 9_000 })
const method = fc.constantFrom('card' as const, 'transfer' as const)
const positions = fc.constantFrom([1], [2], null)
const act = fc.oneof(
  { weight: 2, arbitrary: fc.record({ what: fc.constant('pay' as const), cents, shares }) },
  { weight: 3, arbitrary: fc.record({ what: fc.constant('allocate' as const), which, shares }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constant('refund' as const), which, share, method }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('reverse' as const), which }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('returned' as const), which }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constant('sent back' as const), which, share }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constant('credit' as const), which, positions }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constant('give credit' as const), which, shares }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('refund credit' as const), which, share }) },
)
type Act = typeof act extends fc.Arbitrary<infer One> ? One : never

const lines = [
  { ...subscriptionLine, unitPriceCents: 1_001 },
  { ...subscriptionLine, unitPriceCents: 2_417, vatBasisPoints: 550 },
  { ...subscriptionLine, unitPriceCents: 333, vatBasisPoints: 1_000 },
]

async function everyIdOf(client: string) {
  const { rows } = await sql<{ kind: string; ids: string[] }>`
    select kind, array_agg(id order by number) as ids from invoices where client_id = ${client} and state = 'issued' group by kind
    union all select 'payment', array_agg(id order by recorded_at, id) from payments where client_id = ${client} and amount_cents > 0`.execute(
    server.db,
  )
  const of = (kind: string) => rows.find((row) => row.kind === kind)?.ids ?? []
  return { invoices: of('invoice'), notes: of('credit_note'), payments: of('payment') }
}

const spread = (invoices: readonly string[], shares: readonly number[], cents: number) =>
  shares.flatMap((one, index) => {
    const amountCents = Math.round((cents * one) / 100 / shares.length)
    const invoiceId = invoices[index]
    return invoiceId && amountCents > 0 ? [{ invoiceId, amountCents }] : []
  })

/** As it is asked; what is refused changes nothing. */
async function doIt(client: string, one: Act): Promise<void> {
  const { invoices, notes, payments } = await everyIdOf(client)
  const pick = (ids: readonly string[], at: number) => ids[at % Math.max(1, ids.length)]
  const amountOf = async (id: string) => (await paymentRow(server.db, id))?.amountCents ?? 0
  const back = (paymentId: string, why: 'returned' | 'refund', percent?: number) =>
    server.db.transaction().execute(async (tx: CentralDb) => {
      const payment = await paymentRow(tx, paymentId)
      const left = payment ? leftToTakeBack(payment, why) : 0
      if (left <= 0) return
      const amountCents = percent === undefined ? left : Math.round((left * Math.min(percent, 100)) / 100)
      if (amountCents === 0) return
      const about = {
        paymentId,
        why,
        on: today,
        today,
        reference: '',
        source: 'card',
        byStaffId: null,
      } as const
      await takeBack(tx, { ...about, amountCents })
    })
  switch (one.what) {
    case 'pay': {
      const allocations = spread(invoices, one.shares, one.cents)
      await billing.ask(recordPaymentByHand, {
        body: { clientId: client, amountCents: one.cents, receivedOn: today, method: 'card', allocations },
      })
      return
    }
    case 'allocate': {
      const id = pick(payments, one.which)
      if (!id) return
      const allocations = spread(invoices, one.shares, await amountOf(id))
      await billing.ask(allocatePayment, { params: { id }, body: { allocations } })
      return
    }
    case 'refund': {
      const id = pick(payments, one.which)
      if (!id) return
      const amountCents = Math.max(1, Math.round(((await amountOf(id)) * one.share) / 100))
      await billing.ask(refundClient, {
        body: { from: { paymentId: id }, amountCents, sentOn: today, method: one.method },
      })
      return
    }
    case 'reverse': {
      const id = pick(payments, one.which)
      if (id) await billing.ask(reversePayment, { params: { id }, body: { reason: 'Erreur' } })
      return
    }
    case 'returned':
    case 'sent back': {
      const id = pick(payments, one.which)
      if (id)
        await back(
          id,
          one.what === 'returned' ? 'returned' : 'refund',
          'share' in one ? one.share : undefined,
        )
      return
    }
    case 'credit': {
      const id = pick(invoices, one.which)
      if (!id) return
      const body = { positions: one.positions }
      const reply = await billing.ask(draftCreditNote, { params: { id }, body })
      if (reply.status !== 201) return
      const draft = JSON.parse(reply.text) as { id: string; revision: number }
      await billing.ask(finaliseInvoice, { params: { id: draft.id }, body: { revision: draft.revision } })
      return
    }
    case 'give credit': {
      const id = pick(notes, one.which)
      if (id)
        await billing.ask(allocateCreditNote, {
          params: { id },
          body: { allocations: spread(invoices, one.shares, 3_000) },
        })
      return
    }
    case 'refund credit': {
      const id = pick(notes, one.which)
      if (id)
        await billing.ask(refundClient, {
          body: {
            from: { creditNoteId: id },
            amountCents: 1 + one.share * 20,
            sentOn: today,
            method: 'transfer',
          },
        })
    }
  }
}

/** @returns what the client owes, less what is theirs */
async function holds(client: string): Promise<number> {
  const { rows } = await sql<{
    number: string
    kind: string
    total: number
    paid: number
    money: number
    credits: number
    told: Record<string, number>
    incl: Record<string, number>
    lowest: number
    collected: number
  }>`
    select number, kind, total_incl_cents as total, paid_cents as paid,
      (select coalesce(sum(amount_cents), 0)::bigint from payment_allocations where invoice_id = invoices.id) as money,
      (select coalesce(sum(case when invoice_id = invoices.id then amount_cents else -amount_cents end), 0)::bigint from credit_allocations
        where invoices.id in (invoice_id, credit_note_id)) as credits,
      (select coalesce(jsonb_object_agg(points, cents), '{}') from (
        select (rate ->> 'basisPoints') as points, sum((rate ->> 'amountCents')::bigint) as cents
        from invoice_events, jsonb_array_elements(data -> 'rates') rate where invoice_id = invoices.id and code = 212 group by 1) told) as told,
      (select coalesce(jsonb_object_agg(part ->> 'basisPoints', (part ->> 'baseCents')::bigint + (part ->> 'vatCents')::bigint), '{}')
        from invoice_documents, jsonb_array_elements(content::jsonb -> 'vat') part where invoice_id = invoices.id) as incl,
      (select coalesce(min(so_far), 0)::bigint from (
        select sum((rate ->> 'amountCents')::bigint) over (partition by rate ->> 'basisPoints' order by invoice_events.id) as so_far
        from invoice_events, jsonb_array_elements(data -> 'rates') rate where invoice_id = invoices.id and code = 212) sums) as lowest,
      (select coalesce(sum(amount_cents), 0)::bigint from payment_allocations
        where invoice_id in (select id from invoices member where invoices.id in (member.id, member.original_id)))
      + (select coalesce(sum(case when invoice_id = invoices.id then amount_cents else -amount_cents end), 0)::bigint
        from credit_allocations join invoices note on note.id = credit_note_id
        where note.original_id <> invoice_id and invoices.id in (invoice_id, note.original_id)) as collected
    from invoices where client_id = ${client} and state = 'issued'`.execute(server.db)
  for (const { number, kind, total, paid, money, credits, told, incl, lowest, collected } of rows) {
    expect(paid, number).toBe(money + credits)
    if (kind === 'credit_note') {
      expect(paid, number).toBeGreaterThanOrEqual(total)
      expect(paid, number).toBeLessThanOrEqual(0)
      continue
    }
    expect(paid, number).toBeGreaterThanOrEqual(0)
    expect(paid, number).toBeLessThanOrEqual(total)
    expect(
      Object.values(told).reduce((sum, one) => sum + one, 0),
      number,
    ).toBe(Math.max(0, collected))
    for (const [points, cents] of Object.entries(told))
      expect(cents, number).toBeLessThanOrEqual(incl[points] ?? 0)
    expect(lowest, number).toBeGreaterThanOrEqual(0)
  }
  const { rows: payments } = await sql<{ amount: number; held: number }>`
    select sum(amount_cents)::bigint as amount, (select coalesce(sum(held.amount_cents), 0)::bigint from payment_allocations held
      join payments on payments.id = payment_id where client_id = ${client}) as held
    from payments where client_id = ${client}`.execute(server.db)
  const owed = rows
    .filter(({ kind }) => kind === 'invoice')
    .reduce((sum, { total, paid }) => sum + total - paid, 0)
  const notes = rows
    .filter(({ kind }) => kind === 'credit_note')
    .reduce((sum, { total, paid }) => sum + paid - total, 0)
  const credit = (payments[0]?.amount ?? 0) - (payments[0]?.held ?? 0) + notes
  const account = await billing.call(getClientAccount, { params: { clientId: client } })
  expect(account).toMatchObject({ owedCents: owed, creditCents: credit })
  return owed - credit
}

/** What the accounts say the client owes is what is owed less what is theirs. */
async function booked(client: string, cents: number): Promise<void> {
  const { rows: books } = await sql<{ cents: number }>`
    select coalesce(sum(debit_cents - credit_cents), 0)::bigint as cents
    from (${sql.raw(entryLines({ companyId, from: `${today.slice(0, 4)}-01-01`, until: today }))}) lines
    where account = '411000' and auxiliary = 'C' || upper(right(${client}::text, 12))`.execute(server.db)
  expect(books[0]?.cents).toBe(cents)
}

/** The entries of a client without what letters them, and without VAT that falls due when money is given to an invoice. */
const entriesOf = async (client: string) =>
  (
    await sql<Record<string, unknown>>`
      select journal, day, account, piece, about, debit_cents, credit_cents
      from (${sql.raw(entryLines({ companyId, from: `${today.slice(0, 4)}-01-01`, until: today }))}) lines
      where journal <> 'OD' and (piece in (select number from invoices where client_id = ${client}) or auxiliary = 'C' || upper(right(${client}::text, 12)))
      order by nth, journal, place`.execute(server.db)
  ).rows

const beginning: Act = { what: 'pay', cents: 5_000, shares: [70, 100] }

test('what is paid, owed, told and booked of a client agrees, whatever happens', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 3, maxLength: 9 }), async (acts) => {
      const client = await billableClient(server.db, 'Odile Ferrand')
      await issuedFor(billing, client, { lines })
      await issuedFor(billing, client, { lines: lines.slice(0, 2) })
      let owes = 0
      for (const one of [beginning, ...acts]) {
        const isMovedAlone = one.what === 'allocate' || one.what === 'give credit'
        const before = isMovedAlone ? await entriesOf(client) : []
        await doIt(client, one)
        owes = await holds(client)
        if (isMovedAlone) expect(await entriesOf(client)).toEqual(before)
      }
      await booked(client, owes)
    }),
    { numRuns: 16, endOnFailure: true },
  )
}, 240_000)
