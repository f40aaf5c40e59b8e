import { useCallback, useRef, useState } from 'react'
import { choosePassword, signIn } from '#contract/identity'
import { problemsByField } from '#platform/ui/api-error.ts'
import { Button } from '#platform/ui/button.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { sentenceOf } from '#platform/ui/errors.ts'
import { ButtonLink, useGo } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { codeOf, useIsDemonstration } from '../factors/prompted-code.ts'
import { Problem } from '#platform/ui/problem.tsx'
import { NewPasswordField } from '#platform/ui/new-password-field.tsx'
import { leastLength, lengthOf } from '#platform/ui/new-password-length.ts'
import { AfterPassword, type SecondStep } from '../sign-in/after-password.tsx'
import { Step } from '#platform/ui/step.tsx'
import { LinkGone } from './link-gone.tsx'
import type { OpenedLink } from './link-page.tsx'

/** By an invitation or a reset link. The password chosen, one goes on to the second factor without typing it again. */
export function ChoosePassword({ link }: { link: OpenedLink }) {
  const t = useMessages()
  const go = useGo()
  const [password, setPassword] = useState('')
  const [short, setShort] = useState(false)
  const [second, setSecond] = useState<SecondStep | null>(null)
  const enter = useEndpoint(signIn, {
    onSuccess: (next) => {
      setSecond(next)
      showSignInAddress()
    },
  })
  const input = useRef<HTMLInputElement>(null)
  const choose = useEndpoint(choosePassword, {
    onSuccess: ({ email }) => enter.mutate({ body: { email, password } }),
    onError: () => input.current?.focus(),
  })
  const demonstration = useIsDemonstration()
  const prompt = useCallback(
    (signal: AbortSignal, onWaiting: () => void) => codeOf(link.email, signal, onWaiting),
    [link.email],
  )

  if (second)
    return (
      <AfterPassword
        step={second}
        prompt={demonstration ? prompt : undefined}
        onRestart={() => go('/sign-in')}
      />
    )
  if (choose.error?.code === 'link_gone') return <LinkGone incomplete={false} />
  if (enter.isError)
    return (
      <Step title={t('identity.chosen')} help={<p>{t('identity.chosen.help')}</p>}>
        <ButtonLink variant="primary" to="/sign-in" className="w-full">
          {t('identity.to-sign-in')}
        </ButtonLink>
      </Step>
    )

  const told = problemsByField(choose.error)['password']
  const busy = choose.isPending || choose.isSuccess
  const invited = link.kind === 'invitation'
  return (
    <Step
      title={invited ? t('identity.invitation.welcome', { name: link.name }) : t('identity.password.choose')}
      help={
        <p>
          {t(invited ? 'identity.invitation.help' : 'identity.password.choose.help', { email: link.email })}
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
          {t('identity.password.choose.submit')}
        </Button>
      </form>
    </Step>
  )
}

/**
 * The link is spent: whoever reloads the page from here on signs in. Past the router, which looks after `history`
 * itself and would leave this page for that one.
 */
function showSignInAddress() {
  History.prototype.replaceState.call(history, history.state, '', '/sign-in')
}
