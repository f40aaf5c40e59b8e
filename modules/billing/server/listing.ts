import { z } from 'zod'
import { listInvoices, type InvoiceSummary } from '#contract/billing'
import { Day, line } from '#platform/contract/ids.ts'
import { dayOf } from '#platform/server/clock.ts'
import { cursorOf, readCursor } from '#platform/server/cursors.ts'
import { handle } from '#platform/server/requests.ts'
import { countedUpTo, invoicesPage, sumsOf, type SortKey } from './queries.ts'
import { standingOf } from './standing.ts'
import { within } from './within.ts'

const dayOrNone = z.union([Day, z.literal('infinity')])
const keys = {
  issuedOn: dayOrNone,
  dueOn: dayOrNone,
  number: line(50),
  total: z.string().regex(/^-?\d{1,15}$/),
} as const satisfies Record<SortKey, z.ZodType<string>>

/** The sort is part of the place: in another order the page would skip rows and repeat others. */
const placeIn = (sort: string, key: SortKey) =>
  z.object({ sort: z.literal(sort), key: keys[key], number: line(50), id: z.uuid() })

type Row = Omit<Awaited<ReturnType<typeof invoicesPage>>[number], 'sortKey'>

export function summaryOf(row: Row, today: string): InvoiceSummary {
  return {
    id: row.id,
    kind: row.kind as InvoiceSummary['kind'], // the column's CHECK holds the same two
    number: row.number,
    issuedOn: row.issuedOn,
    dueOn: row.dueOn,
    client: { id: row.clientId, firstName: row.firstName, lastName: row.lastName, email: row.email },
    exclCents: row.totalExclCents,
    vatCents: row.totalVatCents,
    inclCents: row.totalInclCents,
    paidCents: row.paidCents,
    ...standingOf(row, today),
  }
}

export const listing = handle(listInvoices, async (ctx, { query }) => {
  const { after, limit, sort, ...filter } = query
  const today = dayOf(ctx.clock.now())
  const mine = within(ctx.actor, 'invoices.read')
  const descending = sort.startsWith('-')
  const key = sort.replace('-', '') as SortKey // the contract's sorts are these keys, with or without the sign
  const [rows, { total, ...sums }] = await Promise.all([
    invoicesPage(ctx.db, {
      filter,
      mine,
      today,
      key,
      descending,
      after: readCursor(placeIn(sort, key), after),
      limit: limit + 1,
    }),
    sumsOf(ctx.db, filter, { mine, today }),
  ])
  const shown = rows.slice(0, limit)
  const last = rows.length > shown.length ? shown.at(-1) : undefined
  const totalIsExact = total <= countedUpTo
  return {
    rows: shown.map((row) => summaryOf(row, today)),
    total: Math.min(total, countedUpTo),
    totalIsExact,
    sums: totalIsExact ? sums : null,
    next: last ? cursorOf({ sort, key: last.sortKey, number: last.number ?? '~', id: last.id }) : null,
  }
})
