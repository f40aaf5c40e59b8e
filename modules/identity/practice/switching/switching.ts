import { useQueryClient } from '@tanstack/react-query'
import { switchPractice } from '#contract/identity'
import type { ApiError } from '#platform/ui/api-error.ts'
import { useEndpoint } from '#platform/ui/data.ts'

const key = 'practice-switched'

/**
 * Goes to another of one's own practices: a visible act. The page is loaded anew, so that nothing of the former practice
 * is left on the screen, in memory or in what was fetched.
 */
export function useSwitching(onError: (error: ApiError) => void) {
  const queries = useQueryClient()
  const go = useEndpoint(switchPractice, {
    onSuccess: ({ practice }) => {
      queries.clear()
      sessionStorage.setItem(key, practice)
      location.assign('/')
    },
    onError,
  })
  return {
    to: (memberId: string) => !go.isPending && !go.isSuccess && go.mutate({ body: { memberId } }),
    /** Where one is going. */
    going: go.isPending || go.isSuccess ? go.variables.body.memberId : null,
    error: go.error,
  }
}

/** Whether this window is on its way to another practice, and is about to be loaded anew. */
export const isSwitching = (): boolean => sessionStorage.getItem(key) !== null

/** The practice one has just come to, told once. */
export function practiceJustEntered(): string | null {
  const name = sessionStorage.getItem(key)
  sessionStorage.removeItem(key)
  return name
}
