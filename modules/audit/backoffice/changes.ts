/** What an entry wrote down, as rows one can read: a field, what stood there, what stands there. */
import type { WholeAuditEntry } from '#contract/audit'

export type Change = { path: string; before: unknown; after: unknown; changed: boolean }

type Fields = WholeAuditEntry['before']

/** Changed fields first, each side in the order it was written. */
export function changesIn({ before, after }: { before: Fields; after: Fields }): Change[] {
  const old = new Map(leavesOf(before))
  const now = new Map(leavesOf(after))
  const rows = [...new Set([...old.keys(), ...now.keys()])].map((path) => {
    const [was, is] = [old.get(path) ?? null, now.get(path) ?? null]
    return { path, before: was, after: is, changed: JSON.stringify(was) !== JSON.stringify(is) }
  })
  return [...rows.filter((row) => row.changed), ...rows.filter((row) => !row.changed)]
}

/** `{ file: { name } }` is the field `file.name`; a list of plain values stays one. */
function leavesOf(value: unknown, path = ''): [path: string, value: unknown][] {
  if (!isObject(value) || (Array.isArray(value) && !value.some(isObject))) {
    return path === '' ? [] : [[path, value]]
  }
  return Object.entries(value).flatMap(([key, inner]) => leavesOf(inner, path ? `${path}.${key}` : key))
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
