import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { leaveImpersonation } from '#contract/impersonation'
import type { OutputOf } from '#platform/contract/endpoint.ts'
import { call } from '#platform/ui/call.ts'
import { showOver } from './tab.ts'

/**
 * Out, and back to the back-office. What the practice answered goes from memory at once: the browser may show this very
 * document again when somebody goes back.
 */
export function useLeavingImpersonation(onError?: (error: unknown) => void) {
  const queries = useQueryClient()
  const leave = useMutation<OutputOf<typeof leaveImpersonation>>({
    // No part of what every member loads.
    mutationFn: async () => call((await import('#contract/impersonation')).leaveImpersonation),
    onSuccess: ({ backTo }) => {
      showOver()
      queries.clear()
      location.replace(backTo)
    },
    ...(onError && { onError }),
  })
  return { leaving: leave.isPending || leave.isSuccess, error: leave.error, leave: () => leave.mutate() }
}
