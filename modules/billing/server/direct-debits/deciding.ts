import { readFile } from 'node:fs/promises'
import {
  bookDirectDebit,
  collectionDecided,
  directDebitEarly,
  directDebitSent,
  importReturns,
  markDirectDebitSent,
  returnCollection,
  returnFileUnreadable,
} from '#contract/billing'
import { dayOf } from '#platform/server/clock.ts'
import {
  found,
  handle,
  NotFound,
  refuse,
  WrongField,
  type Context,
  type Handler,
} from '#platform/server/requests.ts'
import { NoStatement } from '../bank/reading/statement.ts'
import type { ToWeigh } from '../payments/settling.ts'
import { weighDebts } from '../subscriptions/debts.ts'
import { within } from '../within.ts'
import { bookCollection, returnOne } from './booking.ts'
import { isPending, known } from './hearing.ts'
import { heldCollections } from './holding.ts'
import { readReturns, type ToldReturn } from './pain002.ts'
import { batchRow, batchSeen, collectionsShown, setSent } from './queries.ts'
import { collectionShown, directDebitById } from './showing.ts'

type Asking = Pick<Context, 'db' | 'actor'>

async function collectionById(ctx: Asking, id: string) {
  const rows = await collectionsShown(ctx.db, { mine: within(ctx.actor, 'invoices.read'), ids: [id] })
  return collectionShown(found(rows[0]))
}

/** A file is one: who may not see all that it collects decides nothing about it. */
async function batchMine({ db, actor }: Asking, id: string) {
  if (!(await batchSeen(db, id, within(actor, 'invoices.read')))) throw new NotFound()
  return found(await batchRow(db, id))
}

export const decidingHandlers: readonly Handler[] = [
  handle(markDirectDebitSent, async (ctx, { params: { id } }) => {
    const { sentAt } = await batchMine(ctx, id)
    if (sentAt) throw refuse(directDebitSent)
    await setSent(ctx.db, id, ctx.clock.now())
    ctx.record({ object: 'direct_debit', id, after: { sent: true } })
    return directDebitById(ctx, id)
  }),

  handle(bookDirectDebit, async (ctx, { params: { id } }) => {
    const { collectOn } = await batchMine(ctx, id)
    const today = dayOf(ctx.clock.now())
    if (collectOn > today) throw refuse(directDebitEarly)
    const pending = (await heldCollections(ctx.db, { batchIds: [id] })).filter(isPending)
    if (pending.length === 0) throw refuse(collectionDecided)
    const told = { today, byStaffId: ctx.actor.staffId, toWeigh: new Set<string>() }
    for (const one of pending) await bookCollection(ctx.db, one, { on: collectOn, ...told })
    await weighDebts(ctx.db, today, [...told.toWeigh])
    ctx.record({ object: 'direct_debit', id, count: pending.length, after: { collected: pending.length } })
    return directDebitById(ctx, id)
  }),

  handle(returnCollection, async (ctx, { params: { id }, body: { code, returnedOn } }) => {
    const today = dayOf(ctx.clock.now())
    if (returnedOn > today) throw new WrongField('body', 'returnedOn', 'day_in_future')
    await collectionById(ctx, id)
    const collection = found((await heldCollections(ctx.db, { ids: [id] }))[0])
    if (collection.state === 'returned') throw refuse(collectionDecided)
    await returnOne(ctx.db, collection, { code, on: returnedOn, today, byStaffId: ctx.actor.staffId })
    ctx.record({
      object: 'sepa_collection',
      id,
      before: { state: collection.state },
      after: { state: 'returned', code, returnedOn },
    })
    return collectionById(ctx, id)
  }),

  handle(
    importReturns,
    async (_ctx, { file }): Promise<ToldReturn[]> => {
      try {
        return readReturns(await readFile(file.path))
      } catch (error) {
        throw error instanceof NoStatement ? refuse(returnFileUnreadable) : error
      }
    },
    async (ctx, { query: { name } }, told) => {
      const today = dayOf(ctx.clock.now())
      const mine = within(ctx.actor, 'invoices.read')
      const all = await heldCollections(ctx.db, { endToEndIds: told.map((one) => one.endToEndId) })
      const seen = await collectionsShown(ctx.db, { mine, ids: all.map((row) => row.id) })
      const rows = all.filter((row) => seen.some((one) => one.id === row.id))
      const ours = new Set(rows.map((row) => row.endToEndId))
      const returned: string[] = []
      const toWeigh: ToWeigh = new Set()
      for (const row of rows) {
        const one = told.find((other) => other.endToEndId === row.endToEndId)
        if (!one || row.state === 'returned') continue
        const on = one.on && one.on <= today ? one.on : today
        const byStaffId = ctx.actor.staffId
        await returnOne(ctx.db, row, { code: known(one.code), on, today, byStaffId, toWeigh })
        returned.push(row.id)
      }
      await weighDebts(ctx.db, today, [...toWeigh])
      const unknown = told.map((one) => one.endToEndId).filter((id) => !ours.has(id))
      ctx.record({ object: 'direct_debit', count: returned.length, after: { name, ids: returned } })
      return {
        returned: (await collectionsShown(ctx.db, { mine, ids: returned })).map(collectionShown),
        known: rows.length - returned.length,
        unknown: unknown.slice(0, 100),
      }
    },
  ),
]
