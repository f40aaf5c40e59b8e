import { useState } from 'react'
import { listTickets } from '#contract/support'
import { usePages } from '#platform/ui/data.ts'
import { useGo } from '#platform/ui/link.tsx'
import { useUrlState } from '#platform/ui/url-state.ts'
import { ticketTo } from '../addresses.ts'
import { QueueState, usualQueue } from '../queue/queue-filters.ts'

/** Who stands before and after in the queue one came from: its first page, which is there already. */
export function useNeighbours(id: string) {
  const go = useGo()
  const [address] = useUrlState(QueueState)
  const from = { ...address, queue: address.queue ?? usualQueue }
  const { rows = [] } = usePages(listTickets, { query: from })
  const at = rows.findIndex((row) => row.id === id)
  // What was resolved leaves its queue: the next one has taken its place.
  const [last, setLast] = useState(-1)
  if (at !== -1 && at !== last) setLast(at)
  const previous = rows[(at === -1 ? last : at) - 1]
  const next = at === -1 ? rows[Math.max(last, 0)] : rows[at + 1]
  const visit = (to: { id: string } | undefined) => to && go(ticketTo(to.id, from))
  return {
    from,
    previous: previous && (() => visit(previous)),
    next: next && (() => visit(next)),
  }
}
