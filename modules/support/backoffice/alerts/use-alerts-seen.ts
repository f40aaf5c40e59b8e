import { useEffect } from 'react'
import { acknowledgeAlerts, listAlerts } from '#contract/support'
import { useEndpoint } from '#platform/ui/data.ts'

/** Whoever has a ticket open has seen what they were told of it, whichever way they came, and while it is told. */
export function useAlertsSeen(ticketId: string): void {
  const { data } = useEndpoint(listAlerts)
  const { mutate } = useEndpoint(acknowledgeAlerts)
  const isUnseen = data?.rows.some(({ ticket, seenAt }) => ticket.id === ticketId && seenAt === null) ?? false
  useEffect(() => {
    if (isUnseen) mutate({ body: { ticketId } })
  }, [isUnseen, mutate, ticketId])
}
