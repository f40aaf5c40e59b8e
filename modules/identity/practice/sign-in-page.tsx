import { useState } from 'react'
import type { MemberStep } from '#contract/identity'
import { forgetSession, sessionEnded } from '#platform/ui/ended-session.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { Step } from '#platform/ui/step.tsx'
import { AfterPassword, type NextStep } from './after-password.tsx'
import { BarePage } from './bare-page.tsx'
import { DemonstrationMembers } from './demonstration-members.tsx'
import { Elsewhere } from './switching/elsewhere.tsx'
import { PasskeySignIn } from './passkey-sign-in.tsx'
import { type Credentials, PasswordForm } from './password-form.tsx'
import { useEnter } from './use-enter.ts'

/** Password and the second factor where there is one, or a passkey alone; the practice where there are several; then the page that was asked for. */
export function SignInPage() {
  const t = useMessages()
  const enter = useEnter()
  const [ended] = useState(sessionEnded)
  const [elsewhere, setElsewhere] = useState(ended)
  const [notice, setNotice] = useState(() => (ended ? t('identity.practice.session-ended') : null))
  const [step, setStep] = useState<NextStep | null>(null)
  const [credentials, setCredentials] = useState<Credentials>({ email: '', password: '' })
  if (step)
    return (
      <BarePage>
        <AfterPassword
          first={step}
          onDone={enter}
          onRestart={(why) => {
            setCredentials((before) => ({ ...before, password: '' }))
            setNotice(why)
            setStep(null)
          }}
        />
      </BarePage>
    )
  const go = (next: MemberStep) => (next.step === 'entered' ? enter(next.me) : setStep(next))
  const form = (
    <BarePage beside={<DemonstrationMembers onChoose={setCredentials} />}>
      <Step title={t('identity.practice.sign-in')} help={<p>{t('identity.practice.sign-in.help')}</p>}>
        <PasswordForm value={credentials} onChange={setCredentials} notice={notice} onDone={go} />
        <PasskeySignIn onDone={go} />
      </Step>
    </BarePage>
  )
  // Whose access ended in the middle of their work is not merely signed out: there may be another practice.
  if (!elsewhere) return form
  return (
    <Elsewhere
      otherwise={form}
      onLeave={() => {
        forgetSession()
        setElsewhere(false)
      }}
    />
  )
}
