import { useState } from 'react'
import { enrolAtSignIn, type MemberMe, type MemberStep } from '#contract/identity'
import { Button } from '#platform/ui/button.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { sentenceOf } from '#platform/ui/errors.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { Step } from '#platform/ui/step.tsx'
import { AuthenticatorSecret } from './factors/authenticator-secret.tsx'
import { CodeForm } from './factors/code-form.tsx'
import { RecoveryCodes } from './factors/recovery-codes.tsx'

type EnrolmentProps = {
  offer: Extract<MemberStep, { step: 'enrolment' }>
  onDone: (me: MemberMe) => void
  onRestart: (why: string | null) => void
}

/** The practice asks everybody for a second factor: who has none enrols one, keeps the recovery codes, and is in. */
export function Enrolment({ offer, onDone, onRestart }: EnrolmentProps) {
  const t = useMessages()
  const [entered, setEntered] = useState<{ me: MemberMe; recoveryCodes: string[] } | null>(null)
  const enrol = useEndpoint(enrolAtSignIn, {
    onSuccess: setEntered,
    onError: (error) => error.code === 'sign_in_expired' && onRestart(sentenceOf(error, t)),
  })
  if (entered)
    return (
      <Step title={t('identity.recovery')}>
        <RecoveryCodes
          codes={entered.recoveryCodes}
          email={entered.me.email}
          done={t('identity.recovery.continue')}
          onDone={() => onDone(entered.me)}
        />
      </Step>
    )
  const { memberId, enrolment } = offer
  return (
    <Step
      title={t('identity.enrolment')}
      help={<p>{t('identity.practice.enrolment.help', { practice: offer.practice })}</p>}
    >
      <CodeForm
        atOnce={false}
        help={t('identity.code.first')}
        submit={t('identity.enrolment.submit')}
        attempt={{
          send: ({ code }, then) => enrol.mutate({ body: { memberId, enrolment, code } }, then),
          pending: enrol.isPending,
          error: enrol.error,
          reset: enrol.reset,
        }}
      >
        <AuthenticatorSecret secret={offer.secret} qrCode={offer.qrCode} />
      </CodeForm>
      <Button variant="ghost" onClick={() => onRestart(null)} className="mt-3 w-full">
        {t('identity.back')}
      </Button>
    </Step>
  )
}
