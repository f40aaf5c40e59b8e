/** Where arrow keys lead: from appointment to appointment, and to the free half hours between them. */
import type { Column, Stop } from './model.ts'
import { isCancelled } from '../status.ts'

const HALF_HOUR = 30

/** All places of a column one can stand at, from morning to evening. */
export function stopsOf(
  column: number,
  columns: readonly Column[],
  hours: { first: number; last: number },
): Stop[] {
  const { blocks } = columns[column] ?? { blocks: [] }
  const taken = blocks.filter(({ appointment }) => !isCancelled(appointment.status))
  const stops: Stop[] = blocks.map(({ appointment, from }) => ({ column, minute: from, id: appointment.id }))
  for (let minute = hours.first; minute < hours.last; minute += HALF_HOUR)
    if (!taken.some(({ from, to }) => from < minute + HALF_HOUR && minute < to))
      stops.push({ column, minute })
  return stops.toSorted((one, other) => one.minute - other.minute)
}

/** The place nearest to one that may have gone: somebody moved it, another week is shown. */
export function nearest(stops: readonly Stop[], wanted: Stop): Stop | undefined {
  const same = stops.find(({ id }) => id !== undefined && id === wanted.id)
  if (same) return same
  return stops.toSorted(
    (one, other) => Math.abs(one.minute - wanted.minute) - Math.abs(other.minute - wanted.minute),
  )[0]
}

const keys = ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home', 'End'] as const
export type StepKey = (typeof keys)[number]
export const isStepKey = (key: string): key is StepKey => (keys as readonly string[]).includes(key)

/** @returns where the key leads; -1 or 1 when that is a column before the first or after the last */
export function step(
  key: StepKey,
  at: Stop,
  columns: readonly Column[],
  hours: { first: number; last: number },
): Stop | -1 | 1 {
  const here = stopsOf(at.column, columns, hours)
  const current = nearest(here, at) ?? at
  const index = here.findIndex(({ minute, id }) => minute === current.minute && id === current.id)
  if (key === 'ArrowUp') return here[Math.max(0, index - 1)] ?? at
  if (key === 'ArrowDown') return here[Math.min(here.length - 1, index + 1)] ?? at
  if (key === 'Home') return here[0] ?? at
  if (key === 'End') return here.at(-1) ?? at
  const side = key === 'ArrowLeft' ? -1 : 1
  const column = at.column + side
  if (column < 0 || column >= columns.length) return side
  const there = columns[column]?.blocks.find(({ from, to }) => from <= at.minute && at.minute < to)
  const wanted = { column, minute: at.minute, id: there?.appointment.id }
  return nearest(stopsOf(column, columns, hours), wanted) ?? { column, minute: at.minute }
}
