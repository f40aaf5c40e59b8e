import { useQuery } from '@tanstack/react-query'
import { getTicketDrafts } from '#contract/support'
import { call } from '#platform/ui/call.ts'
import { keyOf } from '#platform/ui/data.ts'

/**
 * What one has written and not said yet, as it stands when the ticket opens. Asked once, and again by each visit: what is
 * being written must not change under the hand.
 */
export function useDrafts(ticketId: string, enabled: boolean) {
  const input = { params: { id: ticketId } }
  const asked = useQuery({
    queryKey: [...keyOf(getTicketDrafts, input), 'once'],
    queryFn: ({ signal }) => call(getTicketDrafts, input, signal),
    enabled,
    gcTime: 0,
    staleTime: 0,
    refetchOnMount: 'always',
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })
  return { ...asked, data: asked.isFetchedAfterMount ? asked.data : undefined }
}
