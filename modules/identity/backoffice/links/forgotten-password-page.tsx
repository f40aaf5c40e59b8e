import { useState } from 'react'
import { askPasswordReset } from '#contract/identity'
import { problemsByField } from '#platform/ui/api-error.ts'
import { Button } from '#platform/ui/button.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { sentenceOf } from '#platform/ui/errors.ts'
import { Field } from '#platform/ui/field.tsx'
import { Input } from '#platform/ui/input.tsx'
import { ButtonLink } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { BarePage } from '../bare-page.tsx'
import { Problem } from '#platform/ui/problem.tsx'
import { useWait, Wait } from '#platform/ui/waiting.tsx'
import { DemonstrationMailsLink } from '../sign-in/demonstration-mails-link.tsx'
import { Step } from '#platform/ui/step.tsx'

/** Says the same whether the account exists or not. */
export function ForgottenPasswordPage() {
  const t = useMessages()
  const [email, setEmail] = useState('')
  const [missing, setMissing] = useState(false)
  const ask = useEndpoint(askPasswordReset)
  const wait = useWait(ask.error)
  if (ask.isSuccess)
    return (
      <BarePage>
        <Step
          key="sent"
          title={t('identity.forgotten.sent')}
          help={<p>{t('identity.forgotten.sent.help', { email: email.trim() })}</p>}
        >
          <div className="flex flex-col gap-2">
            <DemonstrationMailsLink />
            <Button onClick={() => ask.reset()}>{t('identity.forgotten.other')}</Button>
            <ButtonLink variant="ghost" to="/sign-in">
              {t('identity.to-sign-in')}
            </ButtonLink>
          </div>
        </Step>
      </BarePage>
    )
  const told = problemsByField(ask.error)['email']
  return (
    <BarePage>
      <Step title={t('identity.forgotten')} help={<p>{t('identity.forgotten.help')}</p>}>
        <form
          noValidate
          aria-busy={ask.isPending}
          className="flex flex-col gap-4"
          onSubmit={(event) => {
            event.preventDefault()
            setMissing(!email.trim())
            if (email.trim() && !ask.isPending && wait === 0) ask.mutate({ body: { email } })
          }}
        >
          {wait > 0 && <Wait seconds={wait} />}
          {ask.error && ask.error.status !== 429 && !told && <Problem>{sentenceOf(ask.error, t)}</Problem>}
          <Field
            label={t('identity.email')}
            name="email"
            error={missing ? t('identity.email.missing') : told}
          >
            <Input
              type="email"
              autoComplete="username"
              autoCapitalize="none"
              spellCheck={false}
              // The page has one purpose, which begins here.
              // oxlint-disable-next-line jsx-a11y/no-autofocus
              autoFocus
              value={email}
              onChange={(typed) => {
                setMissing(false)
                setEmail(typed)
              }}
            />
          </Field>
          <div className="flex flex-col gap-2">
            <Button type="submit" variant="primary" loading={ask.isPending} disabled={wait > 0}>
              {t('identity.forgotten.submit')}
            </Button>
            <ButtonLink variant="ghost" to="/sign-in">
              {t('identity.to-sign-in')}
            </ButtonLink>
          </div>
        </form>
      </Step>
    </BarePage>
  )
}
