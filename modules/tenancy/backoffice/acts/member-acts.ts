import { endMemberSessions, type Member, resendMemberInvitation } from '#contract/identity'
import type { ApiError } from '#platform/ui/api-error.ts'
import { useEndpoint } from '#platform/ui/data.ts'
import { sentenceOf } from '#platform/ui/errors.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { notify } from '#platform/ui/toast.tsx'

/** Acts on the people of a practice that need no more than a click. */
export function useMemberActs() {
  const t = useMessages()
  const onError = (error: ApiError) =>
    error.code !== 'step_up_required' && notify.failed({ title: sentenceOf(error, t) })
  const resending = useEndpoint(resendMemberInvitation, { onError })
  const ending = useEndpoint(endMemberSessions, { onError })
  return {
    resend: ({ id, email }: Member) =>
      resending.mutate(
        { params: { id } },
        { onSuccess: () => notify.done({ title: t('tenancy.member.resent', { email }) }) },
      ),
    endSessions: ({ id }: Member) =>
      ending.mutate(
        { params: { id } },
        {
          onSuccess: ({ ended }) =>
            notify.done({ title: t('tenancy.member.sessions-ended', { count: ended }) }),
        },
      ),
  }
}

export type MemberActs = ReturnType<typeof useMemberActs>
