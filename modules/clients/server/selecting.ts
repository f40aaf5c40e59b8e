import { bulkLimit, tooManyClients, type ClientFilter, type ClientSelection } from '#contract/clients'
import { refuse, type Context } from '#platform/server/requests.ts'
import { wantedNow } from './listing/listing.ts'
import { lockClients, lockMatching } from './queries.ts'

/** The clients a bulk action is about, held until it ends. `narrow` says what the filter means for this action. */
export async function selected(
  ctx: Pick<Context, 'db' | 'clock'>,
  { ids, filter }: ClientSelection,
  narrow: Partial<ClientFilter> = {},
): Promise<string[]> {
  if (ids) {
    const unique = [...new Set(ids)]
    await lockClients(ctx.db, unique)
    return unique
  }
  const matching = await lockMatching(ctx.db, await wantedNow(ctx, { ...filter, ...narrow }))
  if (matching.length > bulkLimit) throw refuse(tooManyClients, { values: { limit: bulkLimit } })
  return matching
}
