import { type LinkKind, setTicketLink } from '#contract/support'
import { useEndpoint } from '#platform/ui/data.ts'
import { sentenceOf } from '#platform/ui/errors.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { notify } from '#platform/ui/toast.tsx'

export type LinkOf = { ticketId: string; kind: LinkKind; targetId: string; label: string }

/** Ties a ticket to something else or unties it, each with its way back. */
export function useLinking() {
  const t = useMessages()
  const link = useEndpoint(setTicketLink, {
    onError: (error) => notify.failed({ title: sentenceOf(error, t) }),
  })
  const set = (of: LinkOf, linked: boolean): void =>
    link.mutate(
      { params: { id: of.ticketId, kind: of.kind, targetId: of.targetId }, body: { linked } },
      {
        onSuccess: () =>
          notify.done({
            title: t(linked ? 'support.link.linked' : 'support.link.unlinked', { label: of.label }),
            undo: () => set(of, !linked),
          }),
      },
    )
  return { busy: link.isPending, link: (of: LinkOf) => set(of, true), unlink: (of: LinkOf) => set(of, false) }
}
