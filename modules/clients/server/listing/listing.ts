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
import { clientAfter, countedUpTo, placeOf, totalsByStatus } from './queries.ts'
import { readPage } from './reading-pages.ts'

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
      const { rows, total, monthlyCents, last } = await readPage(
        // What is searched for takes as many forms as words: only the other lists are few enough to be prepared.
        wanted.search ? (question) => question.execute(ctx.db).then((answer) => answer.rows) : ask,
        { wanted, order: orderOf(sort), from, limit },
      )
      const next =
        last &&
        cursorOf({ sort, key: last.key, id: last.id, ...(sort === 'relevance' ? { rank: last.rank } : {}) })
      const sums = monthlyCents === null ? 'null' : `{"monthlyCents":${monthlyCents}}`
      return new RawJson(
        `{"rows":${rows},"total":${total ?? countedUpTo},"totalIsExact":${total !== null},"sums":${sums},"next":${JSON.stringify(next)}}`,
      )
    }),

    handle(clientTotals, (ctx) => totalsByStatus(ctx.db)),

    handle(clientNeighbours, async (ctx, { params: { id }, query: { sort, ...filter } }) => {
      const wanted = await wantedNow(ctx, filter)
      const order = orderOf(sortOf(filter, sort))
      const from = found(await placeOf(ctx.db, id, { order, wanted }))
      const next = await clientAfter(ctx.db, { wanted, order, from })
      const previous = await clientAfter(ctx.db, { wanted, order, from, reversed: true })
      return { previous: previous ?? null, next: next ?? null }
    }),
  ]
}
