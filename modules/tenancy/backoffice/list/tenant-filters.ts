/** What the list reads from its address. */
import { listTenants } from '#contract/tenancy'
import { useUrlState } from '#platform/ui/url-state.ts'
import type { TenantFilters } from '../addresses.ts'

const Address = listTenants.input.query.pick({ q: true, state: true, kind: true, cluster: true, alert: true })

export type ChangeTenantFilters = (change: Partial<TenantFilters>, options?: { replace?: boolean }) => void

export function useTenantFilters() {
  const [filters, change] = useUrlState(Address)
  return {
    filters: filters satisfies TenantFilters,
    change: change satisfies ChangeTenantFilters,
    isFiltered: Object.values(filters).some((value) => value !== undefined),
  }
}
