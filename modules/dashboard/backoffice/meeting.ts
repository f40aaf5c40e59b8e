import { type RefObject, useEffect, useEffectEvent } from 'react'

/**
 * Shows one part of the page alone, on the whole screen, in bigger type. Where the browser refuses full
 * screen (a link opened directly, a telephone), the part covers the window instead.
 */
export function useMeeting(frame: RefObject<HTMLElement | null>, on: boolean, change: (on: boolean) => void) {
  const leave = useEffectEvent(() => change(false))

  useEffect(() => {
    const shown = frame.current
    if (!on || !shown) return
    const root = document.documentElement
    const restore = hideAround(shown)
    shown.focus({ preventScroll: true })
    root.dataset.meeting = ''
    // Every size of type is in rem: 24 px instead of 16 on a screen of 1920.
    root.style.fontSize = 'clamp(16px, 1.25vw, 36px)'
    let full = false
    // Only just after a click or a key does a browser allow it.
    if (navigator.userActivation?.isActive)
      void root.requestFullscreen?.().then(
        () => (full = true),
        () => undefined, // refused: the window is covered all the same
      )
    const onFullscreen = () => full && !document.fullscreenElement && leave()
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented && !document.fullscreenElement) leave()
    }
    document.addEventListener('fullscreenchange', onFullscreen)
    document.addEventListener('keydown', onKeyDown)
    return () => {
      document.removeEventListener('fullscreenchange', onFullscreen)
      document.removeEventListener('keydown', onKeyDown)
      delete root.dataset.meeting
      root.style.fontSize = ''
      restore()
      if (document.fullscreenElement) void document.exitFullscreen()
    }
  }, [on, frame])

  return {
    on,
    toggle: () => change(!on),
    className: 'fixed inset-0 z-15 flex flex-col overflow-auto bg-canvas px-10 py-6 outline-none max-sm:px-4',
  }
}

/** Takes everything around an element out of the keyboard's and the screen reader's way, until undone. */
function hideAround(element: HTMLElement): () => void {
  const hidden: HTMLElement[] = []
  for (let at = element; at.parentElement && at !== document.body; at = at.parentElement)
    for (const sibling of at.parentElement.children)
      if (sibling !== at && sibling instanceof HTMLElement && !sibling.inert) {
        sibling.inert = true
        hidden.push(sibling)
      }
  return () => hidden.forEach((sibling) => (sibling.inert = false))
}
