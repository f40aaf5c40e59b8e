import { z } from 'zod'
import { getQuote, listQuotes } from '#contract/billing'
import { dayOf } from '#platform/server/clock.ts'
import { cursorOf, readCursor } from '#platform/server/cursors.ts'
import { handle, type Handler } from '#platform/server/requests.ts'
import { within } from '../within.ts'
import { quotesPage, sumsOfQuotes } from './queries.ts'
import { shownQuote, summaryOf } from './showing.ts'

const Place = z.object({ at: z.string().regex(/^\d{4}-\d\d-\d\d [\d:.]+[+-][\d:]+$/), id: z.uuid() })

export const listing: readonly Handler[] = [
  handle(listQuotes, async (ctx, { query: { after, limit, ...filter } }) => {
    const today = dayOf(ctx.clock.now())
    const wanted = { filter, mine: within(ctx.actor, 'invoices.read'), today }
    const [rows, { total, ...sums }] = await Promise.all([
      quotesPage(ctx.db, { ...wanted, after: readCursor(Place, after), limit: limit + 1 }),
      sumsOfQuotes(ctx.db, wanted),
    ])
    const shown = rows.slice(0, limit)
    const last = rows.length > shown.length ? shown.at(-1) : undefined
    return {
      rows: shown.map((row) => summaryOf(row, today)),
      total,
      totalIsExact: true,
      ...sums,
      next: last ? cursorOf({ at: last.place, id: last.id }) : null,
    }
  }),

  handle(getQuote, (ctx, { params }) => shownQuote(ctx, params.id)),
]
