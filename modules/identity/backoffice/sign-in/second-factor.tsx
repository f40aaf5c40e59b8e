import { CircleHelp } from 'lucide-react'
import { useState } from 'react'
import { Button } from '#platform/ui/button.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { part, Wanted } from '#platform/ui/part.tsx'
import type { CodePrompt, FactorAttempt } from '../factors/attempt.ts'
import { FactorForms, OtherWay } from '../factors/factor-forms.tsx'
import { Step } from '#platform/ui/step.tsx'
import type { SecondStep } from './after-password.tsx'

const lostFactor = part(() => import('./lost-factor.tsx').then((module) => module.LostFactor))

type SecondFactorProps = {
  step: Extract<SecondStep, { step: 'second_factor' }>
  attempt: FactorAttempt
  prompt?: CodePrompt | undefined
  onBack: () => void
  onExpired: (sentence: string) => void
}

export function SecondFactor({ step, attempt, prompt, onBack, onExpired }: SecondFactorProps) {
  const t = useMessages()
  const [lost, setLost] = useState(false)
  const back = () => setLost(false)
  const forms = (
    <Step title={t('identity.second-factor')}>
      <FactorForms
        attempt={attempt}
        methods={step.methods}
        passkey={step.passkey}
        submit={t('identity.code.submit')}
        prompt={prompt}
      >
        <OtherWay icon={CircleHelp} onSelect={() => setLost(true)}>
          {t('identity.lost.ask')}
        </OtherWay>
      </FactorForms>
      <Button variant="ghost" onClick={onBack} className="mt-3 w-full">
        {t('identity.back')}
      </Button>
    </Step>
  )
  return (
    <Wanted
      part={lostFactor}
      when={lost}
      give={{ onBack: back, onLeave: onBack, onExpired }}
      otherwise={forms}
      onFailed={back}
    />
  )
}
