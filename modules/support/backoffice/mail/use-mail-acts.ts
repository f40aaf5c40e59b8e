/** What is decided on a mail, said at once and with its way back. */
import { discardReceivedMail, fileReceivedMail, type ReceivedMail } from '#contract/support'
import type { ApiError } from '#platform/ui/api-error.ts'
import type { CallInput } from '#platform/contract/endpoint.ts'
import { useEndpoint } from '#platform/ui/data.ts'
import { sentenceOf } from '#platform/ui/errors.ts'
import { useGo } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { ticketTo } from '../addresses.ts'
import { senderName } from './mail-words.tsx'

type Into = CallInput<typeof fileReceivedMail>['body']['into']

export function useMailActs(mail: ReceivedMail, onDecided: (mail: ReceivedMail) => void) {
  const t = useMessages()
  const go = useGo()
  const params = { id: mail.id }
  const onError = (error: ApiError) => notify.failed({ title: sentenceOf(error, t) })
  const filing = useEndpoint(fileReceivedMail, {
    onSuccess: (after, { body: { into } }) => {
      const { ticket } = after
      if (ticket)
        notify.done({
          title: t(into.to === 'new' ? 'support.received.opened' : 'support.received.filed', {
            number: String(ticket.number),
          }),
          action: { label: t('support.received.see'), onSelect: () => go(ticketTo(ticket.id)) },
        })
      onDecided(after)
    },
  })
  const restoring = useEndpoint(discardReceivedMail, {
    onError,
    onSuccess: (after) =>
      notify.done({ title: t('support.received.restored', { from: senderName(after.from, t) }) }),
  })
  const discarding = useEndpoint(discardReceivedMail, {
    onError,
    onSuccess: (after) => {
      notify.done({
        title: t('support.received.discarded', { from: senderName(after.from, t) }),
        undo: () => restoring.mutate({ params, body: { revision: after.revision, discarded: false } }),
      })
      onDecided(after)
    },
  })
  return {
    filing,
    busy: filing.isPending || discarding.isPending || restoring.isPending,
    /** From a form, which says what was wrong with it. */
    file: (into: Into) => filing.mutate({ params, body: { revision: mail.revision, into } }),
    /** With one press. */
    add: (ticketId: string) =>
      filing.mutate(
        { params, body: { revision: mail.revision, into: { to: 'ticket', ticketId } } },
        { onError },
      ),
    discard: () => discarding.mutate({ params, body: { revision: mail.revision, discarded: true } }),
    restore: () =>
      restoring.mutate(
        { params, body: { revision: mail.revision, discarded: false } },
        { onSuccess: onDecided },
      ),
  }
}

export type MailActs = ReturnType<typeof useMailActs>
