import { useState } from 'react'
import { askFactorReset } from '#contract/identity'
import { problemsByField } from '#platform/ui/api-error.ts'
import { Button } from '#platform/ui/button.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { sentenceOf } from '#platform/ui/errors.ts'
import { DateText } from '#platform/ui/date-text.tsx'
import { Field } from '#platform/ui/field.tsx'
import { Textarea } from '#platform/ui/input.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { Problem } from '#platform/ui/problem.tsx'
import { Step } from '#platform/ui/step.tsx'

type LostFactorProps = {
  /** Back to the second factor, which was found again. */
  onBack: () => void
  /** Back to where one signs in, once asked. */
  onLeave: () => void
  onExpired: (sentence: string) => void
}

/** Nothing at hand any more: asks two administrators, and says what happens next. */
export function LostFactor({ onBack, onLeave, onExpired }: LostFactorProps) {
  const t = useMessages()
  const [reason, setReason] = useState('')
  const [missing, setMissing] = useState(false)
  const ask = useEndpoint(askFactorReset, {
    onError: (error) => {
      if (error.code === 'sign_in_expired') onExpired(error.message)
    },
  })
  if (ask.isSuccess)
    return (
      <Step key="asked" title={t('identity.lost.asked')} help={<p>{t('identity.lost.asked.help')}</p>}>
        <Button onClick={onLeave} className="w-full">
          {t('identity.to-sign-in')}
        </Button>
      </Step>
    )
  if (ask.error?.code === 'factor_reset_asked') {
    const effectiveAt = effectOf(ask.error.details)
    return (
      <Step
        key="under-way"
        title={t('identity.lost.under-way')}
        help={
          <p>
            {effectiveAt
              ? t.rich('identity.lost.under-way.approved', {
                  date: <DateText key="date" value={effectiveAt} show="both" />,
                })
              : t('identity.lost.under-way.help')}
          </p>
        }
      >
        <Button onClick={onLeave} className="w-full">
          {t('identity.to-sign-in')}
        </Button>
      </Step>
    )
  }
  const told = problemsByField(ask.error)['reason']
  return (
    <Step title={t('identity.lost')} help={<p>{t('identity.lost.help')}</p>}>
      <ol className="mb-5 flex list-decimal flex-col gap-1.5 pl-5 text-13 marker:text-ink-muted">
        <li>{t('identity.lost.step.approve')}</li>
        <li>{t('identity.lost.step.wait')}</li>
        <li>{t('identity.lost.step.enrol')}</li>
      </ol>
      <form
        noValidate
        aria-busy={ask.isPending}
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          setMissing(!reason.trim())
          if (reason.trim() && !ask.isPending) ask.mutate({ body: { reason } })
        }}
      >
        {ask.error && !told && <Problem>{sentenceOf(ask.error, t)}</Problem>}
        <Field
          label={t('identity.lost.reason')}
          name="reason"
          help={t('identity.lost.reason.help')}
          error={missing ? t('identity.lost.reason.missing') : told}
        >
          <Textarea
            value={reason}
            maxLength={500}
            rows={3}
            // One has just pressed a button to come here.
            // oxlint-disable-next-line jsx-a11y/no-autofocus
            autoFocus
            onChange={(typed) => {
              setMissing(false)
              setReason(typed)
            }}
          />
        </Field>
        <div className="flex flex-col gap-2">
          <Button type="submit" variant="primary" loading={ask.isPending} className="w-full">
            {t('identity.lost.submit')}
          </Button>
          <Button variant="ghost" onClick={onBack} className="w-full">
            {t('identity.lost.back')}
          </Button>
        </div>
      </form>
    </Step>
  )
}

/** When an earlier demand takes effect; null while it waits to be approved. */
function effectOf(details: unknown): string | null {
  if (typeof details !== 'object' || details === null || !('effectiveAt' in details)) return null
  return typeof details.effectiveAt === 'string' ? details.effectiveAt : null
}
