/** How lines are entered without a mouse: Enter begins the next line, arrows change the line, with Alt they move it, Shift+F10 opens its menu. */
import type { KeyboardEvent } from 'react'
import type { CellName } from './cell.tsx'
import type { EditedLine } from './edited-lines.ts'

export type LineKeys = {
  lines: readonly EditedLine[]
  focus: (index: number, cell: CellName) => void
  addAfter: (key: string) => void
  move: (key: string, by: 1 | -1, cell: CellName) => void
  remove: (key: string) => void
  /** What else is done with the line. */
  more: (key: string) => void
}

export function onLineKey(
  event: KeyboardEvent,
  { lines, focus, addAfter, move, remove, more }: LineKeys,
): void {
  const at = placeOf(event.target)
  const index = lines.findIndex(({ key }) => key === at?.key)
  const line = lines[index]
  if (!at || !line || event.nativeEvent.isComposing || event.ctrlKey || event.metaKey) return
  const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : null
  const act =
    event.key === 'Enter' && !event.shiftKey && !event.altKey
      ? () => (index === lines.length - 1 ? addAfter(line.key) : focus(index + 1, 'description'))
      : by !== null && event.altKey
        ? () => move(line.key, by, at.cell)
        : by !== null && !event.shiftKey && leavesByArrow(at.field, by)
          ? () => focus(index + by, at.cell)
          : event.key === 'Delete' && event.altKey
            ? () => remove(line.key)
            : event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)
              ? () => more(line.key)
              : null
  if (!act) return
  event.preventDefault()
  act()
}

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement

function placeOf(target: EventTarget): { key: string; cell: CellName; field: Field } | null {
  if (
    !(
      target instanceof HTMLInputElement ||
      target instanceof HTMLTextAreaElement ||
      target instanceof HTMLSelectElement
    )
  )
    return null
  const key = target.closest<HTMLElement>('[data-line]')?.dataset['line']
  const { cell } = target.dataset
  // Only cells of a line bear the attribute.
  return key !== undefined && cell !== undefined ? { key, cell: cell as CellName, field: target } : null
}

/** Arrows choose in a list, and go through a text of several lines until its first or last. */
function leavesByArrow(field: Field, by: 1 | -1): boolean {
  if (field instanceof HTMLSelectElement) return false
  if (field instanceof HTMLInputElement) return true
  const { value, selectionStart, selectionEnd } = field
  const rest = by === 1 ? value.slice(selectionEnd) : value.slice(0, selectionStart)
  return !rest.includes('\n')
}
