import { useMutation } from '@tanstack/react-query'
import { KeyRound } from 'lucide-react'
import { useState } from 'react'
import { enrolAtSignIn, type MemberMe, type MemberStep } from '#contract/identity'
import { Button } from '#platform/ui/button.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { sentenceOf } from '#platform/ui/errors.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { sentenceOfPasskey } from '#platform/ui/passkey-words.ts'
import { makePasskey, passkeysWork } from '#platform/ui/passkeys.ts'
import { Problem } from '#platform/ui/problem.tsx'
import { Step } from '#platform/ui/step.tsx'
import { AuthenticatorSecret } from './factors/authenticator-secret.tsx'
import { CodeForm } from './factors/code-form.tsx'
import { usePasskeyWords } from './factors/passkey-words.ts'
import { RecoveryCodes } from './factors/recovery-codes.tsx'

type EnrolmentProps = {
  offer: Extract<MemberStep, { step: 'enrolment' }>
  onDone: (me: MemberMe) => void
  onRestart: (why: string | null) => void
}

/** The practice asks everybody for a second factor: who has none enrols one, keeps the recovery codes, and is in. */
export function Enrolment({ offer, onDone, onRestart }: EnrolmentProps) {
  const t = useMessages()
  const words = usePasskeyWords()
  const [entered, setEntered] = useState<{ me: MemberMe; recoveryCodes: string[] } | null>(null)
  const enrol = useEndpoint(enrolAtSignIn, {
    onSuccess: setEntered,
    onError: (error) => error.code === 'sign_in_expired' && onRestart(sentenceOf(error, t)),
  })
  const { memberId, enrolment } = offer
  const making = useMutation({
    mutationFn: () => makePasskey(offer.passkey),
    onSuccess: (response) => enrol.mutate({ body: { method: 'new_passkey', memberId, response } }),
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
  // Each way says what became of itself.
  const byPasskey = enrol.variables?.body.method === 'new_passkey'
  const problem = sentenceOfPasskey(making.error ?? (byPasskey ? enrol.error : null), words, t)
  return (
    <Step
      title={t('identity.enrolment')}
      help={<p>{t('identity.practice.enrolment.help', { practice: offer.practice })}</p>}
    >
      {passkeysWork() && (
        <section className="mb-6 flex flex-col gap-3 rounded-card border border-line bg-surface p-4">
          <h2 className="text-14 font-semibold">{t('identity.enrolment.passkey')}</h2>
          <p className="text-13 text-ink-muted">{t('identity.enrolment.passkey.help')}</p>
          {problem && <Problem>{problem}</Problem>}
          <Button
            icon={KeyRound}
            loading={making.isPending || (byPasskey && enrol.isPending)}
            onClick={() => {
              enrol.reset()
              making.mutate()
            }}
            className="w-full"
          >
            {t('identity.passkey.create')}
          </Button>
        </section>
      )}
      <CodeForm
        atOnce={false}
        help={t('identity.code.first')}
        submit={t('identity.enrolment.submit')}
        attempt={{
          send: (shown, then) =>
            shown.method === 'totp' &&
            enrol.mutate({ body: { method: 'totp', memberId, enrolment, code: shown.code } }, then),
          pending: enrol.isPending,
          error: byPasskey ? null : enrol.error,
          reset: enrol.reset,
        }}
      >
        <h2 className="text-14 font-semibold">
          {t(passkeysWork() ? 'identity.enrolment.or-authenticator' : 'identity.enrolment.authenticator')}
        </h2>
        <AuthenticatorSecret secret={offer.secret} qrCode={offer.qrCode} />
      </CodeForm>
      <Button variant="ghost" onClick={() => onRestart(null)} className="mt-3 w-full">
        {t('identity.back')}
      </Button>
    </Step>
  )
}
