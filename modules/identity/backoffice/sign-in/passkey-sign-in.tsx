import { getPasskeySignIn, signInWithPasskey } from '#contract/identity'
import type { OutputOf } from '#platform/contract/endpoint.ts'
import { call } from '#platform/ui/call.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { PasskeySignIn as SignIn } from '#platform/ui/passkey-sign-in.tsx'
import { usePasskeyWords } from '../factors/passkey-words.ts'

type Entered = OutputOf<typeof signInWithPasskey>

export function PasskeySignIn({ onDone }: { onDone: (entered: Entered) => void }) {
  const t = useMessages()
  const words = usePasskeyWords()
  return (
    <SignIn
      question={async (signal) => (await call(getPasskeySignIn, {}, signal)).passkey}
      enter={(response) => call(signInWithPasskey, { body: { response } })}
      onDone={onDone}
      words={{ ...words, signIn: t('identity.passkey.sign-in') }}
    />
  )
}
