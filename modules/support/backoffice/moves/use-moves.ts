/** Putting tickets together, taking them apart and throwing them away: each said once it is done, with its way back. */
import {
  mergeTicket,
  moveTicketMessages,
  restoreTicket,
  splitTicket,
  type Ticket,
  trashTicket,
  undoTicketMove,
} from '#contract/support'
import type { ApiError } from '#platform/ui/api-error.ts'
import { useEndpoint } from '#platform/ui/data.ts'
import { sentenceOf } from '#platform/ui/errors.ts'
import { useGo } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { ticketTo } from '../addresses.ts'
import type { ShownTicket } from '../ticket/use-adopt.ts'

/** Undoes what the log of a ticket tells of. */
export function useUndoMove() {
  const t = useMessages()
  const undo = useEndpoint(undoTicketMove, {
    onSuccess: () => notify.done({ title: t('support.move.undone') }),
    onError: (error) => notify.failed({ title: sentenceOf(error, t) }),
  })
  return { undo: (moveId: string) => undo.mutate({ params: { moveId } }), busy: undo.isPending }
}

export function useMoves(ticket: ShownTicket) {
  const t = useMessages()
  const go = useGo()
  const back = useUndoMove()
  const params = { id: ticket.id }
  const onError = (error: ApiError) => notify.failed({ title: sentenceOf(error, t) })

  const merge = useEndpoint(mergeTicket, {})
  const split = useEndpoint(splitTicket, {})
  const move = useEndpoint(moveTicketMessages, {})
  const restore = useEndpoint(restoreTicket, {
    onError,
    onSuccess: () => notify.done({ title: t('support.restored', { number: String(ticket.number) }) }),
  })
  const trash = useEndpoint(trashTicket, {
    onError,
    onSuccess: () =>
      notify.done({
        title: t('support.trashed', { number: String(ticket.number) }),
        undo: () => restore.mutate({ params }),
      }),
  })
  const named = (from: number, into: number) => ({ from: String(from), into: String(into) })

  return {
    merge,
    split,
    move,
    busy: trash.isPending || restore.isPending || back.busy,
    trash: () => trash.mutate({ params }),
    restore: () => restore.mutate({ params }),
    undo: back.undo,
    /** Ends where it lives from then on. @param from the one that is put away: this one, or a younger duplicate of it */
    mergeNow: (
      from: Pick<Ticket, 'id' | 'number'>,
      into: Pick<Ticket, 'id' | 'number'>,
      onDone?: () => void,
    ) =>
      merge.mutate(
        { params: { id: from.id }, body: { intoId: into.id } },
        {
          onSuccess: ({ moveId }) => {
            onDone?.()
            notify.done({
              title: t('support.merged', named(from.number, into.number)),
              undo: () => {
                back.undo(moveId)
                if (from.id === ticket.id) go(ticketTo(from.id))
              },
            })
            if (into.id !== ticket.id) go(ticketTo(into.id))
          },
        },
      ),
    splitNow: (subject: string, messageIds: string[], onDone: () => void) =>
      split.mutate(
        { params, body: { subject, messageIds } },
        {
          onSuccess: ({ moveId, ticket: made }) => {
            onDone()
            notify.done({
              title: t('support.split.done', {
                ...named(ticket.number, made.number),
                count: messageIds.length,
              }),
              undo: () => {
                back.undo(moveId)
                go(ticketTo(ticket.id))
              },
            })
            go(ticketTo(made.id))
          },
        },
      ),
    moveNow: (into: Pick<Ticket, 'id' | 'number'>, messageIds: string[], onDone: () => void) =>
      move.mutate(
        { params, body: { intoId: into.id, messageIds } },
        {
          onSuccess: ({ moveId }) => {
            onDone()
            notify.done({
              title: t('support.moved', { ...named(ticket.number, into.number), count: messageIds.length }),
              undo: () => back.undo(moveId),
            })
          },
        },
      ),
  }
}

export type Moves = ReturnType<typeof useMoves>
