import { useEffect, useEffectEvent } from 'react'

export type Shortcut = { keys: string; run: () => void }

/**
 * Keys that work anywhere on the page: `mod+k` (Cmd or Ctrl), `?`, or a sequence such as `g c`.
 * Plain letters are left alone while someone types.
 */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  const onKeyDown = useEffectEvent((event: KeyboardEvent, before: string) => {
    const modified = event.ctrlKey || event.metaKey
    const key = event.key.toLowerCase()
    if (event.defaultPrevented || event.altKey || (!modified && isTyping(event.target))) return ''
    const typed = modified ? `mod+${key}` : key
    const found =
      shortcuts.find(({ keys }) => before !== '' && keys === `${before} ${typed}`) ??
      shortcuts.find(({ keys }) => keys === typed)
    if (found) {
      event.preventDefault()
      found.run()
      return ''
    }
    return modified ? '' : typed
  })
  useEffect(() => {
    let before = ''
    let timer: ReturnType<typeof setTimeout> | undefined
    const listener = (event: KeyboardEvent) => {
      clearTimeout(timer)
      before = onKeyDown(event, before)
      timer = setTimeout(() => (before = ''), 1000)
    }
    addEventListener('keydown', listener)
    return () => {
      clearTimeout(timer)
      removeEventListener('keydown', listener)
    }
  }, [])
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest(
      'input, textarea, select, [contenteditable="true"], [role="menu"], [role="listbox"], [role="dialog"]',
    ) !== null
  )
}
