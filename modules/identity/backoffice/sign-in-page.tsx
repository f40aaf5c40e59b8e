import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useState } from 'react'
import { getSession, type Me, type signIn } from '#contract/identity'
import type { OutputOf } from '#platform/contract/endpoint.ts'
import { cx } from '#platform/ui/cx.ts'
import { keyOf } from '#platform/ui/data.ts'
import { useGo } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { usePageTitle } from '#platform/ui/page-title.tsx'
import { CodeForm } from './code-form.tsx'
import { codeOf, DemonstrationAccounts, useDemonstrationAccounts } from './demonstration.tsx'
import { DisplayChoice } from './display-choice.tsx'
import { Enrolment } from './enrolment.tsx'
import { InstallationBadge } from './environment-badge.tsx'
import { type Credentials, PasswordForm } from './password-form.tsx'
import { wantedPage } from './wanted-page.ts'

type Step = { step: 'password'; notice: string | null } | OutputOf<typeof signIn>

const titles = {
  password: 'identity.sign-in',
  second_factor: 'identity.second-factor',
  enrolment: 'identity.enrolment',
  link_needed: 'identity.enrolment',
} as const

/** Password, then the second factor, then the page that was asked for. */
export function SignInPage() {
  const t = useMessages()
  const go = useGo()
  const queries = useQueryClient()
  const { settled, offered: hasAccounts, accounts } = useDemonstrationAccounts()
  const [step, setStep] = useState<Step>({ step: 'password', notice: null })
  const [credentials, setCredentials] = useState<Credentials>({ email: '', password: '' })
  const title = t(titles[step.step])
  usePageTitle(title)

  const chosen = accounts?.find((account) => account.email === credentials.email)?.email ?? null
  const prompt = useCallback(
    (signal: AbortSignal, onWaiting: () => void) => codeOf(chosen ?? '', signal, onWaiting),
    [chosen],
  )
  const restart = (notice: string | null = null) => {
    setCredentials((before) => ({ ...before, password: '' }))
    setStep({ step: 'password', notice })
  }
  const enter = (me: Me) => {
    // Nothing that another person may have seen on this screen is left for this one.
    queries.clear()
    queries.setQueryData(keyOf(getSession), me)
    go(wantedPage(new URLSearchParams(location.search).get('next'), location.origin), { replace: true })
  }
  const offered = step.step === 'password' && hasAccounts
  return (
    <div className="flex min-h-dvh flex-col">
      <header className="flex items-center justify-between gap-4 px-gutter py-3">
        <div className="flex items-center gap-3">
          <p className="text-14 font-semibold">
            {t('identity.product')}
            <span className="ml-2 font-regular text-ink-muted max-sm:hidden">{t('identity.face')}</span>
          </p>
          {/* At the end of its line, where it moves nothing as it comes. */}
          <InstallationBadge />
        </div>
        <DisplayChoice />
      </header>
      {/* Both columns or one: not before that is known. */}
      {settled && (
        <main
          className={cx(
            'mx-auto grid w-full flex-1 content-start gap-x-16 gap-y-10 px-gutter pt-6 pb-24',
            offered ? 'max-w-4xl lg:grid-cols-2' : 'max-w-96',
            step.step === 'enrolment' ? 'sm:pt-[5dvh]' : 'sm:pt-[16dvh]',
          )}
        >
          <div className="mx-auto w-full max-w-96 min-w-0">
            <h1 className="mb-5 text-20 font-semibold tracking-tight">{title}</h1>
            {step.step === 'password' ? (
              <PasswordForm
                value={credentials}
                onChange={setCredentials}
                notice={step.notice}
                onDone={setStep}
              />
            ) : (
              <CodeForm
                label={t('identity.code')}
                help={t(step.step === 'enrolment' ? 'identity.code.first' : 'identity.code.help')}
                submit={t(step.step === 'enrolment' ? 'identity.enrolment.submit' : 'identity.code.submit')}
                prompt={chosen && step.step === 'second_factor' ? prompt : undefined}
                onDone={enter}
                onExpired={restart}
                onBack={() => restart()}
              >
                {step.step === 'enrolment' && <Enrolment secret={step.secret} qrCode={step.qrCode} />}
              </CodeForm>
            )}
          </div>
          {offered && (
            <DemonstrationAccounts
              accounts={accounts}
              chosen={chosen}
              onChoose={({ email, password }) => setCredentials({ email, password })}
            />
          )}
        </main>
      )}
    </div>
  )
}
