/** What the list of clients reads from its address, and how it is ordered unless told. */
import { ClientFilter, ClientSort, clientSorts } from '#contract/clients'
import type { Sort } from '#platform/ui/columns.ts'
import { useUrlState } from '#platform/ui/url-state.ts'

/** Addresses are kept for years: a word that is not known any more is left out, not refused. */
export const ListState = ClientFilter.extend({ sort: ClientSort.optional() }).strip()

export type ClientFilters = ClientFilter
export type ChangeFilters = (
  change: Partial<ClientFilter> & { sort?: ClientSort | undefined },
  options?: { replace?: boolean },
) => void

export function useClientFilters() {
  const [{ sort, ...filters }, change] = useUrlState(ListState)
  return {
    filters,
    sort,
    sorted: asSort(sort ?? (filters.q ? 'relevance' : 'name')),
    change: change satisfies ChangeFilters,
    changeSort: (next: Sort) => change({ sort: asOrder(next) }),
    isFiltered: Object.entries(filters).some(([name, value]) => name !== 'trash' && isSet(value)),
  }
}

export const isSet = (value: unknown) => value !== undefined && !(Array.isArray(value) && value.length === 0)

/** No arrow stands over a list that is ordered by relevance. */
function asSort(order: ClientSort): Sort | undefined {
  if (order === 'relevance') return undefined
  return order.startsWith('-')
    ? { column: order.slice(1), direction: 'desc' }
    : { column: order, direction: 'asc' }
}

function asOrder({ column, direction }: Sort): ClientSort | undefined {
  return clientSorts.find((order) => order === (direction === 'desc' ? `-${column}` : column))
}
