/** What is done to a ticket besides changing its fields, each with its way back. */
import {
  followTicket,
  markTicketRead,
  reopenTicket,
  resolveTicket,
  setTicketWaiting,
  snoozeTicket,
  type Ticket,
  undoTicketChange,
} from '#contract/support'
import type { ApiError } from '#platform/ui/api-error.ts'
import { useEndpoint } from '#platform/ui/data.ts'
import { sentenceOf } from '#platform/ui/errors.ts'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { useAdopt } from './use-adopt.ts'

export function useTicketActs(ticket: Ticket) {
  const t = useMessages()
  const formats = useFormats()
  const adopt = useAdopt(ticket.id)
  const params = { id: ticket.id }
  const onError = (error: ApiError) => notify.failed({ title: sentenceOf(error, t) })

  const undo = useEndpoint(undoTicketChange, {
    onError,
    onSuccess: ({ ticket: after }) => {
      adopt(after)
      notify.told({ title: t('support.undone', { number: String(after.number) }) })
    },
  })
  const undoOf = ({ revision }: Ticket) => undo.mutate({ params, body: { revision } })
  const reopen = useEndpoint(reopenTicket, {
    onError,
    onSuccess: (after) => {
      adopt(after)
      notify.done({ title: t('support.reopened', { number: String(after.number) }) })
    },
  })
  const resolve = useEndpoint(resolveTicket, {
    onError,
    onSuccess: (after) => {
      adopt(after)
      notify.done({
        title: t('support.resolved', { number: String(after.number) }),
        undo: () => undoOf(after),
      })
    },
  })
  const waiting = useEndpoint(setTicketWaiting, { onError, onSuccess: adopt })
  const follow = useEndpoint(followTicket, { onError, onSuccess: adopt })
  const snooze = useEndpoint(snoozeTicket, {
    onError,
    onSuccess: (after) => {
      adopt(after)
      if (after.snoozedUntil)
        notify.done({
          title: t('support.snoozed', { at: formats.dayTime(after.snoozedUntil) }),
          undo: () => undoOf(after),
        })
    },
  })
  const mark = useEndpoint(markTicketRead, { onError })
  return {
    busy: resolve.isPending || reopen.isPending,
    resolve: () => resolve.mutate({ params }),
    reopen: () => reopen.mutate({ params }),
    wait: (why: string) => waiting.mutate({ params, body: { waiting: true, why } }),
    waitNoLonger: () => waiting.mutate({ params, body: { waiting: false } }),
    follow: (following: boolean) => follow.mutate({ params, body: { following } }),
    snooze: (until: Date | null) => snooze.mutate({ params, body: { until: until?.toISOString() ?? null } }),
    markUnread: async () => {
      await mark.mutateAsync({ params, body: { read: false } })
      notify.done({ title: t('support.marked-unread', { number: String(ticket.number) }) })
    },
  }
}

export type TicketActs = ReturnType<typeof useTicketActs>
