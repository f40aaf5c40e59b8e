import { useMessages } from '#platform/ui/messages.tsx'
import type { PasskeyWords } from '#platform/ui/passkey-words.ts'

export function usePasskeyWords(): PasskeyWords & { help: string; use: string; signIn: string } {
  const t = useMessages()
  return {
    help: t('identity.passkey.help'),
    use: t('identity.passkey.use'),
    signIn: t('identity.passkey.sign-in'),
    problems: {
      known: t('identity.passkey.problem.known'),
      unfit: t('identity.passkey.problem.unfit'),
      failed: t('identity.passkey.problem.failed'),
    },
  }
}
