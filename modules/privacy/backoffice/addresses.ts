/** Where the register is found, written once. */
import type { RequestKind, RequestState } from '#contract/privacy'
import { stringifySearch } from '#platform/ui/url-state.ts'

export type RequestFilters = {
  q?: string | undefined
  state?: RequestState | undefined
  kind?: RequestKind | undefined
  late?: 'yes' | undefined
}

export const registerTo = (filters: RequestFilters = {}) => `/privacy${stringifySearch(filters)}`
export const lateTo = registerTo({ state: 'late' })
export const newTo = '/privacy/new'
export const requestTo = (id: string) => `/privacy/${id}`
export const editTo = (id: string) => `/privacy/${id}/edit`
/** What the audit log tells of one request. */
export const logTo = (object: string) => `/audit${stringifySearch({ objectType: 'privacy_request', object })}`
export const entryTo = (entry: string) => `/audit${stringifySearch({ entry })}`
