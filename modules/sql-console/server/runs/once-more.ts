import { targetNotReady } from '#contract/sql-console'
import { Refused } from '#platform/server/requests.ts'
import type { Parts, Ways } from '../parts.ts'

/**
 * A release changed the schema since this process was last there, and the first connection is told so instead of what it was
 * promised: nothing ran yet, and whoever asks again is promised what there is.
 */
export async function onceMore<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    const isUpdated =
      error instanceof Refused &&
      error.refusal === targetNotReady &&
      (error.details as { state?: string } | undefined)?.state === 'updating'
    if (!isUpdated) throw error
    return work()
  }
}

/** With the version of its schema as the database itself says it now. */
export const waysNow = (
  parts: Pick<Parts, 'doorsOf'>,
  ...[target, as]: Parameters<Parts['doorsOf']>
): Promise<Ways> =>
  onceMore(async () => {
    const ways = await parts.doorsOf(target, as)
    const client = await ways.beside()
    if (ways.back) ways.back(client)
    else await client.end().catch(() => {})
    return ways
  })
