import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { getSession } from '#contract/identity'
import { ApiError } from '#platform/ui/api-error.ts'
import { keyOf } from '#platform/ui/data.ts'

/** Its owner went to stand in for somebody, from another window: whichever answer says so first, the session is asked. */
export function useFallingAsleep(): void {
  const queries = useQueryClient()
  useEffect(() => {
    const heed = (error: unknown) => {
      if (error instanceof ApiError && error.code === 'session_asleep')
        void queries.invalidateQueries({ queryKey: keyOf(getSession) })
    }
    const unsubscribe = [
      queries.getQueryCache().subscribe((event) => {
        if (event.type === 'updated' && event.action.type === 'error') heed(event.action.error)
      }),
      queries.getMutationCache().subscribe((event) => {
        if (event.type === 'updated' && event.action.type === 'error') heed(event.action.error)
      }),
    ]
    return () => {
      for (const leave of unsubscribe) leave()
    }
  }, [queries])
}
