import { useMutation } from '@tanstack/react-query'
import { KeyRound } from 'lucide-react'
import { useEffect, useEffectEvent } from 'react'
import { Button } from './button.tsx'
import { useMessages } from './messages.tsx'
import { type PasskeyWords, sentenceOfPasskey } from './passkey-words.ts'
import {
  type PasskeyAnswer,
  type PasskeyOptions,
  passkeysAutofill,
  passkeysWork,
  showPasskey,
} from './passkeys.ts'
import { Problem } from './problem.tsx'

type Question = (signal?: AbortSignal) => Promise<PasskeyOptions>

type PasskeySignInProps<Entered> = {
  /** What the server asks of whichever passkey answers. */
  question: Question
  enter: (response: PasskeyAnswer) => Promise<Entered>
  onDone: (entered: Entered) => void
  words: PasskeyWords & { signIn: string }
}

/** What the server asks is good for five minutes. */
const FRESH = 4 * 60_000

/** One press instead of password and code; or none, where the browser offers the passkey as the address is filled in. */
export function PasskeySignIn<Entered>({ question, enter, onDone, words }: PasskeySignInProps<Entered>) {
  const t = useMessages()
  const entering = useMutation({ mutationFn: enter, onSuccess: onDone })
  const ask = useMutation({
    mutationFn: async () => showPasskey(await question()),
    onSuccess: (response) => entering.mutate(response),
  })
  const busy = ask.isPending || entering.isPending || entering.isSuccess
  useAutofilledPasskey(!busy, question, (response) => entering.mutate(response))
  const problem = sentenceOfPasskey(ask.error ?? entering.error, words, t)
  if (!passkeysWork()) return null
  return (
    <div className="mt-6 flex flex-col gap-4 border-t border-line pt-6">
      {problem && <Problem>{problem}</Problem>}
      <Button
        icon={KeyRound}
        loading={busy}
        onClick={() => {
          entering.reset()
          ask.mutate()
        }}
        className="w-full"
      >
        {words.signIn}
      </Button>
    </div>
  )
}

/** Waits beside the form for a passkey chosen among what the browser fills in; only one question may be open at a time. */
function useAutofilledPasskey(
  free: boolean,
  question: Question,
  onChosen: (response: PasskeyAnswer) => void,
): void {
  const chosen = useEffectEvent(onChosen)
  const asked = useEffectEvent(question)
  useEffect(() => {
    if (!free) return
    const leaving = new AbortController()
    const wait = async () => {
      if (!(await passkeysAutofill())) return
      while (!leaving.signal.aborted) {
        const passkey = await asked(leaving.signal)
        const stale = AbortSignal.any([leaving.signal, AbortSignal.timeout(FRESH)])
        const response = await showPasskey(passkey, { signal: stale, mediation: 'conditional' }).catch(
          () => null,
        )
        if (response && !leaving.signal.aborted) return chosen(response)
        // Nothing was chosen in four minutes: ask for a fresh question. Any other end leaves it at the button.
        if (!stale.aborted) return
      }
    }
    wait().catch(() => undefined) // the form and the button are there anyway
    return () => leaving.abort()
  }, [free])
}
