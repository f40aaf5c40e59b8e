import { useMutation } from '@tanstack/react-query'
import { KeyRound } from 'lucide-react'
import { Button } from '#platform/ui/button.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import type { FactorAttempt } from '../factors/attempt.ts'
import { AuthenticatorSecret } from '../factors/authenticator-secret.tsx'
import { CodeForm } from '../factors/code-form.tsx'
import { usePasskeySentence } from '../factors/passkey-words.ts'
import { Problem } from '#platform/ui/problem.tsx'
import { makePasskey, type PasskeyAnswer, passkeysWork } from '#platform/ui/passkeys.ts'
import { Step } from '#platform/ui/step.tsx'
import type { SecondStep } from './after-password.tsx'

type EnrolmentAttempt = Omit<FactorAttempt, 'send'> & {
  send: (
    shown: Parameters<FactorAttempt['send']>[0] | { method: 'new_passkey'; response: PasskeyAnswer },
    then?: { onError: () => void },
  ) => void
}

type EnrolmentProps = {
  step: Extract<SecondStep, { step: 'enrolment' }>
  attempt: EnrolmentAttempt
  onBack: () => void
}

/** The very first time: an authenticator, or a passkey instead. */
export function Enrolment({ step, attempt, onBack }: EnrolmentProps) {
  const t = useMessages()
  const making = useMutation({
    mutationFn: () => makePasskey(step.passkey),
    onSuccess: (response) => attempt.send({ method: 'new_passkey', response }),
  })
  const problem = usePasskeySentence(making.error)
  return (
    <Step title={t('identity.enrolment')} help={<p>{t('identity.enrolment.help')}</p>}>
      {passkeysWork() && (
        <section className="mb-6 flex flex-col gap-3 rounded-card border border-line bg-surface p-4">
          <h2 className="text-14 font-semibold">{t('identity.enrolment.passkey')}</h2>
          <p className="text-13 text-ink-muted">{t('identity.enrolment.passkey.help')}</p>
          {problem && <Problem>{problem}</Problem>}
          <Button
            icon={KeyRound}
            loading={making.isPending}
            onClick={() => {
              attempt.reset()
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
        attempt={attempt}
        help={t('identity.code.first')}
        submit={t('identity.enrolment.submit')}
        wrong={t('identity.enrolment.code-wrong')}
      >
        <h2 className="text-14 font-semibold">
          {t(passkeysWork() ? 'identity.enrolment.or-authenticator' : 'identity.enrolment.authenticator')}
        </h2>
        <AuthenticatorSecret secret={step.secret} qrCode={step.qrCode} />
      </CodeForm>
      <Button variant="ghost" onClick={onBack} className="mt-3 w-full">
        {t('identity.back')}
      </Button>
    </Step>
  )
}
