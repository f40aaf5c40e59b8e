import { getMemberPasskeySignIn, type MemberStep, signInMemberWithPasskey } from '#contract/identity'
import { call } from '#platform/ui/call.ts'
import { PasskeySignIn as SignIn } from '#platform/ui/passkey-sign-in.tsx'
import { usePasskeyWords } from './factors/passkey-words.ts'

export function PasskeySignIn({ onDone }: { onDone: (next: MemberStep) => void }) {
  return (
    <SignIn<MemberStep>
      question={async (signal) => (await call(getMemberPasskeySignIn, {}, signal)).passkey}
      enter={(response) => call(signInMemberWithPasskey, { body: { response } })}
      onDone={onDone}
      words={usePasskeyWords()}
    />
  )
}
