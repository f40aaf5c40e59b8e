/** What rows are made of: which marks each of their columns bears, by place where that is known, and by name. */
import { classed, several, worked, type Marks } from './marks.ts'

export type Shape = {
  /** In turn, and what they are called; null where not every place is known. */
  ordered: { name: string | null; marks: Marks }[] | null
  named: Map<string, Marks>
  /** Of what has no name that was given to it, or any. */
  others: Marks
  mayHaveOthers: boolean
}

export const emptyShape = (): Shape => ({ ordered: [], named: new Map(), others: 0, mayHaveOthers: false })

export function add(shape: Shape, name: string | null, marks: Marks): void {
  shape.ordered?.push({ name, marks })
  if (name === null) {
    shape.others |= marks
    shape.mayHaveOthers = true
  } else shape.named.set(name, (shape.named.get(name) ?? 0) | marks)
}

/** Columns of which only the names are known, and not their places. */
export function addLoose(shape: Shape, other: Shape): void {
  shape.ordered = null
  for (const [name, marks] of other.named) shape.named.set(name, (shape.named.get(name) ?? 0) | marks)
  shape.others |= other.others
  shape.mayHaveOthers ||= other.mayHaveOthers
}

export const wholeOf = (shape: Shape): Marks =>
  [...shape.named.values()].reduce((all, marks) => all | marks, shape.others)

/** What stands behind a name that no column has is a function of the whole row. */
export const columnOf = (shape: Shape, name: string): Marks =>
  shape.named.has(name) ? (shape.named.get(name) ?? 0) | shape.others : wholeOf(shape) | worked

/** `AS r (a, b)` */
export function renamed(shape: Shape, names: string[]): Shape {
  if (names.length === 0) return shape
  const found = emptyShape()
  if (shape.ordered) {
    for (const [place, { name, marks }] of shape.ordered.entries()) add(found, names[place] ?? name, marks)
    return found
  }
  addLoose(found, shape)
  for (const name of names) found.named.set(name, wholeOf(shape))
  return found
}

/** UNION, INTERSECT, EXCEPT: what one says by standing there flows as what it says. */
export function together(left: Shape, right: Shape): Shape {
  const found = emptyShape()
  if (left.ordered && right.ordered && left.ordered.length === right.ordered.length)
    for (const [place, { name, marks }] of left.ordered.entries())
      add(found, name, merged(marks, right.ordered[place]?.marks ?? 0))
  else {
    const whole = merged(wholeOf(left), wholeOf(right))
    addLoose(found, left)
    for (const name of left.named.keys()) found.named.set(name, whole)
    found.others = whole
    found.mayHaveOthers = true
  }
  return found
}

const merged = (one: Marks, other: Marks): Marks => {
  const both = one | other
  return both & classed && both & worked ? both | several : both
}

export const withMarks = (shape: Shape, marks: Marks): Shape => {
  const found: Shape = { ...shape, named: new Map(), others: shape.mayHaveOthers ? shape.others | marks : 0 }
  found.ordered = shape.ordered?.map((column) => ({ ...column, marks: column.marks | marks })) ?? null
  for (const [name, own] of shape.named) found.named.set(name, own | marks)
  return found
}

/** No less than either: what is followed round and round comes to an end. */
export function atLeast(was: Shape, now: Shape): Shape {
  const [one, other] = [was.ordered, now.ordered]
  const found: Shape = {
    ordered:
      one && other && one.length === other.length
        ? one.map(({ name, marks }, place) => ({ name, marks: marks | (other[place]?.marks ?? 0) }))
        : null,
    named: new Map(was.named),
    others: was.others | now.others,
    mayHaveOthers: was.mayHaveOthers || now.mayHaveOthers,
  }
  for (const [name, marks] of now.named) found.named.set(name, (found.named.get(name) ?? 0) | marks)
  return found
}

export const sameShape = (one: Shape, other: Shape): boolean => print(one) === print(other)
const print = (shape: Shape) =>
  JSON.stringify([shape.ordered, [...shape.named], shape.others, shape.mayHaveOthers])
