import { revokeImpersonation, withdrawImpersonation } from '#contract/impersonation'
import type { ApiError } from '#platform/ui/api-error.ts'
import { useEndpoint } from '#platform/ui/data.ts'
import { sentenceOf } from '#platform/ui/errors.ts'
import { type MessageKey, useMessages } from '#platform/ui/messages.tsx'
import { notify } from '#platform/ui/toast.tsx'

/** Ending takes no more than a click: whoever was shown the door by mistake asks again. */
export function useQuickActs() {
  const t = useMessages()
  const told = (title: MessageKey) => ({
    onSuccess: () => notify.done({ title: t(title) }),
    onError: (error: ApiError) => notify.failed({ title: sentenceOf(error, t) }),
  })
  const revoking = useEndpoint(revokeImpersonation, told('impersonation.act.revoke.done'))
  const withdrawing = useEndpoint(withdrawImpersonation, told('impersonation.act.withdraw.done'))
  return {
    revoke: (id: string) => revoking.mutate({ params: { id } }),
    withdraw: (id: string) => withdrawing.mutate({ params: { id } }),
    isEnding: revoking.isPending || withdrawing.isPending,
  }
}
