/**
 * What is typed and not sent yet stays in the tab's own memory: a reload, a session that ended or a page left by mistake
 * loses nothing, and it goes with the tab. Of each member apart: the next to sign in here reads nobody else's.
 */
import { useState } from 'react'
import type { TicketAttachment } from '#contract/support'
import { useSession } from '#platform/ui/session.tsx'

export type Draft = {
  /** Of the ticket to be, chosen here: its files come before it, and asking twice asks once. */
  id: string
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
  forget: () => void
}

/** @param place `new`, or the id of the ticket that is answered */
export function useDraft(place: string): KeptDraft {
  const { id: memberId } = useSession()
  const key = `mgp.help.${memberId}.${place}`
  const [found] = useState(() => read(key))
  const [isResumed, setIsResumed] = useState(found !== undefined)
  const [draft, setDraft] = useState<Draft>(() => found ?? blank(place))
  return {
    draft,
    isResumed,
    change: (part) =>
      setDraft((before) => {
        const next = { ...before, ...(typeof part === 'function' ? part(before) : part) }
        keep(key, next)
        return next
      }),
    forget: () => {
      keep(key, undefined)
      setIsResumed(false)
      setDraft(blank(place))
    },
  }
}

const blank = (place: string): Draft => ({
  id: place === 'new' ? crypto.randomUUID() : place,
  subject: '',
  topic: '',
  body: '',
  files: [],
})

const isEmpty = ({ subject, body, files }: Draft) => !subject && !body && files.length === 0

function read(key: string): Draft | undefined {
  try {
    const kept = sessionStorage.getItem(key)
    return kept === null ? undefined : (JSON.parse(kept) as Draft) // as `keep` writes it
  } catch {
    return undefined
  }
}

/** A browser that keeps nothing is none to fail over. */
function keep(key: string, draft: Draft | undefined): void {
  try {
    if (!draft || isEmpty(draft)) sessionStorage.removeItem(key)
    else sessionStorage.setItem(key, JSON.stringify(draft))
  } catch {}
}
