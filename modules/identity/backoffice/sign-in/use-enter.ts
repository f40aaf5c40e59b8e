import { useQueryClient } from '@tanstack/react-query'
import { getSession, type Me } from '#contract/identity'
import { keyOf } from '#platform/ui/data.ts'
import { useGo } from '#platform/ui/link.tsx'
import { wantedPage } from '#platform/ui/wanted-page.ts'

/** Into the app, to the page that was asked for. */
export function useEnter(): (me: Me) => void {
  const go = useGo()
  const queries = useQueryClient()
  return (me) => {
    // Nothing that another person may have seen on this screen is left for this one.
    queries.clear()
    queries.setQueryData(keyOf(getSession), me)
    go(wantedPage(new URLSearchParams(location.search).get('next'), location.origin), { replace: true })
  }
}
