import { useState } from 'react'
import { signInMember } from '#contract/identity'
import type { OutputOf } from '#platform/contract/endpoint.ts'
import { problemsByField } from '#platform/ui/api-error.ts'
import { Button } from '#platform/ui/button.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { Field } from '#platform/ui/field.tsx'
import { FormErrors } from '#platform/ui/form.tsx'
import { Input } from '#platform/ui/input.tsx'
import { TextLink } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { Problems } from '#platform/ui/problems.ts'
import { useWait, Wait } from '#platform/ui/waiting.tsx'

export type Credentials = { email: string; password: string }

type PasswordFormProps = {
  value: Credentials
  onChange: (value: Credentials) => void
  /** Why one is here again. */
  notice: string | null
  onDone: (next: OutputOf<typeof signInMember>) => void
}

/** Both fields stay as typed when they were wrong, so that one letter can be corrected. */
export function PasswordForm({ value, onChange, notice, onDone }: PasswordFormProps) {
  const t = useMessages()
  const [missing, setMissing] = useState<Partial<Record<keyof Credentials, string>>>({})
  const attempt = useEndpoint(signInMember, { onSuccess: onDone })
  // Another account than the one that was tried too often need not wait.
  const tried = attempt.variables?.body.email === value.email
  const left = useWait(attempt.error)
  const wait = tried ? left : 0

  const submit = () => {
    const empty = {
      ...(!value.email.trim() && { email: t('identity.practice.email.missing') }),
      ...(!value.password && { password: t('identity.practice.password.missing') }),
    }
    setMissing(empty)
    const first = Object.keys(empty)[0]
    if (first) document.querySelector<HTMLElement>(`[name="${first}"]`)?.focus()
    else attempt.mutate({ body: value })
  }
  const change = (part: Partial<Credentials>) => {
    setMissing({})
    onChange({ ...value, ...part })
  }
  return (
    <Problems value={problemsByField(attempt.error)}>
      <form
        noValidate
        aria-busy={attempt.isPending}
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          if (!attempt.isPending && wait === 0) submit()
        }}
      >
        {wait > 0 && <Wait seconds={wait} />}
        {attempt.error && attempt.error.status !== 429 && <FormErrors error={attempt.error} />}
        {notice && attempt.isIdle && (
          <output className="rounded-control bg-info-soft px-3 py-2 text-13 text-info-ink">{notice}</output>
        )}
        <Field label={t('identity.practice.email')} name="email" error={missing.email}>
          <Input
            type="email"
            // Passkeys stand among the addresses that the browser offers.
            autoComplete="username webauthn"
            autoCapitalize="none"
            spellCheck={false}
            // The page has one purpose, which begins here.
            // oxlint-disable-next-line jsx-a11y/no-autofocus
            autoFocus
            value={value.email}
            onChange={(email) => change({ email })}
          />
        </Field>
        <Field label={t('identity.practice.password')} name="password" error={missing.password}>
          <Input
            type="password"
            autoComplete="current-password"
            value={value.password}
            onChange={(password) => change({ password })}
          />
        </Field>
        <Button
          type="submit"
          variant="primary"
          loading={attempt.isPending}
          disabled={wait > 0}
          className="mt-1 w-full"
        >
          {t('identity.practice.sign-in.submit')}
        </Button>
        <p className="text-center text-13">
          <TextLink to="/forgotten-password">{t('identity.practice.forgotten.ask')}</TextLink>
        </p>
      </form>
    </Problems>
  )
}
