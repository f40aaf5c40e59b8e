import { z } from 'zod'
import { listUnpaid, unpaidAges } from '#contract/billing'
import { dayOf } from '#platform/server/clock.ts'
import { cursorOf, readCursor } from '#platform/server/cursors.ts'
import { handle } from '#platform/server/requests.ts'
import { within } from '../within.ts'
import { countMatching, keyOf, latePage, sumsByAge, type LateSort } from './late-queries.ts'
import { planOn } from './plans.ts'
import { shownLate } from './showing.ts'

export const unpaidBoard = handle(listUnpaid, async ({ db, clock, actor }, { query }) => {
  const { after, limit, sort, ...filter } = query
  const today = dayOf(clock.now())
  const about = { today, plan: await planOn(db, today), mine: within(actor, 'invoices.read') }
  const descending = sort.startsWith('-')
  const key = sort.replace('-', '') as LateSort // the contract's sorts are these keys, with or without the sign
  const place = z.object({ sort: z.literal(sort), key: z.int(), id: z.uuid() })
  const [rows, { count, cents }, sums] = await Promise.all([
    latePage(db, about, {
      filter,
      sort: key,
      descending,
      after: readCursor(place, after),
      limit: limit + 1,
    }),
    countMatching(db, about, filter),
    sumsByAge(db, about),
  ])
  const shown = rows.slice(0, limit)
  const last = rows.length > shown.length ? shown.at(-1) : undefined
  return {
    today,
    rows: shown.map((row) => shownLate(row, today)),
    total: count,
    totalIsExact: true,
    next: last ? cursorOf({ sort, key: keyOf(key, last), id: last.id }) : null,
    outstandingCents: cents,
    ages: unpaidAges.map((age) => {
      const { count: many, cents: owed, clients } = sums.find((one) => one.age === age) ?? none
      return { age, count: many, cents: owed, clients }
    }),
    ready: {
      count: sums.reduce((sum, { readyCount }) => sum + readyCount, 0),
      cents: sums.reduce((sum, { readyCents }) => sum + readyCents, 0),
    },
  }
})

const none = { count: 0, cents: 0, clients: 0 }
