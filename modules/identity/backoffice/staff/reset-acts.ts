import { approveFactorReset, cancelFactorReset, type FactorReset } from '#contract/identity'
import type { ApiError } from '#platform/ui/api-error.ts'
import { useEndpoint } from '#platform/ui/data.ts'
import { sentenceOf } from '#platform/ui/errors.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { notify } from '#platform/ui/toast.tsx'
import type { Asker } from './staff-can.ts'

export const resetCan = {
  approve: ({ state, approvable }: FactorReset) => state === 'waiting' && approvable,
  callOff: ({ state }: FactorReset, { may }: Asker) =>
    (state === 'waiting' || state === 'delayed') && may('staff.reset_factors'),
}

/** One refuses what waits for a yes, and calls off what had it. */
export const callOffWords = ({ state }: FactorReset) =>
  state === 'waiting' ? ('identity.staff.reset.refuse' as const) : ('identity.staff.reset.call-off' as const)

/** The two decisions about a lost factor, each behind a fresh second factor of one's own. */
export function useResetActs() {
  const t = useMessages()
  const onError = (error: ApiError) =>
    error.code !== 'step_up_required' && notify.failed({ title: sentenceOf(error, t) })
  const approval = useEndpoint(approveFactorReset, {
    onError,
    onSuccess: ({ name }) => notify.done({ title: t('identity.staff.reset.approved', { name }) }),
  })
  const cancelling = useEndpoint(cancelFactorReset, {
    onError,
    onSuccess: ({ name }) => notify.done({ title: t('identity.staff.reset.called-off', { name }) }),
  })
  return {
    approving: approval.isPending,
    callingOff: cancelling.isPending,
    approve: ({ id }: FactorReset) => approval.mutate({ params: { id } }),
    callOff: ({ id }: FactorReset) => cancelling.mutate({ params: { id } }),
  }
}
