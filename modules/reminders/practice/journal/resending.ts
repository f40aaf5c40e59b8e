import { type Message, resendMessage } from '#contract/reminders'
import { useEndpoint } from '#platform/ui/data.ts'
import { sentenceOf } from '#platform/ui/errors.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { notify } from '#platform/ui/toast.tsx'

/** Sends one again, where that is possible. */
export function useResending() {
  const t = useMessages()
  const may = useMay()
  const resending = useEndpoint(resendMessage, {
    onError: (error) => notify.failed({ title: sentenceOf(error, t) }),
    onSuccess: ({ recipient }) =>
      notify.done({ title: t('reminders.resent'), description: recipient ?? undefined }),
  })
  return {
    can: ({ state, patient, feeNoteId }: Message) =>
      may('reminders.send') &&
      may('patients.read') &&
      (feeNoteId === null || may('fees.manage')) &&
      patient !== null &&
      (state === 'sent' || state === 'failed'),
    resend: ({ id }: Message) => resending.mutate({ params: { id } }),
    busy: resending.isPending,
  }
}
