import { useEffect, useEffectEvent } from 'react'

export type Shortcut = { keys: string; run: () => void }

/** What the shell and the page in it offer at the moment: one hears the keys for all of them. */
const offered = { shell: new Set<() => readonly Shortcut[]>(), page: new Set<() => readonly Shortcut[]>() }
const isHeard = () => offered.shell.size + offered.page.size > 0

/**
 * Keys that work anywhere on the page: `mod+k` (Cmd or Ctrl), `?`, or a sequence such as `g c`.
 * Plain letters are left alone while someone types. A sequence wins over a letter, whoever offers it: `g m` goes to the
 * messages from a page too on which `m` means the month.
 */
export function useShortcuts(shortcuts: readonly Shortcut[], of: keyof typeof offered = 'page'): void {
  const current = useEffectEvent(() => shortcuts)
  useEffect(() => {
    const offer = () => current()
    if (!isHeard()) addEventListener('keydown', onKeyDown)
    offered[of].add(offer)
    return () => {
      offered[of].delete(offer)
      if (!isHeard()) removeEventListener('keydown', onKeyDown)
    }
  }, [of])
}

let before = ''
let timer: ReturnType<typeof setTimeout> | undefined

function onKeyDown(event: KeyboardEvent): void {
  clearTimeout(timer)
  before = afterKey(event)
  timer = setTimeout(() => (before = ''), 1000)
}

/** @returns what the next key continues */
function afterKey(event: KeyboardEvent): string {
  const modified = event.ctrlKey || event.metaKey
  const key = event.key.toLowerCase()
  if (event.defaultPrevented || event.altKey || (!modified && isTyping(event.target))) return ''
  const typed = modified ? `mod+${key}` : key
  // What came last is nearest, and a page's own letter is not the shell's, whichever of the two stood there first.
  const shortcuts = [...offered.shell, ...offered.page].toReversed().flatMap((offer) => offer())
  const found =
    shortcuts.find(({ keys }) => before !== '' && keys === `${before} ${typed}`) ??
    shortcuts.find(({ keys }) => keys === typed)
  if (found) {
    event.preventDefault()
    found.run()
    return ''
  }
  return modified ? '' : typed
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest(
      'input, textarea, select, [contenteditable="true"], [role="menu"], [role="listbox"], [role="dialog"]',
    ) !== null
  )
}
