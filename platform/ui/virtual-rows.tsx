import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, type RefObject, useEffect } from 'react'

type VirtualRowsProps = {
  body: RefObject<HTMLElement | null>
  /** Set to what brings a row into sight. */
  bring: RefObject<((index: number) => void) | null>
  count: number
  lines: 1 | 2
  span: number
  rowAt: (index: number) => ReactNode
}

/** The rows in sight of a long table, and the height of all the others. */
export function VirtualRows({ body, bring, count, lines, span, rowAt }: VirtualRowsProps) {
  // oxlint-disable-next-line react/incompatible-library -- nothing here is memoised by a compiler
  const virtualizer = useWindowVirtualizer({
    count,
    estimateSize: () => rowHeight(lines),
    overscan: 12,
    scrollMargin: body.current ? body.current.getBoundingClientRect().top + scrollY : 0,
  })
  useEffect(() => {
    bring.current = (index) => virtualizer.scrollToIndex(index)
    return () => {
      bring.current = null
    }
  }, [bring, virtualizer])
  const items = virtualizer.getVirtualItems()
  const margin = virtualizer.options.scrollMargin
  const before = (items[0]?.start ?? margin) - margin
  const after = virtualizer.getTotalSize() + margin - (items.at(-1)?.end ?? margin)
  return (
    <>
      {before > 0 && <Gap span={span} height={before} />}
      {items.map((item) => rowAt(item.index))}
      {after > 0 && <Gap span={span} height={after} />}
    </>
  )
}

/** What tokens.css says, with the hairline below. */
function rowHeight(lines: 1 | 2): number {
  const token = lines === 2 ? '--row-tall' : '--row'
  return 1 + Number.parseInt(getComputedStyle(document.documentElement).getPropertyValue(token), 10)
}

function Gap({ span, height }: { span: number; height: number }) {
  return (
    <tr aria-hidden>
      {/* oxlint-disable-next-line jsx-a11y/control-has-associated-label */}
      <td colSpan={span} style={{ height }} />
    </tr>
  )
}
