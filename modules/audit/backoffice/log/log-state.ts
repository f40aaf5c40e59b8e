/** The filters of the log and the entry that is open beside it: all of it stands in the address. */
import { AuditFilter, type Result, results } from '#contract/audit'
import { Id } from '#platform/contract/ids.ts'
import { useUrlState } from '#platform/ui/url-state.ts'
import { z } from 'zod'

/** Addresses are kept for years: a word that is not known any more is left out, not refused. */
const LogState = z.object({ ...AuditFilter.shape, entry: Id.optional() })

export type LogFilters = AuditFilter
export type ChangeFilters = (change: Partial<LogFilters>, options?: { replace?: boolean }) => void

export function useLogState() {
  const [{ entry, ...filters }, change] = useUrlState(LogState)
  return {
    filters,
    entry,
    change: change satisfies ChangeFilters,
    close: () => change({ entry: undefined }, { replace: true }),
    isFiltered: Object.values(filters).some(isSet),
  }
}

export const isSet = (value: unknown) => value !== undefined && !(Array.isArray(value) && value.length === 0)

/** Every result but a look: most entries are looks, and whoever wants to know what was done reads without them. */
const butSeen = results.filter((result) => result !== 'seen')

export const isButSeen = (result: readonly Result[] = []) =>
  result.length === butSeen.length && !result.includes('seen')

/** Whether looks are left out, by this toggle or by any choice of results. */
export const hidesSeen = ({ result = [] }: LogFilters) => result.length > 0 && !result.includes('seen')

/** The results without looks, or with them again. */
export function toggledSeen(filters: LogFilters): Result[] | undefined {
  const { result = [] } = filters
  if (hidesSeen(filters)) return isButSeen(result) ? undefined : [...result, 'seen']
  const others = result.filter((one) => one !== 'seen')
  return others.length > 0 ? others : butSeen
}

type Query = Readonly<Record<string, string>>

/** The filters as a saved search keeps them, one value a word: `result=refused,failed`. */
export function queryOf(filters: LogFilters): Query {
  return Object.fromEntries(
    Object.entries(filters)
      .filter(([, value]) => isSet(value))
      .map(([name, value]) => [name, [value].flat().join(',')]),
  )
}

/** Whether two searches find the same: the order of their words does not matter. */
export function sameQuery(one: Query, other: Query): boolean {
  const names = Object.keys(one)
  return names.length === Object.keys(other).length && names.every((name) => one[name] === other[name])
}
