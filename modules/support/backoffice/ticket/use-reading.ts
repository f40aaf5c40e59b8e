import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useEffectEvent } from 'react'
import { markTicketRead } from '#contract/support'
import { call } from '#platform/ui/call.ts'
import { refresh } from '#platform/ui/data.ts'

/** What stands before one's eyes is read; what is marked as unread stays so until one comes back. */
export function useReading(id: string, lastMessageAt: string, unread: boolean): void {
  const queries = useQueryClient()
  const read = useEffectEvent(() => {
    if (!unread || document.visibilityState !== 'visible') return
    call(markTicketRead, { params: { id }, body: { read: true } }).then(
      () => refresh(queries, markTicketRead.touches),
      () => undefined, // it stays unread: nothing is lost
    )
  })
  useEffect(() => {
    read()
    const onVisible = () => read()
    document.addEventListener('visibilitychange', onVisible)
    return () => document.removeEventListener('visibilitychange', onVisible)
  }, [id, lastMessageAt])
}
