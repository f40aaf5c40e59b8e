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
/** What the log holds about one person. */
export const logTo = (id: string) => `/audit${stringifySearch({ objectType: 'staff_member', object: id })}`
