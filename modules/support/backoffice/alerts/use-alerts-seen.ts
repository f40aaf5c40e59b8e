import { useEffect, useEffectEvent } from 'react'
import { acknowledgeAlerts, listAlerts } from '#contract/support'
import { useEndpoint } from '#platform/ui/data.ts'

/** Whoever has a ticket before their eyes has seen what they were told of it, whichever way they came. */
export function useAlertsSeen(ticketId: string): void {
  const { data } = useEndpoint(listAlerts)
  const { mutate } = useEndpoint(acknowledgeAlerts)
  const isUnseen = data?.rows.some(({ ticket, seenAt }) => ticket.id === ticketId && seenAt === null) ?? false
  const see = useEffectEvent(() => {
    if (isUnseen && document.visibilityState === 'visible') mutate({ body: { ticketId } })
  })
  useEffect(() => {
    see()
    const onVisible = () => see()
    document.addEventListener('visibilitychange', onVisible)
    return () => document.removeEventListener('visibilitychange', onVisible)
  }, [isUnseen, ticketId])
}
