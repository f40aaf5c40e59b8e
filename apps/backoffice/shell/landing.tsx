import { Navigate } from '@tanstack/react-router'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { useMay, useSession } from '#platform/ui/session.tsx'
import { EmptyState } from '#platform/ui/states.tsx'
import { parseSearch } from '#platform/ui/url-state.ts'
import { landingOf } from '../manifests.ts'

/** The home page of a person is where their role begins the day. */
export function Landing() {
  const t = useMessages()
  const may = useMay()
  const { roles, name } = useSession()
  const to = landingOf(roles, may)
  if (to) {
    const { pathname, search } = new URL(to, location.origin)
    return <Navigate to={pathname} search={parseSearch(search)} replace />
  }
  return (
    <>
      <PageHeader title={t('shell.welcome', { name })} />
      <EmptyState title={t('shell.welcome.help')} />
    </>
  )
}
