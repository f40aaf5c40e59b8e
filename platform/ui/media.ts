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

function useMeasure<T>(
  element: RefObject<HTMLElement | null>,
  measure: (rect: DOMRectReadOnly) => T,
  none: T,
): T {
  const [measured, setMeasured] = useState(none)
  useEffect(() => {
    if (!element.current) return
    const observer = new ResizeObserver(([entry]) => entry && setMeasured(measure(entry.contentRect)))
    observer.observe(element.current)
    return () => observer.disconnect()
  }, [element, measure])
  return measured
}

const widthOf = ({ width }: DOMRectReadOnly) => width
const sizeOf = ({ width, height }: DOMRectReadOnly) => ({ width, height })
const nothing = { width: 0, height: 0 }

/** The width an element has, watched. */
export const useWidth = (element: RefObject<HTMLElement | null>) => useMeasure(element, widthOf, 0)

/** Width and height, for what is drawn to fit. */
export const useSize = (element: RefObject<HTMLElement | null>) => useMeasure(element, sizeOf, nothing)
