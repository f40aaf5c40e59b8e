/** What a line of the statement is: somebody's payment, or none. */
import {
  bankTransactionDecided,
  bankTransactionOfDebit,
  bankTransactionOpen,
  listBankTransactions,
  matchBankTransaction,
  matchSureBankTransactions,
  reopenBankTransaction,
  setAsideBankTransaction,
  type Allocation,
  type BankTransaction,
} from '#contract/billing'
import { z } from 'zod'
import { Day } from '#platform/contract/ids.ts'
import { dayOf } from '#platform/server/clock.ts'
import { cursorOf, readCursor } from '#platform/server/cursors.ts'
import {
  found,
  handle,
  Refused,
  refuse,
  WrongField,
  type Context,
  type Handler,
} from '#platform/server/requests.ts'
import { openDay } from '../payments/open-day.ts'
import { clientSeen } from '../payments/listing-queries.ts'
import { lockMoneyOf } from '../payments/lock.ts'
import { paymentRow } from '../payments/queries.ts'
import { recordPayment } from '../payments/recording.ts'
import type { ToWeigh } from '../payments/settling.ts'
import { leftToTakeBack, takeBack } from '../payments/taking-back.ts'
import { weighDebts } from '../subscriptions/debts.ts'
import { within } from '../within.ts'
import {
  decideTransaction,
  transactionCounts,
  transactionRow,
  transactionRows,
  transactionsPage,
  type TransactionRow,
} from './queries.ts'
import { suggestionsOf } from './suggesting.ts'

const mine = (ctx: Pick<Context, 'actor'>) => within(ctx.actor, 'invoices.read')
const Place = z.object({ key: Day, id: z.uuid() })

type Row = Awaited<ReturnType<typeof transactionsPage>>[number]

type FoundOut = Pick<BankTransaction, 'suggestions' | 'twin' | 'namesPaid'>
const nothing: FoundOut = { suggestions: [], twin: null, namesPaid: [] }

const shownOf = (row: Row, { suggestions, twin, namesPaid }: FoundOut): BankTransaction => ({
  id: row.id,
  bookedOn: row.bookedOn,
  amountCents: row.amountCents,
  label: row.label,
  reference: row.reference,
  counterparty: row.counterparty,
  counterpartyEnding: row.counterpartyEnding,
  state: row.state as BankTransaction['state'], // the column's CHECK holds the same three
  why: row.why,
  payment:
    row.paymentId && row.clientId
      ? {
          id: row.paymentId,
          client: {
            id: row.clientId,
            firstName: row.firstName ?? '',
            lastName: row.lastName ?? '',
            email: row.email ?? '',
          },
        }
      : null,
  decidedAt: row.decidedAt?.toISOString() ?? null,
  decidedBy: row.decidedBy,
  statement: { id: row.importId, name: row.importName, accountEndings: row.accountEndings },
  namesPaid,
  twin,
  suggestions,
})

/** The payment it is of, received on the day the bank booked it; the client's money is held. */
async function match(
  ctx: Pick<Context, 'db' | 'clock' | 'actor'>,
  row: TransactionRow,
  paid: { clientId: string; allocations: readonly Allocation[]; toWeigh?: ToWeigh },
): Promise<string> {
  const paymentId = await recordPayment(ctx.db, {
    ...paid,
    amountCents: row.amountCents,
    receivedOn: await openDay(ctx.db, row.bookedOn, dayOf(ctx.clock.now())),
    method: 'transfer',
    reference: (row.reference || row.label).slice(0, 140),
    source: 'bank',
    byStaffId: ctx.actor.staffId,
    today: dayOf(ctx.clock.now()),
  })
  await decideTransaction(ctx.db, row.id, {
    state: 'matched',
    paymentId,
    decidedBy: ctx.actor.staffId,
    decidedAt: ctx.clock.now(),
  })
  return paymentId
}

export const decidingHandlers: readonly Handler[] = [
  handle(listBankTransactions, async (ctx, { query: { after, limit, state, import: of, q } }) => {
    const [rows, counts] = await Promise.all([
      transactionsPage(ctx.db, {
        state,
        import: of,
        q,
        mine: mine(ctx),
        after: readCursor(Place, after),
        limit: limit + 1,
      }),
      transactionCounts(ctx.db, mine(ctx)),
    ])
    const shown = rows.slice(0, limit)
    const waiting = shown.filter((row) => row.state === 'to_match')
    const suggested = await suggestionsOf(ctx.db, waiting, mine(ctx))
    const last = rows.length > shown.length ? shown.at(-1) : undefined
    return {
      rows: shown.map((row) => shownOf(row, suggested.get(row.id) ?? nothing)),
      total: counts[state],
      totalIsExact: of === undefined && !q,
      counts,
      next: last ? cursorOf({ key: last.bookedOn, id: last.id }) : null,
    }
  }),

  handle(matchBankTransaction, async (ctx, { params: { id }, body }) => {
    const row = found(await transactionRow(ctx.db, id, mine(ctx)))
    if (row.state !== 'to_match' || row.amountCents < 0) throw refuse(bankTransactionDecided)
    if (!(await clientSeen(ctx.db, body.clientId, mine(ctx))))
      throw new WrongField('body', 'clientId', 'client_unknown')
    await lockMoneyOf(ctx.db, body.clientId)
    const paymentId = await match(ctx, row, body)
    ctx.record({ object: 'bank_transaction', id, after: { ...body, paymentId } })
    return { paymentId }
  }),

  handle(matchSureBankTransactions, async (ctx, { body: { ids } }) => {
    const rows = await transactionRows(ctx.db, ids)
    const decided = new Set(rows.filter(({ state }) => state !== 'to_match').map(({ id }) => id))
    const waiting = rows.filter(({ id }) => !decided.has(id))
    const suggested = await suggestionsOf(ctx.db, waiting, mine(ctx))
    const sure = waiting.flatMap((row) => {
      const best = suggested.get(row.id)?.suggestions[0]
      return best?.sure ? [{ row, best }] : []
    })
    await lockMoneyOf(ctx.db, ...sure.map(({ best }) => best.client.id))
    const matched: string[] = []
    const toWeigh: ToWeigh = new Set()
    for (const { row, best } of sure)
      try {
        const allocations = best.allocations.map(({ invoiceId, amountCents }) => ({ invoiceId, amountCents }))
        await match(ctx, row, { clientId: best.client.id, allocations, toWeigh })
        matched.push(row.id)
      } catch (error) {
        // Paid meanwhile, say: checked before anything was written, and left for a person.
        if (!(error instanceof Refused)) throw error
      }
    await weighDebts(ctx.db, dayOf(ctx.clock.now()), [...toWeigh])
    ctx.record({ object: 'bank_transaction', count: matched.length, after: { ids: matched } })
    const left = [...new Set(ids)].filter((id) => !matched.includes(id))
    return {
      matched,
      left: left.map((id) => ({ id, why: decided.has(id) ? ('decided' as const) : ('not_sure' as const) })),
    }
  }),

  handle(setAsideBankTransaction, async (ctx, { params: { id }, body: { why } }) => {
    const row = found(await transactionRow(ctx.db, id, mine(ctx)))
    if (row.state !== 'to_match') throw refuse(bankTransactionDecided)
    await decideTransaction(ctx.db, id, {
      state: 'set_aside',
      why,
      decidedBy: ctx.actor.staffId,
      decidedAt: ctx.clock.now(),
    })
    ctx.record({ object: 'bank_transaction', id, after: { state: 'set_aside' }, reason: why })
    return null
  }),

  handle(reopenBankTransaction, async (ctx, { params: { id } }) => {
    const row = found(await transactionRow(ctx.db, id, mine(ctx)))
    if (row.state === 'to_match') throw refuse(bankTransactionOpen)
    if (row.state === 'matched' && (row.why === 'direct_debit' || row.why === 'return'))
      throw refuse(bankTransactionOfDebit)
    const payment = row.paymentId && row.amountCents > 0 ? await paymentRow(ctx.db, row.paymentId) : undefined
    // Who took it back by hand already has said enough; money sent to the client meanwhile is another thing.
    if (payment && leftToTakeBack(payment, 'mistake') > 0)
      await takeBack(ctx.db, {
        paymentId: payment.id,
        why: 'mistake',
        on: dayOf(ctx.clock.now()),
        today: dayOf(ctx.clock.now()),
        reference: row.reference,
        source: 'bank',
        byStaffId: ctx.actor.staffId,
      })
    await decideTransaction(ctx.db, id, { state: 'to_match', decidedBy: null, decidedAt: null })
    ctx.record({
      object: 'bank_transaction',
      id,
      before: { state: row.state, paymentId: row.paymentId },
      after: { state: 'to_match' },
    })
    return null
  }),
]
