import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react'
import type { Column, Stop } from './model.ts'
import { isStepKey, nearest, step, stopsOf } from './stops.ts'

type CursorProps = {
  columns: readonly Column[]
  hours: { first: number; last: number }
  /** Where one comes in. */
  start: Stop
  surface: RefObject<HTMLElement | null>
  /** Beyond the first or last column. */
  onLeave: (direction: -1 | 1) => void
}

/** One Tab stop leads into the calendar; arrows lead on from there. */
export function useCursor({ columns, hours, start, surface, onLeave }: CursorProps) {
  const [wanted, setWanted] = useState<Stop>(start)
  // The focus follows the keys, not what others change meanwhile.
  const moved = useRef(false)
  const column = Math.min(wanted.column, columns.length - 1)
  const current = nearest(stopsOf(column, columns, hours), { ...wanted, column }) ?? { ...wanted, column }

  useEffect(() => {
    if (!moved.current) return
    moved.current = false
    const target = current.id
      ? surface.current?.querySelector<HTMLElement>(`[data-appointment="${current.id}"]`)
      : surface.current?.querySelector<HTMLElement>('[data-cursor]')
    target?.focus({ preventScroll: true })
    target?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  })

  const onKeyDown = (event: KeyboardEvent) => {
    if (!isStepKey(event.key) || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    moved.current = true
    const next = step(event.key, current, columns, hours)
    if (typeof next === 'object') return setWanted(next)
    setWanted({ column: next < 0 ? columns.length - 1 : 0, minute: current.minute })
    onLeave(next)
  }
  return { current, onKeyDown, setCurrent: setWanted }
}
