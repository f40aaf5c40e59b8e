import { undoPayment } from '#contract/fees'
import { useEndpoint } from '#platform/ui/data.ts'
import { sentenceOf } from '#platform/ui/errors.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { notify } from '#platform/ui/toast.tsx'

/** Takes back a payment of the day: it stays in the list, marked as undone. */
export function useUndoPayment() {
  const t = useMessages()
  return useEndpoint(undoPayment, {
    onSuccess: () => notify.done({ title: t('fees.payment.undone.done') }),
    onError: (error) => notify.failed({ title: sentenceOf(error, t) }),
  })
}
