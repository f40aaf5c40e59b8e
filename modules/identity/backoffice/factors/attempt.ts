import type { ShownFactor } from '#contract/identity'
import type { ApiError } from '#platform/ui/api-error.ts'

/** One second factor on its way to the server: at sign-in, or for a step-up. */
export type FactorAttempt = {
  send: (shown: ShownFactor, then?: { onError: () => void }) => void
  pending: boolean
  error: ApiError | null
  /** Forgets the error, as another method is tried. */
  reset: () => void
}

/** Brings the code by itself (demonstration only); null when none comes. */
export type CodePrompt = (signal: AbortSignal, onWaiting: () => void) => Promise<string | null>
