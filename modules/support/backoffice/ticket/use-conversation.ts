import { useState } from 'react'
import { listTicketMessages } from '#contract/support'
import { useEndpoint } from '#platform/ui/data.ts'
import { useSession } from '#platform/ui/session.tsx'

/**
 * What was said, and up to where whoever writes has seen it: what comes while they write is shown and marked, and their own
 * goes only after they said that they read it.
 */
export function useConversation(ticketId: string, writing: boolean) {
  const me = useSession().id
  const { data } = useEndpoint(listTicketMessages, { params: { id: ticketId } })
  const last = data ? (data.rows.at(-1)?.id ?? null) : undefined
  const [seen, setSeen] = useState(last)
  if (last !== undefined && seen !== last && (seen === undefined || !writing)) setSeen(last)
  const rows = data?.rows ?? []
  const from = rows.findIndex(({ id }) => id === seen) + 1
  const meanwhile =
    writing && seen !== undefined
      ? rows.slice(from).filter(({ by, takenBack }) => by.staffId !== me && !takenBack)
      : []
  return {
    seen: seen ?? null,
    meanwhile,
    acknowledge: () => setSeen(last),
  }
}

export type Conversation = ReturnType<typeof useConversation>
