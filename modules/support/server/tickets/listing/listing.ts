import { listTickets } from '#contract/support'
import { cursorOf } from '#platform/server/cursors.ts'
import type { CentralDb } from '#platform/server/db.ts'
import { preparing } from '#platform/server/prepared.ts'
import { handle, RawJson, type Handler } from '#platform/server/requests.ts'
import type { RawBuilder } from 'kysely'
import type pg from 'pg'
import { orderOf, placeAfter } from './order.ts'
import { countedUpTo, partOfPage, type PagePart, type PageRequest, type Stretch } from './queries.ts'

type Ask = (question: RawBuilder<PagePart>) => Promise<readonly PagePart[]>

export function listing({ db, pool }: { db: CentralDb; pool: pg.Pool }): Handler {
  const prepared = preparing(db, pool)
  return handle(listTickets, async (ctx, { query: { sort, after, limit, ...filter } }) => {
    const wanted = { filter, asker: ctx.actor.staffId, now: ctx.clock.now() }
    const request = { wanted, order: orderOf(sort), from: placeAfter(after, sort), limit }
    // What is searched for is seldom the same twice, and planned for its words.
    const ask: Ask = filter.q
      ? (question) => question.execute(ctx.db).then((answer) => answer.rows)
      : prepared
    const { rows, total, last } = await readPage(ask, request)
    const next = last && cursorOf({ sort, ...last })
    return new RawJson(
      `{"rows":[${rows.join(',')}],"total":${total ?? countedUpTo},"totalIsExact":${total !== null},"next":${JSON.stringify(next)}}`,
    )
  })
}

/** Out of one stretch, which nearly every page is, or out of two. */
async function readPage(ask: Ask, request: PageRequest) {
  const rows: string[] = []
  let total: number | null = null
  let last: { key: string | null; id: string } | null = null
  let take = request.limit
  for (const [at, stretch] of stretchesOf(request).entries()) {
    const [part] = await ask(partOfPage(request, stretch, { take, counted: at === 0 }))
    if (!part) throw new Error('an aggregate without groups has one row')
    if (at === 0) ({ total } = part)
    if (part.rows !== null) rows.push(part.rows)
    if (part.id !== null) last = { key: part.key, id: part.id }
    if (part.got > take) return { rows, total, last }
    take -= part.got
  }
  return { rows, total, last: null }
}

/** What lies before the page's beginning is left out. */
function stretchesOf({ wanted, order, from }: PageRequest): readonly Stretch[] {
  if (wanted.filter.q) return ['whole']
  if (!order.nullable) return ['present']
  return from?.key === null ? ['missing'] : ['present', 'missing']
}
