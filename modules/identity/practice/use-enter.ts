import { useQueryClient } from '@tanstack/react-query'
import { getMemberSession, type MemberMe } from '#contract/identity'
import { keyOf } from '#platform/ui/data.ts'
import { useGo } from '#platform/ui/link.tsx'
import { wantedPage } from '#platform/ui/wanted-page.ts'

/** Into the practice, to the page that was asked for. */
export function useEnter(): (me: MemberMe) => void {
  const go = useGo()
  const queries = useQueryClient()
  return (me) => {
    // Nothing of another practice, or of another person, is left on this screen.
    queries.clear()
    queries.setQueryData(keyOf(getMemberSession), me)
    go(wantedPage(new URLSearchParams(location.search).get('next'), location.origin), { replace: true })
  }
}
