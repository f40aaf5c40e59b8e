/** What the list of patients reads from its address, and how it is ordered unless told. */
import { type PatientFilter, type PatientSort, patientSorts, patientStates } from '#contract/patients'
import { addressState, aDay, aMonth, anId, oneOf, wordsUpTo } from '#platform/ui/address-state.ts'
import type { Sort } from '#platform/ui/columns.ts'
import { useUrlState } from '#platform/ui/url-state.ts'

/** Addresses are kept for years: a word that is not known any more is left out, not refused. */
const ListState = addressState({
  q: wordsUpTo(100),
  state: oneOf([...patientStates, 'any']),
  monSoutienPsy: oneOf(['yes']),
  authority: oneOf(['missing']),
  owes: oneOf(['yes']),
  notSince: aDay,
  since: aDay,
  created: aMonth,
  originId: anId,
  practitionerId: anId,
  sort: oneOf(patientSorts),
} satisfies Record<keyof PatientFilter | 'sort', unknown>)

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
