import { useState } from 'react'
import type { MemberMe, MemberStep } from '#contract/identity'
import { part, Wanted } from '#platform/ui/part.tsx'
import { PracticeChoice } from './practice-choice.tsx'

// Not everybody's way in: not carried along by those whose it is not.
const secondFactor = part(() => import('./second-factor.tsx').then((module) => module.SecondFactor))
const enrolment = part(() => import('./enrolment.tsx').then((module) => module.Enrolment))

/** What the right password led to, where that was not the practice itself. */
export type NextStep = Exclude<MemberStep, { step: 'entered' }>

type AfterPasswordProps = {
  first: NextStep
  onDone: (me: MemberMe) => void
  /** Back to the password; with a sentence when the time was over. */
  onRestart: (why: string | null) => void
}

/** The second factor where there is one, the practice where there are several, a first factor where it is asked of everybody. */
export function AfterPassword({ first, onDone, onRestart }: AfterPasswordProps) {
  const [step, setStep] = useState(first)
  const go = (next: MemberStep) => (next.step === 'entered' ? onDone(next.me) : setStep(next))
  const onFailed = () => onRestart(null)
  if (step.step === 'choice')
    return <PracticeChoice choices={step.practices} onDone={go} onRestart={onRestart} />
  if (step.step === 'second_factor')
    return <Wanted part={secondFactor} when give={{ step, onDone: go, onRestart }} onFailed={onFailed} />
  return <Wanted part={enrolment} when give={{ offer: step, onDone, onRestart }} onFailed={onFailed} />
}
