import { z } from 'zod'
import { getSubscription, listSubscriptions, subscriptionStates } from '#contract/billing'
import { Day } from '#platform/contract/ids.ts'
import { dayOf } from '#platform/server/clock.ts'
import { cursorOf, readCursor } from '#platform/server/cursors.ts'
import { handle, type Handler } from '#platform/server/requests.ts'
import { countedByStatus, mrrOn, subscriptionsPage, subscriptionSums, type SortKey } from './queries.ts'
import { shownSubscription } from './showing.ts'

const keys = {
  client: z.string().max(300),
  nextPeriodOn: z.union([Day, z.literal('infinity')]),
  monthly: z.string().regex(/^\d{1,15}$/),
  startedOn: Day,
} as const satisfies Record<SortKey, z.ZodType<string>>

export const readingSubscriptions: readonly Handler[] = [
  handle(listSubscriptions, async (ctx, { query }) => {
    const { after, limit, sort, ...filter } = query
    const today = dayOf(ctx.clock.now())
    const lastMonthEnd = Temporal.PlainDate.from(today).with({ day: 1 }).subtract({ days: 1 }).toString()
    const key = sort.replace('-', '') as SortKey // the contract's sorts are these keys, with or without the sign
    const place = z.object({ sort: z.literal(sort), key: keys[key], id: z.uuid() })
    const [rows, { total, monthlyCents }, counted, [mrr = 0, before = 0]] = await Promise.all([
      subscriptionsPage(ctx.db, {
        filter,
        key,
        descending: sort.startsWith('-'),
        after: readCursor(place, after),
        limit: limit + 1,
      }),
      subscriptionSums(ctx.db, filter),
      countedByStatus(ctx.db),
      mrrOn(ctx.db, [today, lastMonthEnd]),
    ])
    const shown = rows.slice(0, limit)
    const last = rows.length > shown.length ? shown.at(-1) : undefined
    return {
      rows: shown.map(({ row }) => row),
      total,
      totalIsExact: true,
      next: last ? cursorOf({ sort, key: last.sortKey, id: last.row.id }) : null,
      sums: { monthlyCents },
      byStatus: subscriptionStates.map(
        (status) => counted.find((one) => one.status === status) ?? { status, count: 0, monthlyCents: 0 },
      ),
      mrr: { on: today, cents: mrr, before: { on: lastMonthEnd, cents: before } },
    }
  }),
  handle(getSubscription, (ctx, { params: { id } }) => shownSubscription(ctx, id)),
]
