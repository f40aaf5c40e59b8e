import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import { explanation } from '#backoffice/access'
import { StepUp } from '#backoffice/identity'
import { asleep } from '#backoffice/impersonation'
import { getSession } from '#contract/identity'
import { CardsProvider } from '#platform/ui/cards.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { noteSession } from '#platform/ui/ended-session.ts'
import { LimitChoicesProvider } from '#platform/ui/limit-choice.tsx'
import { listen } from '#platform/ui/live.ts'
import { Wanted } from '#platform/ui/part.tsx'
import { adoptLanguage, type Language } from '#platform/ui/preferences.ts'
import { RecordSourcesProvider } from '#platform/ui/record-sources.tsx'
import { SessionProvider } from '#platform/ui/session.tsx'
import { ErrorState } from '#platform/ui/states.tsx'
import { WhyProvider } from '#platform/ui/why.tsx'
import { cards, limitChoices, recordSources } from '../manifests.ts'
import { useFallingAsleep } from './falling-asleep.ts'
import { Shell } from './shell.tsx'
import { ShellSkeleton } from './shell-skeleton.tsx'
import { SignOutProvider, useLeaving } from './sign-out.ts'

/** Everything behind the sign-in: asks who is there, then listens to the news of what they may see. */
export function SignedIn() {
  const { leaving, leave } = useLeaving()
  const { data: me, error, refetch } = useEndpoint(getSession, {}, { enabled: !leaving })

  const known = me !== undefined && !leaving
  useEffect(() => {
    if (known) noteSession()
  }, [known])

  const session = useMemo(
    () =>
      me && {
        ...me,
        id: me.staffId,
        permissions: new Set(me.permissions),
        limited: new Set(me.limited),
      },
    [me],
  )
  if (session && me && !leaving)
    return (
      <SignOutProvider value={leave}>
        <SessionProvider session={session}>
          {/* Before the shell: effects run in this order, and a page asks in one of them. */}
          <Listening language={me.language} />
          {me.asleepFor !== null ? (
            <Wanted
              part={asleep}
              when
              give={{ me }}
              otherwise={<ShellSkeleton />}
              onFailed={() => undefined}
            />
          ) : (
            <WhyProvider explanation={explanation}>
              <LimitChoicesProvider choices={limitChoices}>
                <RecordSourcesProvider sources={recordSources}>
                  <CardsProvider cards={cards}>
                    <Shell />
                  </CardsProvider>
                </RecordSourcesProvider>
              </LimitChoicesProvider>
            </WhyProvider>
          )}
          <StepUp />
        </SessionProvider>
      </SignOutProvider>
    )
  // Signed out: the app is on its way to the sign-in page.
  if (error && error.code !== 'signed_out') return <ErrorState error={error} onRetry={refetch} />
  return <ShellSkeleton />
}

/** Has the pages ask in the person's language, and with the news of what they show under way. */
function Listening({ language }: { language: Language }) {
  const queries = useQueryClient()
  useEffect(() => adoptLanguage(language), [language])
  useFallingAsleep()
  useEffect(
    () => listen(queries, () => void queries.invalidateQueries({ queryKey: [getSession.path] })),
    [queries],
  )
  return null
}
