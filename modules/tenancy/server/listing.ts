import { z } from 'zod'
import { countTenants, listTenants } from '#contract/tenancy'
import { line } from '#platform/contract/ids.ts'
import { cursorOf, readCursor } from '#platform/server/cursors.ts'
import { handle, type Handler } from '#platform/server/requests.ts'
import type { Versions } from './alerts.ts'
import { countedUpTo, tenantsCounted, tenantsMatching, tenantsPage } from './queries.ts'

const Place = z.strictObject({ name: line(400), id: z.uuid() })

export const listing = ({ versions }: { versions: Versions }): Handler[] => [
  handle(listTenants, async (ctx, { query: { after, limit, ...filter } }) => {
    const asked = { versions, now: ctx.clock.now() }
    const [rows, total] = await Promise.all([
      tenantsPage(ctx.db, filter, asked, { after: readCursor(Place, after), limit: limit + 1 }),
      tenantsMatching(ctx.db, filter, asked),
    ])
    const shown = rows.slice(0, limit)
    const last = rows.length > shown.length ? shown.at(-1) : undefined
    return {
      rows: shown.map(({ row }) => row),
      total: Math.min(total, countedUpTo),
      totalIsExact: total <= countedUpTo,
      next: last ? cursorOf({ name: last.key, id: last.row.id }) : null,
    }
  }),
  handle(countTenants, async (ctx) => ({
    ...(await tenantsCounted(ctx.db, { versions, now: ctx.clock.now() })),
    currentVersion: versions.current,
  })),
]
