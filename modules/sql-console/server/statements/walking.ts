/** Every node of a parsed statement, whatever hides it: a subquery, a common table expression, a default, an option. */
import type { Tree } from './parsing.ts'

/**
 * The parser gives a node as `{ Tag: fields }`, and leaves the tag out where a field can hold but one kind.
 * @property tag of a node that bears one; else the field that holds it
 * @property at byte of the text, the parent's where the parser says none
 */
export type Met = { tag: string; tagged: boolean; node: Tree; at: number; parent: Met | undefined }

const isTree = (value: unknown): value is Tree =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Nobody writes by hand what is nested deeper, or larger. */
const deepest = 1_500
const most = 2_000_000

/**
 * In the order of the text, as far as the tree keeps it; what holds a node comes before it. Without a stack of its own that a deep
 * tree could exhaust, and in a time that grows with the tree.
 * @throws RangeError where it is deeper or larger than anything that is looked into
 */
export function* nodesOf(tag: string, tree: Tree, at: number): Generator<Met> {
  type Waiting = {
    tag: string
    node: Tree
    at: number
    parent: Met | undefined
    tagged: boolean
    depth: number
  }
  const waiting: Waiting[] = [{ tag, node: tree, at, parent: undefined, tagged: true, depth: 0 }]
  for (let count = 0; ; count++) {
    const next = waiting.pop()
    if (!next) return
    if (next.depth > deepest || count > most) throw new RangeError('too deep or too large')
    const { node, parent, depth } = next
    const here = typeof node.location === 'number' && node.location > 0 ? node.location : next.at
    const met: Met = { tag: next.tag, tagged: next.tagged, node, at: here, parent }
    yield met
    const within = waiting.length
    for (const [field, value] of Object.entries(node))
      for (const inner of Array.isArray(value) ? value.flat(Infinity) : [value])
        if (isTree(inner)) waiting.push({ ...named(field, inner), at: here, parent: met, depth: depth + 1 })
    // The last is taken first.
    turn(waiting, within)
  }
}

function named(field: string, value: Tree): { tag: string; node: Tree; tagged: boolean } {
  const [[key, inner] = [], more] = Object.entries(value)
  return key !== undefined && more === undefined && /^[A-Z]/.test(key) && isTree(inner)
    ? { tag: key, node: inner, tagged: true }
    : { tag: field, node: value, tagged: false }
}

function turn<T>(list: T[], from: number): void {
  for (let low = from, high = list.length - 1; low < high; low++, high--) {
    const [a, b] = [list[low], list[high]] as [T, T] // both are within
    list[low] = b
    list[high] = a
  }
}

/** Of a list of names as the parser writes one. */
export function namesOf(list: unknown): string[] {
  if (!Array.isArray(list)) return []
  return list.map((item: { String?: { sval?: string } }) => item.String?.sval ?? '') // names are strings or nothing
}
