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

/** In the order of the text, as far as the tree keeps it; what holds a node comes before it. */
export function* nodesOf(tag: string, tree: Tree, at: number, parent?: Met, tagged = true): Generator<Met> {
  const here = typeof tree.location === 'number' && tree.location > 0 ? tree.location : at
  const met: Met = { tag, tagged, node: tree, at: here, parent }
  yield met
  for (const [field, value] of Object.entries(tree)) yield* fieldOf(field, value, met)
}

function* fieldOf(field: string, value: unknown, parent: Met): Generator<Met> {
  if (Array.isArray(value)) for (const item of value) yield* fieldOf(field, item, parent)
  else if (isTree(value)) {
    const [[key, inner] = []] = Object.entries(value)
    const isNode = key !== undefined && /^[A-Z]/.test(key) && Object.keys(value).length === 1 && isTree(inner)
    if (isNode) yield* nodesOf(key, inner, parent.at, parent)
    else yield* nodesOf(field, value, parent.at, parent, false)
  }
}

/** Of a list of names as the parser writes one. */
export function namesOf(list: unknown): string[] {
  if (!Array.isArray(list)) return []
  return list.map((item: { String?: { sval?: string } }) => item.String?.sval ?? '') // names are strings or nothing
}
