/**
 * What is written to a client and not sent yet stays in the tab's own memory: a page left by mistake loses nothing, and
 * what is taken back is written on. It goes with the tab.
 */
import { useState } from 'react'
import type { TicketAttachment } from '#contract/support'
import { useSession } from '#platform/ui/session.tsx'

export type ContactDraft = {
  /** Of the ticket to be, chosen here: its files come before it, and writing twice writes once. */
  id: string
  subject: string
  body: string
  /** Those that reached the server. */
  files: readonly TicketAttachment[]
}

const keyOf = (staffId: string, clientId: string) => `mgp.contact.${staffId}.${clientId}`

export function useContactDraft(clientId: string) {
  const key = keyOf(useSession().id, clientId)
  const [draft, setDraft] = useState(() => read(key) ?? blank())
  return {
    draft,
    change: (part: Partial<ContactDraft>) =>
      setDraft((before) => {
        const next = { ...before, ...part }
        keep(key, next)
        return next
      }),
    forget: () => keep(key, undefined),
    /** It was taken back: it is written on, as the same ticket and with its files. */
    putBack: () => keep(key, draft),
  }
}

const blank = (): ContactDraft => ({
  id: crypto.randomUUID(),
  subject: '',
  body: '',
  files: [],
})

const isEmpty = ({ subject, body, files }: ContactDraft) => !subject && !body && files.length === 0

function read(key: string): ContactDraft | undefined {
  try {
    const kept = sessionStorage.getItem(key)
    return kept === null ? undefined : (JSON.parse(kept) as ContactDraft) // as `keep` writes it
  } catch {
    return undefined
  }
}

/** A browser that keeps nothing is none to fail over. */
function keep(key: string, draft: ContactDraft | undefined): void {
  try {
    if (!draft || isEmpty(draft)) sessionStorage.removeItem(key)
    else sessionStorage.setItem(key, JSON.stringify(draft))
  } catch {}
}
