import { useEffect, useEffectEvent, useState } from 'react'
import { listTickets } from '#contract/support'
import { usePages } from '#platform/ui/data.ts'
import { useGo } from '#platform/ui/link.tsx'
import { useUrlState } from '#platform/ui/url-state.ts'
import { ticketTo } from '../addresses.ts'
import { QueueState, usualQueue } from '../queue/queue-filters.ts'
import { wantsMore } from './wants-more.ts'

/** Who stands before and after in the queue one came from. Its next page is there before one has read the last ticket. */
export function useNeighbours(id: string) {
  const go = useGo()
  const [{ write, ...address }] = useUrlState(QueueState)
  const from = { ...address, queue: address.queue ?? usualQueue }
  const { rows, more } = usePages(listTickets, { query: from })
  const known = rows ?? []
  const at = known.findIndex((row) => row.id === id)
  // What was resolved leaves its queue: the next one has taken its place.
  const [last, setLast] = useState(-1)
  if (at !== -1 && at !== last) setLast(at)
  const load = useEffectEvent(() => more.load())
  const isWanted =
    more.has &&
    !more.loading &&
    wantsMore({ rows: known.length, at: at === -1 ? last : at, cameFromQueue: address.queue !== undefined })
  useEffect(() => {
    if (isWanted) load()
  }, [isWanted])
  const previous = known[(at === -1 ? last : at) - 1]
  const next = at === -1 ? known[Math.max(last, 0)] : known[at + 1]
  const visit = (to: { id: string } | undefined) => to && go(ticketTo(to.id, from))
  return {
    from,
    /** What one came to write. */
    write,
    previous: previous && (() => visit(previous)),
    next: next && (() => visit(next)),
  }
}
