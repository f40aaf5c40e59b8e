import { ApiError } from '#platform/ui/api-error.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { type PasskeyWords, sentenceOfPasskey } from '#platform/ui/passkey-words.ts'

export function usePasskeyWords(): PasskeyWords {
  const t = useMessages()
  return {
    problems: {
      known: t('identity.passkey.problem.known'),
      unfit: t('identity.passkey.problem.unfit'),
      failed: t('identity.passkey.problem.failed'),
    },
  }
}

/** What to tell of a passkey that did not come about; null when the person called it off. */
export function usePasskeySentence(error: Error | null): string | null {
  const t = useMessages()
  return sentenceOfPasskey(error, usePasskeyWords(), t)
}

/** A step-up that the person turned down is no news to them. */
export function wasTurnedDown(error: unknown): boolean {
  return error instanceof ApiError && error.code === 'step_up_required'
}
