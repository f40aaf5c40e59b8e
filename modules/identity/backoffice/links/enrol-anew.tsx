import { useState } from 'react'
import { useMessages } from '#platform/ui/messages.tsx'
import { AfterPassword, type SecondStep } from '../sign-in/after-password.tsx'
import { PasswordForm } from '../sign-in/password-form.tsx'
import { Step } from '#platform/ui/step.tsx'
import type { OpenedLink } from './link-page.tsx'

/** After a lost factor: password and mailed link together open the enrolment of another one. */
export function EnrolAnew({ link }: { link: OpenedLink }) {
  const t = useMessages()
  const [password, setPassword] = useState('')
  const [notice, setNotice] = useState<string | null>(null)
  const [second, setSecond] = useState<SecondStep | null>(null)
  if (second)
    return (
      <AfterPassword
        step={second}
        onRestart={(why) => {
          setPassword('')
          setNotice(why)
          setSecond(null)
        }}
      />
    )
  return (
    <Step title={t('identity.enrol-anew')} help={<p>{t('identity.enrol-anew.help')}</p>}>
      <PasswordForm
        link={link.token}
        value={{ email: link.email, password }}
        onChange={(typed) => setPassword(typed.password)}
        notice={notice}
        onDone={setSecond}
      />
    </Step>
  )
}
