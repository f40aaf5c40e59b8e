/** Keeps what is being written on the server, a moment after each pause: nothing typed is lost with the window. */

export type Kept = {
  phase: 'empty' | 'typed' | 'saving' | 'saved' | 'failed'
  savedAt: string | null
}

type Save = (text: string) => Promise<{ savedAt: string }>

const pauseMs = 700
const againMs = 5_000

export function draftKeeper(begun: string, savedAt: string | null, save: Save) {
  let text = begun
  let kept: Kept = begun === '' ? { phase: 'empty', savedAt: null } : { phase: 'saved', savedAt }
  let timer: ReturnType<typeof setTimeout> | undefined
  /** Saves leave one after the other: what was typed last stands. */
  let turn: Promise<void> = Promise.resolve()
  const listeners = new Set<() => void>()

  function become(next: Kept): void {
    kept = next
    for (const listener of listeners) listener()
  }
  function wait(ms: number): void {
    clearTimeout(timer)
    timer = setTimeout(keep, ms)
  }
  function keep(): void {
    clearTimeout(timer)
    timer = undefined
    const now = text
    turn = turn.then(async () => {
      if (text === now) become({ ...kept, phase: 'saving' })
      try {
        const saved = await save(now)
        if (text === now) become({ phase: now === '' ? 'empty' : 'saved', savedAt: saved.savedAt })
      } catch {
        if (text !== now) return
        become({ ...kept, phase: 'failed' })
        wait(againMs)
      }
    })
  }

  return {
    text: () => text,
    now: () => kept,
    listen: (listener: () => void) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    type: (next: string) => {
      text = next
      become({ ...kept, phase: 'typed' })
      wait(pauseMs)
    },
    /** At once: whoever leaves takes nothing along. */
    flush: () => {
      if (timer !== undefined) keep()
    },
    /** It is about to be said. @returns once nothing of it is on its way to be kept */
    hold: async () => {
      clearTimeout(timer)
      timer = undefined
      await turn
    },
    /** It was said: nothing of it is kept any more. */
    empty: () => {
      text = ''
      become({ phase: 'empty', savedAt: null })
    },
  }
}
