import { type RefObject, useEffect, useState, useSyncExternalStore } from 'react'

function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (listener) => {
      const media = matchMedia(query)
      media.addEventListener('change', listener)
      return () => media.removeEventListener('change', listener)
    },
    () => matchMedia(query).matches,
  )
}

/** Under 640 px: tables become cards, the sidebar a bottom sheet. */
export const useNarrow = () => useMedia('(width < 40rem)')

/** From 1024 px on, the sidebar has room for words. */
export const useWide = () => useMedia('(width >= 64rem)')

/** The width an element has, watched. */
export function useWidth(element: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0)
  useEffect(() => {
    if (!element.current) return
    const observer = new ResizeObserver(([entry]) => setWidth(entry?.contentRect.width ?? 0))
    observer.observe(element.current)
    return () => observer.disconnect()
  }, [element])
  return width
}
