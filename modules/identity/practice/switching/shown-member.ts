import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { getMemberSession, type MemberMe } from '#contract/identity'
import { sayWhoIsShown } from '#platform/ui/call.ts'
import { keyOf } from '#platform/ui/data.ts'

/**
 * Whom this window shows: who was signed in when it was loaded, until it is loaded anew. Its session may meanwhile have
 * gone to another practice, by another window.
 */
export function useShownMember(me: MemberMe | undefined): {
  shown: MemberMe | undefined
  elsewhere: boolean
} {
  const queries = useQueryClient()
  const [first, setFirst] = useState(me)
  if (!first && me) setFirst(me)
  const memberId = first?.memberId
  useEffect(() => {
    if (!memberId) return
    return sayWhoIsShown(
      memberId,
      () => void queries.invalidateQueries({ queryKey: keyOf(getMemberSession) }),
    )
  }, [memberId, queries])
  const elsewhere = me !== undefined && first !== undefined && me.memberId !== first.memberId
  return { shown: elsewhere ? first : me, elsewhere }
}
