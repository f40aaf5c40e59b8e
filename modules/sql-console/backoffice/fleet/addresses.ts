/** Where what goes through many practices is found. */
import type { FleetExecutionState } from '#contract/sql-console'
import { stringifySearch } from '#platform/ui/url-state.ts'

/** What is typed may name people: the address says only where it is kept. `tab`: of the console; `again`: one that was sent before. */
export type SendAddress = { tab?: string | undefined; again?: string | undefined }
export type FleetFilters = { execution?: FleetExecutionState | undefined }

export const fleetsTo = (filters: FleetFilters = {}) => `/sql/fleets${stringifySearch(filters)}`
export const sendTo = (from: SendAddress = {}) => `/sql/fleets/new${stringifySearch(from)}`
export const fleetTo = (id: string) => `/sql/fleets/${id}`
