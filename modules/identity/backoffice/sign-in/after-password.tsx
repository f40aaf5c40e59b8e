import { useState } from 'react'
import { type signIn, verifySecondFactor } from '#contract/identity'
import type { OutputOf } from '#platform/contract/endpoint.ts'
import { useEndpoint } from '#platform/ui/data.ts'
import { part, Wanted } from '#platform/ui/part.tsx'
import type { CodePrompt } from '../factors/attempt.ts'
import { LinkNeeded } from './link-needed.tsx'
import { SecondFactor } from './second-factor.tsx'
import { useEnter } from './use-enter.ts'

/** What the password led to. */
export type SecondStep = OutputOf<typeof signIn>
type Entered = OutputOf<typeof verifySecondFactor>

// Done once in a lifetime: not carried along by everybody who signs in.
const enrolment = part(() => import('./enrolment.tsx').then((module) => module.Enrolment))
const keepCodes = part(() => import('./keep-codes.tsx').then((module) => module.KeepCodes))

type AfterPasswordProps = {
  step: SecondStep
  prompt?: CodePrompt | undefined
  /** Back to the password; with a sentence when the time was over. */
  onRestart: (notice: string | null) => void
}

/** From the right password to the app: the second factor is shown or enrolled, then the recovery codes are kept. */
export function AfterPassword({ step, prompt, onRestart }: AfterPasswordProps) {
  const enter = useEnter()
  const [entered, setEntered] = useState<Entered | null>(null)
  const verify = useEndpoint(verifySecondFactor, {
    onSuccess: (answer) => (answer.recoveryCodes ? setEntered(answer) : enter(answer.me)),
    onError: (error) => {
      if (error.code === 'sign_in_expired') onRestart(error.message)
    },
  })
  const attempt = {
    send: (body: Parameters<typeof verify.mutate>[0]['body'], then?: { onError: () => void }) =>
      verify.mutate({ body }, then),
    pending: verify.isPending || verify.isSuccess,
    error: verify.error,
    reset: verify.reset,
  }
  const leave = () => onRestart(null)
  if (entered?.recoveryCodes)
    return (
      <Wanted
        part={keepCodes}
        when
        give={{ codes: entered.recoveryCodes, email: entered.me.email, onDone: () => enter(entered.me) }}
        onFailed={() => enter(entered.me)}
      />
    )
  if (step.step === 'link_needed') return <LinkNeeded onBack={leave} />
  if (step.step === 'second_factor')
    return (
      <SecondFactor
        step={step}
        attempt={attempt}
        prompt={prompt}
        onBack={leave}
        onExpired={(sentence) => onRestart(sentence)}
      />
    )
  return <Wanted part={enrolment} when give={{ step, attempt, onBack: leave }} onFailed={leave} />
}
