/** Acts on colleagues that need no more than a click, each told when it is done. */
import {
  endStaffSession,
  endStaffSessions,
  reactivateStaff,
  resendInvitation,
  sendPasswordReset,
  type StaffMember,
} from '#contract/identity'
import type { ApiError } from '#platform/ui/api-error.ts'
import { useEndpoint } from '#platform/ui/data.ts'
import { sentenceOf } from '#platform/ui/errors.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { useMay, useSession } from '#platform/ui/session.tsx'
import { notify } from '#platform/ui/toast.tsx'
import type { Asker } from './staff-can.ts'
import { spokenName } from './staff-words.tsx'

export type One = Pick<StaffMember, 'id' | 'firstName' | 'lastName' | 'email'>

/** The person at the screen, for `staffCan`. */
export function useAsker(): Asker {
  const may = useMay()
  const { id: me } = useSession()
  return { may, me }
}

export function useStaffActs() {
  const t = useMessages()
  // Whoever closes the question for a second factor has decided so, and needs no telling.
  const onError = (error: ApiError) =>
    error.code !== 'step_up_required' && notify.failed({ title: sentenceOf(error, t) })
  const invitation = useEndpoint(resendInvitation, { onError })
  const password = useEndpoint(sendPasswordReset, { onError })
  const session = useEndpoint(endStaffSession, { onError })
  const sessions = useEndpoint(endStaffSessions, { onError })
  const reactivation = useEndpoint(reactivateStaff, { onError })
  const done = (title: string) => ({ onSuccess: () => notify.done({ title }) })

  return {
    resending: invitation.isPending,
    endingAll: sessions.isPending,
    /** The session that is being ended. */
    ending: session.isPending ? session.variables.params.session : null,
    resendInvitation: ({ id, email }: One) =>
      invitation.mutate({ params: { id } }, done(t('identity.staff.invitation.resent', { email }))),
    sendPasswordReset: ({ id, email }: One) =>
      password.mutate({ params: { id } }, done(t('identity.staff.password.sent', { email }))),
    endSession: ({ id }: One, which: string) =>
      session.mutate({ params: { id, session: which } }, done(t('identity.staff.session.ended'))),
    endSessions: ({ id }: One, after?: () => void) =>
      sessions.mutate(
        { params: { id } },
        {
          onSuccess: ({ ended }) => {
            notify.done({ title: t('identity.staff.sessions.ended', { count: ended }) })
            after?.()
          },
        },
      ),
    reactivate: (member: One) =>
      reactivation.mutate(
        { params: { id: member.id } },
        done(t('identity.staff.reactivated', { name: spokenName(member) })),
      ),
  }
}

export type StaffActs = ReturnType<typeof useStaffActs>
