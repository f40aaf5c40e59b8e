import { z } from 'zod'
import { getPrivacyRequest, listPrivacyRequests } from '#contract/privacy'
import { dayOf } from '#platform/server/clock.ts'
import { cursorOf, readCursor } from '#platform/server/cursors.ts'
import { found, handle, type Context } from '#platform/server/requests.ts'
import { requestById, requestsCounted, requestsPage } from './queries.ts'

const Cursor = z.strictObject({ key: z.int().min(0).max(2_000_000), id: z.uuid() })

export const listing = handle(listPrivacyRequests, async (ctx, { query: { after, limit, ...filter } }) => {
  const wanted = { ...filter, today: dayOf(ctx.clock.now()) }
  const [rows, counted] = await Promise.all([
    requestsPage(ctx.db, wanted, { after: readCursor(Cursor, after), limit: limit + 1 }),
    requestsCounted(ctx.db, wanted),
  ])
  const counts = { open: 0, extended: 0, due_soon: 0, late: 0, answered: 0, ...counted }
  const shown = rows.slice(0, limit)
  const last = rows.length > shown.length ? shown.at(-1) : undefined
  return {
    rows: shown.map(({ row }) => row),
    total: filter.state ? counts[filter.state] : Object.values(counts).reduce((sum, one) => sum + one, 0),
    totalIsExact: true,
    next: last ? cursorOf({ key: last.key, id: last.row.id }) : null,
    counts,
  }
})

export const reading = handle(getPrivacyRequest, async (ctx, { params: { id } }) => {
  const request = await wholeRequest(ctx, id)
  ctx.record({ object: 'privacy_request', id, after: { number: request.number } })
  return request
})

/** What every write answers with: the request as it stands now. */
export async function wholeRequest(ctx: Pick<Context, 'db' | 'clock'>, id: string) {
  return found(await requestById(ctx.db, id, dayOf(ctx.clock.now())))
}
