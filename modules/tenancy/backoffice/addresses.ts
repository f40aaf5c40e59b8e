/** Where tenants are found, written once. */
import type { alerts, TenantKind, TenantState } from '#contract/tenancy'
import { stringifySearch } from '#platform/ui/url-state.ts'

export type TenantFilters = {
  q?: string | undefined
  state?: TenantState | undefined
  kind?: TenantKind | undefined
  /** A cluster's id. */
  cluster?: string | undefined
  alert?: 'any' | (typeof alerts)[number] | undefined
}

export const listTo = (filters: TenantFilters = {}) => `/tenants${stringifySearch(filters)}`
/** Those that need somebody, whatever for. */
export const watchTo = listTo({ alert: 'any' })
export const fleetTo = '/tenants/fleet'
export const tenantTo = (id: string) => `/tenants/${id}`
export const clientTo = (id: string) => `/clients/${id}`
