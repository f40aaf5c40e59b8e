import { useQueryClient } from '@tanstack/react-query'
import { leaveImpersonation } from '#contract/impersonation'
import { useEndpoint } from '#platform/ui/data.ts'
import { showOver } from './tab.ts'

/**
 * Out, and back to the back-office. What the practice answered goes from memory at once: the browser may show this very
 * document again when somebody goes back.
 */
export function useLeavingImpersonation(onError?: (error: unknown) => void) {
  const queries = useQueryClient()
  const leave = useEndpoint(leaveImpersonation, {
    onSuccess: ({ backTo }) => {
      showOver()
      queries.clear()
      location.replace(backTo)
    },
    ...(onError && { onError }),
  })
  return {
    leaving: leave.isPending || leave.isSuccess,
    error: leave.error,
    leave: () => leave.mutate({}),
  }
}
