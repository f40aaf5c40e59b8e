/** What the list of the team reads from its address. */
import { listStaff } from '#contract/identity'
import { useUrlState } from '#platform/ui/url-state.ts'
import type { StaffFilters } from './addresses.ts'

const Address = listStaff.input.query.pick({ q: true, state: true, role: true })

export type ChangeStaffFilters = (change: Partial<StaffFilters>, options?: { replace?: boolean }) => void

export function useStaffFilters() {
  const [filters, change] = useUrlState(Address)
  return {
    filters: filters satisfies StaffFilters,
    change: change satisfies ChangeStaffFilters,
    isFiltered: Boolean(filters.q ?? filters.state ?? filters.role),
  }
}
