import { handleCall, keepBooking, reopenCall, type Call } from '#contract/calls'
import { useEndpoint } from '#platform/ui/data.ts'
import { sentenceOf } from '#platform/ui/errors.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { useCallName } from './use-call-name.ts'

/** What is done with a call by one tap, and taken back by another. */
export function useCallActs() {
  const t = useMessages()
  const nameOf = useCallName()
  const onError = (error: unknown) => notify.failed({ title: sentenceOf(error, t) })
  const reopening = useEndpoint(reopenCall, {
    onError,
    onSuccess: (call) => notify.told({ title: t('calls.reopened', { name: nameOf(call) }) }),
  })
  const reopen = ({ id }: Pick<Call, 'id'>) => reopening.mutate({ params: { id } })
  const handling = useEndpoint(handleCall, {
    onError,
    onSuccess: (call) =>
      notify.done({ title: t('calls.handled', { name: nameOf(call) }), undo: () => reopen(call) }),
  })
  const keeping = useEndpoint(keepBooking, { onError })
  return {
    busy: handling.isPending || reopening.isPending,
    reopen,
    handle: ({ id }: Pick<Call, 'id'>) => handling.mutate({ params: { id } }),
    keepBooking: ({ id }: Pick<Call, 'id'>, appointmentId: string) =>
      keeping.mutate({ params: { id }, body: { appointmentId } }),
  }
}
