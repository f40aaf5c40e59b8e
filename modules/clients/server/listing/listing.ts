import { clientNeighbours, clientTotals, listClients, type ClientFilter } from '#contract/clients'
import { dayOf } from '#platform/server/clock.ts'
import { cursorOf } from '#platform/server/cursors.ts'
import type { CentralDb } from '#platform/server/db.ts'
import { preparing } from '#platform/server/prepared.ts'
import { found, handle, RawJson, type Context, type Handler } from '#platform/server/requests.ts'
import type pg from 'pg'
import { understand } from '../searching/understanding.ts'
import type { Wanted } from './filter-sql.ts'
import { orderOf, placeAfter, sortOf } from './order.ts'
import { clientPage, clientsFrom, countedUpTo, placeOf, totalsByStatus } from './queries.ts'

/** A filter as a question of now. */
export async function wantedNow(ctx: Pick<Context, 'db' | 'clock'>, filter: ClientFilter): Promise<Wanted> {
  return { filter, search: await understand(ctx.db, filter.q), today: () => dayOf(ctx.clock.now()) }
}

export function listing({ db, pool }: { db: CentralDb; pool: pg.Pool }): Handler[] {
  const ask = preparing(db, pool)
  return [
    handle(listClients, async (ctx, { query: { sort: wished, after, limit, ...filter } }) => {
      const sort = sortOf(filter, wished)
      const from = placeAfter(after, sort)
      const wanted = await wantedNow(ctx, filter)
      const question = clientPage({ wanted, order: orderOf(sort), from, limit })
      // What is searched for takes as many forms as words: only the other lists are few enough to be prepared.
      const [page] = wanted.search ? (await question.execute(ctx.db)).rows : await ask(question)
      const { rows, more, key, id, rank, total } = page! // an aggregate without groups has one row
      const next = more ? cursorOf({ sort, key, id, ...(sort === 'relevance' ? { rank } : {}) }) : null
      return new RawJson(
        `{"rows":${rows},"total":${total ?? countedUpTo},"totalIsExact":${total !== null},"next":${JSON.stringify(next)}}`,
      )
    }),

    handle(clientTotals, (ctx) => totalsByStatus(ctx.db)),

    handle(clientNeighbours, async (ctx, { params: { id }, query: { sort, ...filter } }) => {
      const wanted = await wantedNow(ctx, filter)
      const order = orderOf(sortOf(filter, sort))
      const from = found(await placeOf(ctx.db, id, { order, wanted }))
      const request = { wanted, order, from, limit: 1 }
      const [next] = await clientsFrom(ctx.db, request)
      const [previous] = await clientsFrom(ctx.db, { ...request, reversed: true })
      return { previous: previous ?? null, next: next ?? null }
    }),
  ]
}
