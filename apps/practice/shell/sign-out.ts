import { useQueryClient } from '@tanstack/react-query'
import { createContext, use } from 'react'
import { signOutMember } from '#contract/identity'
import { useEndpoint } from '#platform/ui/data.ts'
import { forgetSession } from '#platform/ui/ended-session.ts'
import { sentenceOf } from '#platform/ui/errors.ts'
import { useGo } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { notify } from '#platform/ui/toast.tsx'

/** A session of one’s own, or the standing in for somebody. */
type Leaving = { leave: () => void; ends: 'session' | 'impersonation' }

const Context = createContext<Leaving>({ leave: () => undefined, ends: 'session' })

export const SignOutProvider = Context

/** For the menu that offers to leave. */
export function useSignOut(): Leaving {
  return use(Context)
}

/** While one leaves no screen may ask for anything more: the server would no longer know who asks. */
export function useLeaving(): { leaving: boolean; leave: () => void } {
  const t = useMessages()
  const go = useGo()
  const queries = useQueryClient()
  const leave = useEndpoint(signOutMember, {
    onSuccess: () => {
      go('/sign-in')
      queries.clear()
    },
    onError: (error) => notify.failed({ title: sentenceOf(error, t) }),
  })
  return {
    leaving: leave.isPending || leave.isSuccess,
    leave: () => {
      // At once: whatever is refused meanwhile is no session that ended by itself.
      forgetSession()
      leave.mutate({})
    },
  }
}
