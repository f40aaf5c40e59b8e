/** What an entry wrote down, as rows one can read: a field, what stood there, what stands there. */
import type { WholeAuditEntry } from '#contract/audit'

export type Change = { path: string; before: unknown; after: unknown; changed: boolean }

type Fields = WholeAuditEntry['before']

/**
 * The order of the client's form, which is also that of other people. What is sealed has its keys sorted by their letters,
 * which tells nothing; what is not named here comes after, in that order.
 */
const order = [
  'lastName',
  'firstName',
  'email',
  'phone',
  'status',
  'kind',
  'address',
  'postalCode',
  'city',
  'department',
  'rpps',
  'adeli',
  'siret',
  'nextPaymentOn',
  'accountManager',
  'accountManagerId',
  'origin',
  'internalNote',
]

const placeOf = ({ path }: Change) => {
  const at = order.indexOf(path)
  return at < 0 ? order.length : at
}

/** Changed fields first, as a form would have them. */
export function changesIn({ before, after }: { before: Fields; after: Fields }): Change[] {
  const old = new Map(leavesOf(before))
  const now = new Map(leavesOf(after))
  const rows = [...new Set([...old.keys(), ...now.keys()])].map((path) => {
    const [was, is] = [old.get(path) ?? null, now.get(path) ?? null]
    return { path, before: was, after: is, changed: JSON.stringify(was) !== JSON.stringify(is) }
  })
  rows.sort((one, other) => placeOf(one) - placeOf(other))
  return [...rows.filter((row) => row.changed), ...rows.filter((row) => !row.changed)]
}

export type ListChange = { added: unknown[]; removed: unknown[]; same: unknown[] }

/** Two lists of plain values told by what came and what went; null where one side is no list. */
export function listChange({ before, after }: Change): ListChange | null {
  const [old, now] = [before ?? [], after ?? []]
  if (!Array.isArray(old) || !Array.isArray(now) || (before === null && after === null)) return null
  const [was, is] = [new Set<unknown>(old), new Set<unknown>(now)]
  return {
    added: now.filter((one: unknown) => !was.has(one)),
    removed: old.filter((one: unknown) => !is.has(one)),
    same: now.filter((one: unknown) => was.has(one)),
  }
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
