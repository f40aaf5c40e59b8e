import { bulkLimit, tooManyClients, type ClientFilter, type ClientSelection } from '#contract/clients'
import type { Within } from '#server/access'
import { refuse, type Context } from '#platform/server/requests.ts'
import { wantedNow } from './listing/wanted.ts'
import { lockClients, lockMatching, type Held } from './queries.ts'

/**
 * The clients a bulk action is about, held until it ends; one outside is passed over like one that does not exist.
 * @param narrow what the filter means for this action
 */
export async function selected(
  ctx: Pick<Context, 'db' | 'clock' | 'actor'>,
  { ids, filter }: ClientSelection,
  mine: Within,
  narrow: Partial<ClientFilter> = {},
): Promise<{ held: Held; asked: number }> {
  if (ids) {
    const unique = [...new Set(ids)]
    return { held: await lockClients(ctx.db, unique, mine), asked: unique.length }
  }
  const held = await lockMatching(ctx.db, await wantedNow(ctx, { ...filter, ...narrow }, mine))
  if (held.length > bulkLimit) throw refuse(tooManyClients, { values: { limit: bulkLimit } })
  return { held, asked: held.length }
}
