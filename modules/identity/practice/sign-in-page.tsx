import { useState } from 'react'
import type { PracticeChoice as Choice } from '#contract/identity'
import { sessionEnded } from '#platform/ui/ended-session.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { Step } from '#platform/ui/step.tsx'
import { BarePage } from './bare-page.tsx'
import { DemonstrationMembers } from './demonstration-members.tsx'
import { type Credentials, PasswordForm } from './password-form.tsx'
import { PracticeChoice } from './practice-choice.tsx'
import { useEnter } from './use-enter.ts'

/** Password, then the practice where there are several, then the page that was asked for. */
export function SignInPage() {
  const t = useMessages()
  const enter = useEnter()
  const [notice, setNotice] = useState(() => (sessionEnded() ? t('identity.practice.session-ended') : null))
  const [choices, setChoices] = useState<readonly Choice[] | null>(null)
  const [credentials, setCredentials] = useState<Credentials>({ email: '', password: '' })
  if (choices)
    return (
      <BarePage>
        <PracticeChoice
          choices={choices}
          onDone={enter}
          onRestart={(why) => {
            setCredentials((before) => ({ ...before, password: '' }))
            setNotice(why)
            setChoices(null)
          }}
        />
      </BarePage>
    )
  return (
    <BarePage beside={<DemonstrationMembers onChoose={setCredentials} />}>
      <Step title={t('identity.practice.sign-in')} help={<p>{t('identity.practice.sign-in.help')}</p>}>
        <PasswordForm
          value={credentials}
          onChange={setCredentials}
          notice={notice}
          onDone={(next) => (next.step === 'entered' ? enter(next.me) : setChoices(next.practices))}
        />
      </Step>
    </BarePage>
  )
}
