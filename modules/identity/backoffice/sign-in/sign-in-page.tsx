import { useCallback, useState } from 'react'
import { useMessages } from '#platform/ui/messages.tsx'
import { BarePage } from '../bare-page.tsx'
import { codeOf } from '../factors/prompted-code.ts'
import { Step } from '#platform/ui/step.tsx'
import { AfterPassword, type SecondStep } from './after-password.tsx'
import { DemonstrationAccounts, useDemonstrationAccounts } from './demonstration.tsx'
import { sessionEnded } from '#platform/ui/ended-session.ts'
import { PasskeySignIn } from './passkey-sign-in.tsx'
import { type Credentials, PasswordForm } from './password-form.tsx'
import { useEnter } from './use-enter.ts'

/** Password, then the second factor, then the page that was asked for; or a passkey alone. */
export function SignInPage() {
  const t = useMessages()
  const enter = useEnter()
  const { settled, offered, accounts } = useDemonstrationAccounts()
  const [notice, setNotice] = useState(() => (sessionEnded() ? t('identity.session-ended') : null))
  const [second, setSecond] = useState<SecondStep | null>(null)
  const [credentials, setCredentials] = useState<Credentials>({ email: '', password: '' })

  const chosen = accounts?.find((account) => account.email === credentials.email)?.email ?? null
  const prompt = useCallback(
    (signal: AbortSignal, onWaiting: () => void) => codeOf(chosen ?? '', signal, onWaiting),
    [chosen],
  )
  const restart = (why: string | null) => {
    setCredentials((before) => ({ ...before, password: '' }))
    setNotice(why)
    setSecond(null)
  }
  // Both columns or one: not before that is known.
  if (!settled) return <BarePage />
  if (second)
    return (
      <BarePage long={second.step === 'enrolment'}>
        <AfterPassword step={second} prompt={chosen ? prompt : undefined} onRestart={restart} />
      </BarePage>
    )
  const beside = offered && (
    <DemonstrationAccounts
      accounts={accounts}
      chosen={chosen}
      onChoose={({ email, password }) => setCredentials({ email, password })}
    />
  )
  return (
    <BarePage beside={beside}>
      <Step title={t('identity.sign-in')}>
        <PasswordForm value={credentials} onChange={setCredentials} notice={notice} onDone={setSecond} />
        <PasskeySignIn onDone={({ me }) => enter(me)} />
      </Step>
    </BarePage>
  )
}
