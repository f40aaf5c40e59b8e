import { listSupportAccesses } from '#contract/cabinet'
import { handleInTenant, type TenantHandler } from '#platform/server/requests.ts'
import { accessRows } from './access-queries.ts'

const shown = 200

/** Who of the vendor's team came in: written by the vendor, read by the practice. */
export const accesses: TenantHandler = handleInTenant(listSupportAccesses, async ({ db }) => ({
  rows: (await accessRows(db, shown)).map(({ startedAt, endedAt, ...row }) => ({
    ...row,
    startedAt: startedAt.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
  })),
}))
