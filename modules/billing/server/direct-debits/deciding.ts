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
import { found, handle, refuse, WrongField, type Context, type Handler } from '#platform/server/requests.ts'
import { NoStatement } from '../bank/reading/statement.ts'
import { within } from '../within.ts'
import { bookCollection, returnOne } from './booking.ts'
import { isPending, known } from './hearing.ts'
import { readReturns, type ToldReturn } from './pain002.ts'
import { batchRow, collectionRows, collectionsShown, setSent } from './queries.ts'
import { collectionShown, directDebitById } from './showing.ts'

async function collectionById(ctx: Pick<Context, 'db' | 'actor'>, id: string) {
  const rows = await collectionsShown(ctx.db, { mine: within(ctx.actor, 'invoices.read'), id })
  return collectionShown(found(rows[0]))
}

export const decidingHandlers: readonly Handler[] = [
  handle(markDirectDebitSent, async (ctx, { params: { id } }) => {
    const { sentAt } = found(await batchRow(ctx.db, id))
    if (sentAt) throw refuse(directDebitSent)
    await setSent(ctx.db, id, ctx.clock.now())
    ctx.record({ object: 'direct_debit', id, after: { sent: true } })
    return directDebitById(ctx.db, id)
  }),

  handle(bookDirectDebit, async (ctx, { params: { id } }) => {
    const { collectOn } = found(await batchRow(ctx.db, id))
    const today = dayOf(ctx.clock.now())
    if (collectOn > today) throw refuse(directDebitEarly)
    const pending = (await collectionRows(ctx.db, { batchId: id })).filter(isPending)
    if (pending.length === 0) throw refuse(collectionDecided)
    for (const one of pending)
      await bookCollection(ctx.db, one, { on: collectOn, today, byStaffId: ctx.actor.staffId })
    ctx.record({ object: 'direct_debit', id, count: pending.length, after: { collected: pending.length } })
    return directDebitById(ctx.db, id)
  }),

  handle(returnCollection, async (ctx, { params: { id }, body: { code, returnedOn } }) => {
    const today = dayOf(ctx.clock.now())
    if (returnedOn > today) throw new WrongField('body', 'returnedOn', 'day_in_future')
    const collection = found((await collectionRows(ctx.db, { id }))[0])
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
      const rows = await collectionRows(ctx.db, { endToEndIds: told.map((one) => one.endToEndId) })
      const ours = new Set(rows.map((row) => row.endToEndId))
      const returned: string[] = []
      for (const row of rows) {
        const one = told.find((other) => other.endToEndId === row.endToEndId)
        if (!one || row.state === 'returned') continue
        const on = one.on && one.on <= today ? one.on : today
        await returnOne(ctx.db, row, { code: known(one.code), on, today, byStaffId: ctx.actor.staffId })
        returned.push(row.id)
      }
      const unknown = told.map((one) => one.endToEndId).filter((id) => !ours.has(id))
      ctx.record({ object: 'direct_debit', count: returned.length, after: { name, ids: returned } })
      return {
        returned: await Promise.all(returned.map((id) => collectionById(ctx, id))),
        known: rows.length - returned.length,
        unknown: unknown.slice(0, 100),
      }
    },
  ),
]
