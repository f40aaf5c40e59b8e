import { useMutation } from '@tanstack/react-query'
import { KeyRound } from 'lucide-react'
import { useEffect, useEffectEvent } from 'react'
import { getPasskeySignIn, signInWithPasskey } from '#contract/identity'
import type { OutputOf } from '#platform/contract/endpoint.ts'
import { Button } from '#platform/ui/button.tsx'
import { call } from '#platform/ui/call.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { usePasskeySentence } from '../factors/passkey-words.ts'
import { Problem } from '#platform/ui/problem.tsx'
import { type PasskeyAnswer, passkeysAutofill, passkeysWork, showPasskey } from '../passkeys.ts'

type Entered = OutputOf<typeof signInWithPasskey>

/** What the server asks is good for five minutes. */
const FRESH = 4 * 60_000

/** One press instead of password and code; or none, where the browser offers the passkey as the address is filled in. */
export function PasskeySignIn({ onDone }: { onDone: (entered: Entered) => void }) {
  const t = useMessages()
  const enter = useMutation({
    mutationFn: (response: PasskeyAnswer) => call(signInWithPasskey, { body: { response } }),
    onSuccess: onDone,
  })
  const ask = useMutation({
    mutationFn: async () => showPasskey((await call(getPasskeySignIn)).passkey),
    onSuccess: (response) => enter.mutate(response),
  })
  const busy = ask.isPending || enter.isPending || enter.isSuccess
  useAutofilledPasskey(!busy, (response) => enter.mutate(response))
  const problem = usePasskeySentence(ask.error ?? enter.error)
  if (!passkeysWork()) return null
  return (
    <div className="mt-6 flex flex-col gap-4 border-t border-line pt-6">
      {problem && <Problem>{problem}</Problem>}
      <Button
        icon={KeyRound}
        loading={busy}
        onClick={() => {
          enter.reset()
          ask.mutate()
        }}
        className="w-full"
      >
        {t('identity.passkey.sign-in')}
      </Button>
    </div>
  )
}

/** Waits beside the form for a passkey chosen among what the browser fills in; only one question may be open at a time. */
function useAutofilledPasskey(free: boolean, onChosen: (response: PasskeyAnswer) => void): void {
  const chosen = useEffectEvent(onChosen)
  useEffect(() => {
    if (!free) return
    const leaving = new AbortController()
    const wait = async () => {
      if (!(await passkeysAutofill())) return
      while (!leaving.signal.aborted) {
        const { passkey } = await call(getPasskeySignIn, {}, leaving.signal)
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
