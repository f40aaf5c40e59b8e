/** What the register reads from its address. */
import { listPrivacyRequests } from '#contract/privacy'
import { useUrlState } from '#platform/ui/url-state.ts'
import type { RequestFilters } from './addresses.ts'

const Address = listPrivacyRequests.input.query.pick({ q: true, state: true, kind: true, late: true })

export type ChangeRequestFilters = (change: Partial<RequestFilters>, options?: { replace?: boolean }) => void

export function useRequestFilters() {
  const [filters, change] = useUrlState(Address)
  return {
    filters: filters satisfies RequestFilters,
    change: change satisfies ChangeRequestFilters,
    isFiltered: Object.values(filters).some((value) => value !== undefined),
  }
}
