import { getTicketPresence } from '#contract/support'
import { useEndpoint } from '#platform/ui/data.ts'

const everyMs = 5_000

/** Who else is here: by asking, one is seen too. Nobody asks from a window that nobody looks at. */
export function usePresence(ticketId: string, writing: boolean) {
  const doing = writing ? 'writing' : 'viewing'
  const { data } = useEndpoint(
    getTicketPresence,
    { params: { id: ticketId }, query: { doing } },
    { every: everyMs, keepPrevious: true },
  )
  return data?.rows ?? []
}
