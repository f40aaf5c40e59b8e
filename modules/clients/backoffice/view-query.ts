/** A saved view keeps the words of the list's address, one value a word: `status=active,prospect`. */
import { isSet } from './client-filters.ts'

export type ViewQuery = Readonly<Record<string, string>>

export function viewQuery(filters: object, sort: string | undefined): ViewQuery {
  return Object.fromEntries(
    Object.entries({ ...filters, sort })
      .filter(([, value]) => isSet(value))
      .map(([name, value]) => [name, [value].flat().join(',')]),
  )
}

/** Whether two views show the same: the order of their words does not matter. */
export function sameQuery(one: ViewQuery, other: ViewQuery): boolean {
  const names = Object.keys(one)
  return names.length === Object.keys(other).length && names.every((name) => one[name] === other[name])
}
