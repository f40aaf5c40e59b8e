/** What may have flowed into a value, as bits: classes, and two things that are said of values beside them. */
import type { Class, Masked, Unmaskable } from './classes.ts'

export type Marks = number

/** The most guarded first: what is said of a value that bears several. */
const bits: [Masked, Marks][] = [
  ['secret', 1],
  ['clinical', 2],
  ['unclassed', 4],
  ['financial', 8],
  ['identity', 16],
]
export const classed: Marks = 31
export const unclassed: Marks = 4
/** Not of a table: of a series, a list of values, a recursion. Rows of these can be made to spell what they are compared with. */
export const made: Marks = 32
/** Worked out, not just read: it may be null for what else stands in it. */
export const worked: Marks = 64
/** Different parts of what is classed stand in one column, each row another: what is asked of it is asked of all of them. */
export const several: Marks = 128
/** Never shown to anybody. */
export const guarded: Marks = 7

const byClass = new Map<Class, Marks>(bits)
export const marksOf = (is: Class): Marks => byClass.get(is) ?? 0

/** @returns null where it may be shown */
export function maskedAs(marks: Marks, unmasked: ReadonlySet<Unmaskable>): Masked | null {
  const hidden = bits.find(([name, bit]) => marks & bit && !(unmasked as ReadonlySet<string>).has(name))
  return hidden?.[0] ?? null
}

/** What is kept in a column of a class nobody is ever shown may hold anything. */
const sealed = marksOf('secret') | marksOf('clinical') | unclassed
/** @returns what would stand in a column where nobody looks for it */
export const uncovered = (written: Marks, into: Marks): Marks =>
  into & sealed ? 0 : written & classed & ~into
