import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { getEnvironment, listDemonstrationAccounts } from '#contract/identity'
import type { ApiError } from '#platform/ui/api-error.ts'
import { call } from '#platform/ui/call.ts'
import { useEndpoint } from '#platform/ui/data.ts'
import type { CodePrompt } from './attempt.ts'

/**
 * Has the code typed by itself where there is a prompt, and once more when it had just been used.
 *
 * @returns whether the next code is still waited for
 */
export function usePrompt(
  prompt: CodePrompt | undefined,
  error: ApiError | null,
  onCode: (digits: string) => void,
): boolean {
  const [round, setRound] = useState(0)
  const [coming, setComing] = useState(false)
  const retried = useRef(false)
  const prompted = useEffectEvent((digits: string) => {
    setComing(false)
    onCode(digits)
  })
  useEffect(() => {
    if (!prompt) return
    const aborter = new AbortController()
    prompt(aborter.signal, () => setComing(true)).then(
      (digits) => digits && !aborter.signal.aborted && prompted(digits),
      () => undefined, // without a prompt the code is typed
    )
    return () => aborter.abort()
  }, [prompt, round])
  useEffect(() => {
    if (!prompt || error?.code !== 'code_already_used' || retried.current) return
    retried.current = true
    setRound((before) => before + 1)
  }, [prompt, error])
  return coming
}

/** The code this demonstration account's authenticator shows now. One just used is waited out: it is good once. */
export async function codeOf(
  email: string,
  signal: AbortSignal,
  onWaiting: () => void,
): Promise<string | null> {
  while (!signal.aborted) {
    const { rows } = await call(listDemonstrationAccounts, {}, signal)
    const account = rows.find((one) => one.email === email)
    if (!account || account.code) return account?.code ?? null
    onWaiting()
    await new Promise((done) => setTimeout(done, 2000))
  }
  return null
}

/** Whether this installation is a demonstration; undefined until that is known. */
export function useIsDemonstration(): boolean | undefined {
  const { data, isPending } = useEndpoint(getEnvironment, {})
  return isPending ? undefined : data?.name === 'demonstration'
}
