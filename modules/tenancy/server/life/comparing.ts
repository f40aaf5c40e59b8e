import { compareSpare } from '#contract/tenancy'
import type { TenantDatabases } from '#platform/server/tenant-db.ts'
import { found, handle, type Handler } from '#platform/server/requests.ts'
import { spareByName } from './queries.ts'
import { rowCounts } from './row-counts.ts'

/**
 * What a switch would change, table by table: the living database counted now, the one beside it as it was when it was put
 * there, for nobody has written in it since. Numbers of rows, never what they say.
 */
export const comparing = (on: { databases: Pick<TenantDatabases, 'within'> }): Handler =>
  handle(compareSpare, async (ctx, { params: { id, databaseName } }) => {
    const spare = found(await spareByName(ctx.db, id, databaseName))
    const beside = spare.rowsByTable as Record<string, number> // as `insertSpare` wrote it
    const living = await on.databases.within(id, 'owner', rowCounts, { readOnly: true })
    const tables = new Set([...Object.keys(living), ...Object.keys(beside)])
    return {
      comparedAt: ctx.clock.now().toISOString(),
      tables: [...tables]
        .toSorted()
        .map((table) => ({ table, living: living[table] ?? null, spare: beside[table] ?? null })),
    }
  })
