/** A saved view keeps the words of the list's address, one value a word: `status=active,prospect`. */
import type { ClientFilters } from './client-filters.ts'
import { isSet } from './client-filters.ts'

type Query = Readonly<Record<string, string>>

export function viewQuery(filters: ClientFilters, sort: string | undefined): Query {
  return Object.fromEntries(
    Object.entries({ ...filters, sort })
      .filter(([, value]) => isSet(value))
      .map(([name, value]) => [name, [value].flat().join(',')]),
  )
}

/** Whether two views show the same: the order of their words does not matter. */
export function sameQuery(one: Query, other: Query): boolean {
  const names = Object.keys(one)
  return names.length === Object.keys(other).length && names.every((name) => one[name] === other[name])
}
