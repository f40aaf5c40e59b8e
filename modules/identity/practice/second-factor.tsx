import { showMemberFactor, type MemberStep } from '#contract/identity'
import { Button } from '#platform/ui/button.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { sentenceOf } from '#platform/ui/errors.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { Step } from '#platform/ui/step.tsx'
import { FactorForm } from './factors/factor-form.tsx'

type SecondFactorProps = {
  step: Extract<MemberStep, { step: 'second_factor' }>
  onDone: (next: MemberStep) => void
  onRestart: (why: string | null) => void
}

/** After the right password, of whoever has a second factor. */
export function SecondFactor({ step, onDone, onRestart }: SecondFactorProps) {
  const t = useMessages()
  const show = useEndpoint(showMemberFactor, {
    onSuccess: onDone,
    onError: (error) => error.code === 'sign_in_expired' && onRestart(sentenceOf(error, t)),
  })
  return (
    <Step title={t('identity.second-factor')}>
      <FactorForm
        methods={step.methods}
        passkey={step.passkey}
        attempt={{
          send: (body, then) => show.mutate({ body }, then),
          pending: show.isPending || show.isSuccess,
          error: show.error,
          reset: show.reset,
        }}
      />
      <Button variant="ghost" onClick={() => onRestart(null)} className="mt-3 w-full">
        {t('identity.back')}
      </Button>
      <p className="mt-6 text-12 text-ink-muted">{t('identity.practice.factor.lost')}</p>
    </Step>
  )
}
