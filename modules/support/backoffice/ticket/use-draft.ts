import { useEffect, useState, useSyncExternalStore } from 'react'
import { type DraftKind, saveTicketDraft } from '#contract/support'
import type { z } from 'zod'
import { call } from '#platform/ui/call.ts'
import { draftKeeper } from './draft-keeper.ts'

type Initial = { text: string; savedAt: string | null }

/** One text that is being written, kept on the server as it grows. */
export function useDraft(ticketId: string, kind: z.infer<typeof DraftKind>, initial: Initial) {
  const [text, setText] = useState(initial.text)
  const [keeper] = useState(() =>
    draftKeeper(initial.text, initial.savedAt, (body) =>
      call(saveTicketDraft, { params: { id: ticketId, kind }, body: { body } }),
    ),
  )
  const kept = useSyncExternalStore(keeper.listen, keeper.now)
  useEffect(() => {
    const leave = () => document.visibilityState === 'hidden' && keeper.flush()
    document.addEventListener('visibilitychange', leave)
    return () => {
      document.removeEventListener('visibilitychange', leave)
      keeper.flush()
    }
  }, [keeper])
  return {
    text,
    kept,
    change: (next: string) => {
      setText(next)
      keeper.type(next)
    },
    /** Before whatever was begun since. */
    putBefore: (words: string) => {
      const next = [words, keeper.text()].filter((part) => part.trim() !== '').join('\n\n')
      setText(next)
      keeper.type(next)
    },
    /** Stops keeping it: it is about to be said. */
    hold: () => keeper.hold(),
    /** It was said. */
    empty: () => {
      setText('')
      keeper.empty()
    },
    isEmpty: text.trim() === '',
  }
}

export type Draft = ReturnType<typeof useDraft>
