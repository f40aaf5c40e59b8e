import { clientNeighbours, clientTotals, listClients } from '#contract/clients'
import { isLimited } from '#server/access'
import { cursorOf } from '#platform/server/cursors.ts'
import type { CentralDb } from '#platform/server/db.ts'
import { preparing } from '#platform/server/prepared.ts'
import { found, handle, RawJson, type Handler } from '#platform/server/requests.ts'
import type pg from 'pg'
import { within } from '../within.ts'
import { orderOf, placeAfter, sortOf } from './order.ts'
import { clientAfter, countedUpTo, placeOf, totalsByStatus } from './queries.ts'
import { readPage } from './reading-pages.ts'
import { wantedNow } from './wanted.ts'

export function listing({ db, pool }: { db: CentralDb; pool: pg.Pool }): Handler[] {
  const ask = preparing(db, pool)
  return [
    handle(listClients, async (ctx, { query: { sort: wished, after, limit, ...filter } }) => {
      const sort = sortOf(filter, wished)
      const from = placeAfter(after, sort)
      const wanted = await wantedNow(ctx, filter, within(ctx.actor, 'clients.read'))
      const { rows, total, monthlyCents, last } = await readPage(
        // What is searched for takes as many forms as words: only the other lists are few enough to be prepared. And a
        // plan for anybody's limits would suit nobody's.
        wanted.search || isLimited(wanted.mine)
          ? (question) => question.execute(ctx.db).then((answer) => answer.rows)
          : ask,
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

    handle(clientTotals, (ctx) => totalsByStatus(ctx.db, within(ctx.actor, 'clients.read'))),

    handle(clientNeighbours, async (ctx, { params: { id }, query: { sort, ...filter } }) => {
      const wanted = await wantedNow(ctx, filter, within(ctx.actor, 'clients.read'))
      const order = orderOf(sortOf(filter, sort))
      const from = found(await placeOf(ctx.db, id, { order, wanted }))
      const next = await clientAfter(ctx.db, { wanted, order, from })
      const previous = await clientAfter(ctx.db, { wanted, order, from, reversed: true })
      return { previous: previous ?? null, next: next ?? null }
    }),
  ]
}
