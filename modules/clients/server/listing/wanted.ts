import type { ClientFilter } from '#contract/clients'
import type { Within } from '#server/access'
import { dayOf } from '#platform/server/clock.ts'
import type { Context } from '#platform/server/requests.ts'
import { understand } from '../searching/understanding.ts'
import type { Search } from '../searching/words.ts'

/**
 * A filter ready to be asked: its words understood, who asks and within what, and the day it is in Paris, for those few
 * filters that ask for it.
 */
export type Wanted = {
  filter: ClientFilter
  search: Search | undefined
  mine: Within
  /** The staff member whose clients `me` means. */
  asker: string
  today: () => string
}

/** A filter as a question of now. */
export async function wantedNow(
  ctx: Pick<Context, 'db' | 'clock' | 'actor'>,
  filter: ClientFilter,
  mine: Within,
): Promise<Wanted> {
  const search = await understand(ctx.db, filter.q, mine)
  return { filter, search, mine, asker: ctx.actor.staffId, today: () => dayOf(ctx.clock.now()) }
}
