import { defaultRangeExtractor, useWindowVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, type RefObject, useEffect } from 'react'

/** Below this, drawing every line is faster than knowing which ones are in sight. */
export const manyLines = 80

type LinesInSightProps = {
  list: RefObject<HTMLElement | null>
  /** Set to what brings a line into sight. */
  bring: RefObject<((index: number) => void) | null>
  count: number
  /** It has the focus, which would be lost with it. */
  held: number | null
  /** The line, whose element tells how high it is. */
  lineAt: (index: number, measured: (element: HTMLElement | null) => void) => ReactNode
}

const usualHeight = 41

/** The lines in sight of a long document, and the height of all the others. */
export function LinesInSight({ list, bring, count, held, lineAt }: LinesInSightProps) {
  // oxlint-disable-next-line react/incompatible-library -- nothing here is memoised by a compiler
  const virtualizer = useWindowVirtualizer({
    count,
    estimateSize: () => usualHeight,
    overscan: 10,
    scrollMargin: list.current ? list.current.getBoundingClientRect().top + scrollY : 0,
    rangeExtractor: (range) => {
      const seen = defaultRangeExtractor(range)
      return held === null || held < 0 || held >= count || seen.includes(held)
        ? seen
        : [...seen, held].toSorted((one, other) => one - other)
    },
  })
  useEffect(() => {
    bring.current = (index) => virtualizer.scrollToIndex(index, { align: 'center' })
    return () => {
      bring.current = null
    }
  }, [bring, virtualizer])
  const items = virtualizer.getVirtualItems()
  const margin = virtualizer.options.scrollMargin
  const end = virtualizer.getTotalSize() + margin
  return items.flatMap((item, place) => {
    const before = item.start - (items[place - 1]?.end ?? margin)
    const after = place === items.length - 1 ? end - item.end : 0
    return [
      before > 0 && <Gap key={`before ${item.index}`} height={before} />,
      lineAt(item.index, virtualizer.measureElement),
      after > 0 && <Gap key="after" height={after} />,
    ]
  })
}

const Gap = ({ height }: { height: number }) => <li aria-hidden style={{ height }} />
