import { Mails } from 'lucide-react'
import { useState } from 'react'
import { askMemberPasswordReset, getMemberEnvironment } from '#contract/identity'
import { problemsByField } from '#platform/ui/api-error.ts'
import { Button, buttonClass } from '#platform/ui/button.tsx'
import { cx } from '#platform/ui/cx.ts'
import { useEndpoint } from '#platform/ui/data.ts'
import { sentenceOf } from '#platform/ui/errors.ts'
import { Field } from '#platform/ui/field.tsx'
import { Input } from '#platform/ui/input.tsx'
import { ButtonLink } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { Problem } from '#platform/ui/problem.tsx'
import { Step } from '#platform/ui/step.tsx'
import { useWait, Wait } from '#platform/ui/waiting.tsx'
import { BarePage } from './bare-page.tsx'

/** Says the same whether the account exists or not. */
export function ForgottenPasswordPage() {
  const t = useMessages()
  const [email, setEmail] = useState('')
  const [missing, setMissing] = useState(false)
  const ask = useEndpoint(askMemberPasswordReset)
  const wait = useWait(ask.error)
  if (ask.isSuccess)
    return (
      <BarePage>
        <Step
          key="sent"
          title={t('identity.practice.forgotten.sent')}
          help={<p>{t('identity.practice.forgotten.sent.help', { email: email.trim() })}</p>}
        >
          <div className="flex flex-col gap-2">
            <DemonstrationMails />
            <Button onClick={() => ask.reset()}>{t('identity.practice.forgotten.other')}</Button>
            <ButtonLink variant="ghost" to="/sign-in">
              {t('identity.practice.to-sign-in')}
            </ButtonLink>
          </div>
        </Step>
      </BarePage>
    )
  const told = problemsByField(ask.error)['email']
  return (
    <BarePage>
      <Step title={t('identity.practice.forgotten')} help={<p>{t('identity.practice.forgotten.help')}</p>}>
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
            label={t('identity.practice.email')}
            name="email"
            error={missing ? t('identity.practice.email.missing') : told}
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
              {t('identity.practice.forgotten.submit')}
            </Button>
            <ButtonLink variant="ghost" to="/sign-in">
              {t('identity.practice.to-sign-in')}
            </ButtonLink>
          </div>
        </form>
      </Step>
    </BarePage>
  )
}

/** The demonstration sends no mail: what it would have sent can be read at the back-office's door. */
function DemonstrationMails() {
  const t = useMessages()
  const { data } = useEndpoint(getMemberEnvironment)
  if (!data?.mailsUrl) return null
  return (
    <a href={data.mailsUrl} className={cx(buttonClass({}), 'w-full')}>
      <Mails aria-hidden size={16} className="-ml-0.5 shrink-0" />
      {t('identity.practice.demonstration.mails')}
    </a>
  )
}
