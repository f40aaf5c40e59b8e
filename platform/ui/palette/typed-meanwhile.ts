import { useCallback, useEffect, useRef } from 'react'

/**
 * Keeps what is typed between Ctrl+K and the palette's field: the first time its code is on its
 * way, and nobody who types fast should find their word beheaded.
 *
 * @returns what was typed so far, to begin the search with
 */
export function useTypedMeanwhile(waiting: boolean): () => string {
  const typed = useRef('')
  useEffect(() => {
    if (!waiting) return
    typed.current = ''
    const listener = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isField(event.target)) return
      if (event.key === 'Backspace') typed.current = typed.current.slice(0, -1)
      else if (event.key.length === 1) typed.current += event.key
      else if (event.key !== 'Enter') return
      // No button under the focus is pressed by it, and no other shortcut answers.
      event.preventDefault()
    }
    addEventListener('keydown', listener, { capture: true })
    return () => removeEventListener('keydown', listener, { capture: true })
  }, [waiting])
  return useCallback(() => typed.current, [])
}

/** In the palette's own field each key is where it belongs. */
function isField(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('[role="dialog"]') !== null
}
