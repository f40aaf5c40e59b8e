/** What the list of patients reads from its address, and how it is ordered unless told. */
import { PatientFilter, PatientSort, patientSorts } from '#contract/patients'
import type { Sort } from '#platform/ui/columns.ts'
import { useUrlState } from '#platform/ui/url-state.ts'

/** Addresses are kept for years: a word that is not known any more is left out, not refused. */
const ListState = PatientFilter.extend({ sort: PatientSort.optional() }).strip()

export type ChangeFilters = (
  change: Partial<PatientFilter> & { sort?: PatientSort | undefined },
  options?: { replace?: boolean },
) => void

export function usePatientFilters() {
  const [{ sort, ...filters }, change] = useUrlState(ListState)
  return {
    filters,
    sort,
    sorted: asSort(sort ?? (filters.q ? 'relevance' : 'name')),
    change: change satisfies ChangeFilters,
    changeSort: (next: Sort) => change({ sort: asOrder(next) }),
    isFiltered: Object.entries(filters).some(([name, value]) => name !== 'state' && value !== undefined),
  }
}

/** No arrow stands over a list that is ordered by relevance. */
function asSort(order: PatientSort): Sort | undefined {
  if (order === 'relevance') return undefined
  return order.startsWith('-')
    ? { column: order.slice(1), direction: 'desc' }
    : { column: order, direction: 'asc' }
}

function asOrder({ column, direction }: Sort): PatientSort | undefined {
  return patientSorts.find((order) => order === (direction === 'desc' ? `-${column}` : column))
}
