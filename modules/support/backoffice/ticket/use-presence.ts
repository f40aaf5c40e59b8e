import { useEffect, useState } from 'react'
import { getTicketPresence } from '#contract/support'
import { useEndpoint } from '#platform/ui/data.ts'

const everyMs = 5_000
/** Whoever stopped so long ago thinks, or has gone: what they began waits as a draft. */
const restMs = 15_000

/** Who else is here: by asking, one is seen too. Nobody asks from a window that nobody looks at. */
export function usePresence(ticketId: string, text: string) {
  const writing = useJustTyped(text)
  const doing = writing ? 'writing' : 'viewing'
  const { data } = useEndpoint(
    getTicketPresence,
    { params: { id: ticketId }, query: { doing } },
    { every: everyMs, keepPrevious: true },
  )
  return data?.rows ?? []
}

function useJustTyped(text: string): boolean {
  const [before, setBefore] = useState(text)
  const [typed, setTyped] = useState(false)
  if (before !== text) {
    setBefore(text)
    setTyped(text !== '')
  }
  useEffect(() => {
    if (!typed) return
    const timer = setTimeout(() => setTyped(false), restMs)
    return () => clearTimeout(timer)
  }, [typed, text])
  return typed
}
