import type { KeyboardEvent } from 'react'

/** Arrows, Home and End move between the cells of a grid; Enter does nothing, so that it cannot be taken for saving. */
export function moveByKey(event: KeyboardEvent<HTMLElement>): void {
  const from = cellOf(event.target)
  if (!from || event.altKey || event.metaKey) return
  const { row, column } = from
  const to = {
    ArrowUp: [row - 1, column],
    ArrowDown: [row + 1, column],
    ArrowLeft: [row, column - 1],
    ArrowRight: [row, column + 1],
    Home: event.ctrlKey ? [0, 0] : [row, 0],
    End: event.ctrlKey ? [Infinity, Infinity] : [row, Infinity],
  }[event.key]
  if (to) focusCell(event.currentTarget, to[0] ?? row, to[1] ?? column)
  if (to || event.key === 'Enter') event.preventDefault()
}

export function cellOf(target: EventTarget): { row: number; column: number; locked: boolean } | null {
  const cell = target instanceof Element ? target.closest<HTMLElement>('[data-column]') : null
  if (!cell) return null
  const { row, column } = cell.dataset
  return { row: Number(row), column: Number(column), locked: cell.hasAttribute('aria-disabled') }
}

function focusCell(grid: HTMLElement, row: number, column: number): void {
  const cells = [...grid.querySelectorAll<HTMLElement>('[data-column]')]
  const last = cells.at(-1)
  if (!last) return
  const within = (wanted: number, most: string | undefined) => Math.max(0, Math.min(wanted, Number(most)))
  const [r, c] = [within(row, last.dataset['row']), within(column, last.dataset['column'])]
  const cell = cells.find(({ dataset }) => dataset['row'] === String(r) && dataset['column'] === String(c))
  cell?.focus()
}
