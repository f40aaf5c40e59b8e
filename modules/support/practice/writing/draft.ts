import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { getMemberSession } from '#contract/identity'
import { getHelpDraftKey, removeOwnAttachment, type TicketAttachment } from '#contract/support'
import { call } from '#platform/ui/call.ts'
import { answerTo, useEndpoint } from '#platform/ui/data.ts'
import { useSession } from '#platform/ui/session.tsx'
import { openSealedDrafts, type SealedDrafts } from './sealed-drafts.ts'

export type Draft = {
  /** Of the ticket to be, chosen here: its files come before it, and asking twice asks once. */
  id: string
  /** Of the answer to be, another one whenever a word changes: the same words sent twice are said once. */
  messageId: string
  subject: string
  topic: string
  body: string
  /** Those that reached the server. */
  files: readonly TicketAttachment[]
}

export type KeptDraft = {
  draft: Draft
  /** Found again rather than begun now. */
  isResumed: boolean
  change: (part: Partial<Draft> | ((draft: Draft) => Partial<Draft>)) => void
  /** It was sent. */
  forget: () => void
  /** It is not sent, nor are its files. */
  discard: () => void
}

/** What the tab holds of one draft, and where it is kept; without a store it lasts as long as the page. */
export type StoredDraft = { place: string; store: SealedDrafts | null; found: Draft | undefined }

/**
 * @param place `new`, or the id of the ticket that is answered
 * @returns undefined while the key is on its way
 */
export function useStoredDraft(place: string): StoredDraft | undefined {
  const { id: memberId } = useSession()
  // Whoever stands in for a member writes nothing in their name, and reads nothing they did not send.
  const standsIn = Boolean(answerTo(useQueryClient(), getMemberSession)?.impersonation)
  const { data: given, isError } = useEndpoint(getHelpDraftKey, {}, { enabled: !standsIn })
  const { data } = useQuery({
    queryKey: ['help draft', memberId, place],
    queryFn: async (): Promise<StoredDraft> => {
      const store = given ? await openSealedDrafts(memberId, given.key).catch(() => null) : null
      return { place, store, found: await store?.read(place) }
    },
    enabled: given !== undefined,
    staleTime: Infinity,
    // What was found once is not found again: it may have been sent since.
    gcTime: 0,
  })
  return standsIn || (isError && !given) ? { place, store: null, found: undefined } : data
}

export function useDraft({ place, store, found }: StoredDraft): KeptDraft {
  const [isResumed, setIsResumed] = useState(found !== undefined)
  const [draft, setDraft] = useState<Draft>(() => found ?? blank(place))
  const forget = () => {
    store?.keep(place, undefined)
    setIsResumed(false)
    setDraft(blank(place))
  }
  return {
    draft,
    isResumed,
    change: (part) =>
      setDraft((before) => {
        const changed = typeof part === 'function' ? part(before) : part
        const next = { ...before, ...changed, messageId: crypto.randomUUID() }
        store?.keep(place, isEmpty(next) ? undefined : next)
        return next
      }),
    forget,
    discard: () => {
      for (const file of draft.files) discardFile(draft.id, file)
      forget()
    },
  }
}

/** At once; should it not be heard, it goes with the day. */
export function discardFile(ticketId: string, { id }: TicketAttachment): void {
  call(removeOwnAttachment, { params: { id: ticketId, attachmentId: id } }).catch(() => undefined)
}

const blank = (place: string): Draft => ({
  id: place === 'new' ? crypto.randomUUID() : place,
  messageId: crypto.randomUUID(),
  subject: '',
  topic: '',
  body: '',
  files: [],
})

const isEmpty = ({ subject, body, files }: Draft) => !subject && !body && files.length === 0
