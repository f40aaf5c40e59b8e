import { useRef, useState } from 'react'
import { chooseMemberPassword, type openMemberLink, signInMember } from '#contract/identity'
import type { OutputOf } from '#platform/contract/endpoint.ts'
import { problemsByField } from '#platform/ui/api-error.ts'
import { Button } from '#platform/ui/button.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { sentenceOf } from '#platform/ui/errors.ts'
import { ButtonLink, useGo } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { NewPasswordField } from '#platform/ui/new-password-field.tsx'
import { leastLength, lengthOf } from '#platform/ui/new-password-length.ts'
import { Problem } from '#platform/ui/problem.tsx'
import { Step } from '#platform/ui/step.tsx'
import { AfterPassword, type NextStep } from './after-password.tsx'
import { LinkGone } from './link-gone.tsx'
import { useEnter } from './use-enter.ts'

type OpenedLink = OutputOf<typeof openMemberLink> & { token: string }

/** By an invitation or a reset link. The password chosen, one is in without typing it again. */
export function ChoosePassword({ link }: { link: OpenedLink }) {
  const t = useMessages()
  const go = useGo()
  const enter = useEnter()
  const input = useRef<HTMLInputElement>(null)
  const [password, setPassword] = useState('')
  const [short, setShort] = useState(false)
  const [step, setStep] = useState<NextStep | null>(null)
  const signIn = useEndpoint(signInMember, {
    onSuccess: (next) => (next.step === 'entered' ? enter(next.me) : setStep(next)),
  })
  const choose = useEndpoint(chooseMemberPassword, {
    onSuccess: ({ email }) => signIn.mutate({ body: { email, password } }),
    onError: () => input.current?.focus(),
  })

  if (step) return <AfterPassword first={step} onDone={enter} onRestart={() => go('/sign-in')} />
  if (choose.error?.code === 'link_gone') return <LinkGone incomplete={false} />
  if (signIn.isError)
    return (
      <Step
        title={t('identity.practice.chosen')}
        help={
          // What keeps them out, a suspended practice say, is no fault of the password they chose.
          <p>
            {signIn.error.status === 403 ? sentenceOf(signIn.error, t) : t('identity.practice.chosen.help')}
          </p>
        }
      >
        <ButtonLink variant="primary" to="/sign-in" className="w-full">
          {t('identity.practice.to-sign-in')}
        </ButtonLink>
      </Step>
    )

  const told = problemsByField(choose.error)['password']
  const busy = choose.isPending || choose.isSuccess
  return (
    <Step
      title={
        link.kind === 'invitation'
          ? t('identity.practice.welcome', { name: link.name })
          : t('identity.practice.password')
      }
      help={
        <p>
          {link.kind === 'invitation' && link.practices.length > 0
            ? t('identity.practice.welcome.help', { email: link.email, practices: link.practices.join(', ') })
            : t('identity.practice.password.help', { email: link.email })}
        </p>
      }
    >
      <form
        noValidate
        aria-busy={busy}
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          if (busy) return
          const isShort = lengthOf(password) < leastLength
          setShort(isShort)
          if (isShort) input.current?.focus()
          else choose.mutate({ body: { token: link.token, password } })
        }}
      >
        {choose.error && !told && <Problem>{sentenceOf(choose.error, t)}</Problem>}
        {/* For password managers, which keep a password with its account. */}
        <input type="email" autoComplete="username" value={link.email} readOnly hidden />
        <NewPasswordField
          ref={input}
          value={password}
          // The page has one purpose, which begins here.
          // oxlint-disable-next-line jsx-a11y/no-autofocus
          autoFocus
          onChange={(typed) => {
            setShort(false)
            if (choose.isError) choose.reset()
            setPassword(typed)
          }}
          error={short ? t('ui.new-password.short') : told}
        />
        <Button type="submit" variant="primary" loading={busy} className="w-full">
          {t('identity.practice.password.submit')}
        </Button>
      </form>
    </Step>
  )
}
