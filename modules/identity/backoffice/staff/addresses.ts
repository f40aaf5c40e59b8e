/** Where the team is found, written once. */
import type { StaffState } from '#contract/identity'
import { stringifySearch } from '#platform/ui/url-state.ts'

export type StaffFilters = {
  q?: string | undefined
  state?: StaffState | undefined
  role?: string | undefined
}

export const teamTo = (filters: StaffFilters = {}) => `/staff${stringifySearch(filters)}`
export const inviteTo = '/staff/new'
export const memberTo = (id: string) => `/staff/${id}`
/** What somebody did, and what was done to them. */
export const logTo = (person: string) => `/audit${stringifySearch({ person })}`
