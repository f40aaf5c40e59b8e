import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import { getSession } from '#contract/identity'
import { useEndpoint } from '#platform/ui/data.ts'
import { listen } from '#platform/ui/live.ts'
import { adoptLanguage } from '#platform/ui/preferences.ts'
import { SessionProvider } from '#platform/ui/session.tsx'
import { ErrorState } from '#platform/ui/states.tsx'
import { Shell } from './shell.tsx'
import { ShellSkeleton } from './page-skeleton.tsx'

/** Everything behind the sign-in: asks who is there, then listens to the news of what they may see. */
export function SignedIn() {
  const { data: me, error, refetch } = useEndpoint(getSession)
  const queries = useQueryClient()
  const known = Boolean(me)

  const session = useMemo(() => me && { ...me, id: me.staffId, permissions: new Set(me.permissions) }, [me])
  useEffect(() => {
    if (me) adoptLanguage(me.language)
  }, [me])
  useEffect(() => {
    if (known) return listen(queries, () => void queries.invalidateQueries({ queryKey: [getSession.path] }))
  }, [known, queries])

  if (session)
    return (
      <SessionProvider session={session}>
        <Shell />
      </SessionProvider>
    )
  // Signed out: the app is on its way to the sign-in page.
  if (error && error.code !== 'signed_out') return <ErrorState error={error} onRetry={refetch} />
  return <ShellSkeleton />
}
