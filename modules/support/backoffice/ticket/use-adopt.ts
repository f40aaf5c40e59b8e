import { useQueryClient } from '@tanstack/react-query'
import { getTicket, type Ticket } from '#contract/support'
import type { OutputOf } from '#platform/contract/endpoint.ts'
import { keyOf } from '#platform/ui/data.ts'

export type ShownTicket = OutputOf<typeof getTicket>

/** A ticket that an act answered with is shown at once; its events come with the news. */
export function useAdopt(id: string): (ticket: Ticket) => void {
  const queries = useQueryClient()
  return (ticket) =>
    void queries.setQueryData<ShownTicket>(
      keyOf(getTicket, { params: { id } }),
      (before) => before && { ...before, ...ticket },
    )
}
