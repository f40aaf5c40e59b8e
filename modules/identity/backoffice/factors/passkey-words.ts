import { ApiError } from '#platform/ui/api-error.ts'
import { sentenceOf } from '#platform/ui/errors.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { PasskeyError } from '../passkeys.ts'

/** What to tell of a passkey that did not come about; null when the person called it off. */
export function usePasskeySentence(error: Error | null): string | null {
  const t = useMessages()
  if (!error) return null
  if (!(error instanceof PasskeyError)) return sentenceOf(error, t)
  return error.problem === 'cancelled' ? null : t(`identity.passkey.problem.${error.problem}`)
}

/** A step-up that the person turned down is no news to them. */
export function wasTurnedDown(error: unknown): boolean {
  return error instanceof ApiError && error.code === 'step_up_required'
}
