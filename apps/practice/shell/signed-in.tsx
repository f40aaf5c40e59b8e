import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import { getMemberSession } from '#contract/identity'
import { moved, practiceJustEntered, StepUp, useShownMember } from '#practice/identity'
import { noteImpersonation, noteOneself, showOver, useLeavingImpersonation } from '#practice/impersonation'
import { listenToPracticeNews } from '#platform/contract/news.ts'
import { CardsProvider } from '#platform/ui/cards.tsx'
import { keyOf, useEndpoint } from '#platform/ui/data.ts'
import { forgetSession, noteSession } from '#platform/ui/ended-session.ts'
import { sentenceOf } from '#platform/ui/errors.ts'
import { useInSlices } from '#platform/ui/in-slices.ts'
import { listen } from '#platform/ui/live.ts'
import { Mark } from '#platform/ui/mark.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { PageSkeleton } from '#platform/ui/page-skeleton.tsx'
import { Wanted } from '#platform/ui/part.tsx'
import { adoptLanguage, type Language } from '#platform/ui/preferences.ts'
import { SessionProvider } from '#platform/ui/session.tsx'
import { ErrorState } from '#platform/ui/states.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { cards } from '../manifests.ts'
import { Shell } from './shell.tsx'
import { SignOutProvider, useLeaving } from './sign-out.ts'

/** Notes are their author’s: nobody writes any in another’s name, and nobody is offered to. */
const writingNotes = 'notes.write'

/** Everything behind the sign-in: asks who is there, then listens to the news of their practice. */
export function SignedIn() {
  const t = useMessages()
  const queries = useQueryClient()
  const own = useLeaving()
  const standingIn = useLeavingImpersonation((reason) => notify.failed({ title: sentenceOf(reason, t) }))
  const leaving = own.leaving || standingIn.leaving
  const { data: asked, error, refetch } = useEndpoint(getMemberSession, {}, { enabled: !leaving })
  const { shown: me, elsewhere } = useShownMember(asked)

  const known = me !== undefined && !leaving
  const until = me?.impersonation?.endsAt
  useEffect(() => {
    if (!known) return
    if (until !== undefined) {
      forgetSession()
      noteImpersonation(until)
    } else if (noteOneself()) {
      // Another tab ended it, and whoever is signed in here besides is somebody else.
      showOver()
      queries.clear()
    } else noteSession()
  }, [known, until, queries])

  const session = useMemo(
    () =>
      me && {
        id: me.memberId,
        name: me.name,
        email: me.email,
        roles: [],
        roleNames: {},
        permissions: new Set(
          me.impersonation ? me.permissions.filter((one) => one !== writingNotes) : me.permissions,
        ),
        limited: new Set<string>(),
      },
    [me],
  )
  const drawn = useInSlices(known)
  if (session && me && drawn)
    return (
      <SignOutProvider
        value={
          me.impersonation
            ? { leave: standingIn.leave, ends: 'impersonation' }
            : { leave: own.leave, ends: 'session' }
        }
      >
        <SessionProvider session={session}>
          {/* Before the shell: effects run in this order, and a page asks in one of them. */}
          <Listening language={me.language} />
          <StepUp />
          <JustEntered />
          {asked && elsewhere && (
            <Wanted part={moved} when give={{ from: me, to: asked }} onFailed={() => location.assign('/')} />
          )}
          <CardsProvider cards={cards}>
            <Shell me={me} />
          </CardsProvider>
        </SessionProvider>
      </SignOutProvider>
    )
  // Signed out: the app is on its way to the sign-in page.
  if (error && error.code !== 'signed_out' && error.code !== 'impersonation_over')
    return (
      <main>
        <ErrorState error={error} onRetry={refetch} />
      </main>
    )
  return (
    <div className="min-h-dvh">
      {/* As index.html has it before: whose practice it is comes in its place. */}
      <div className="flex h-14 items-center gap-2.5 border-b border-line px-gutter">
        <Mark />
        <p className="text-14 font-semibold">{t('ui.product')}</p>
      </div>
      <div className="mx-auto max-w-3xl p-gutter">
        <PageSkeleton />
      </div>
    </div>
  )
}

/** Whoever has just gone from one practice to another is told where they are now. */
function JustEntered() {
  const t = useMessages()
  useEffect(() => {
    const name = practiceJustEntered()
    if (name) notify.done({ title: t('practice.switched', { name }) })
  }, [t])
  return null
}

/** Has the pages ask in the person's language, and with the news of what they show under way. */
function Listening({ language }: { language: Language }) {
  const queries = useQueryClient()
  useEffect(() => adoptLanguage(language), [language])
  useEffect(
    () =>
      listen(
        queries,
        () => void queries.invalidateQueries({ queryKey: keyOf(getMemberSession) }),
        listenToPracticeNews,
      ),
    [queries],
  )
  return null
}
