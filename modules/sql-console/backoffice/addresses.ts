/** Where the console is found, written once. */
import type { Mode, RequestState, RunStatus } from '#contract/sql-console'
import { stringifySearch } from '#platform/ui/url-state.ts'

/** `run`: opens what was run once more, `query` what is kept under a name, in a tab of its own. */
export type ConsoleAddress = {
  target?: string | undefined
  run?: string | undefined
  query?: string | undefined
}
export type RequestFilters = { state?: RequestState | undefined }
export type HistoryFilters = {
  target?: string | undefined
  mode?: Mode | undefined
  status?: RunStatus | undefined
}

export const consoleTo = (open: ConsoleAddress = {}) => `/sql${stringifySearch(open)}`
export const requestsTo = (filters: RequestFilters = {}) => `/sql/requests${stringifySearch(filters)}`
export const waitingTo = requestsTo({ state: 'waiting' })
export const requestTo = (id: string) => `/sql/requests/${id}`
export const unmaskingsTo = () => '/sql/unmaskings'
export const historyTo = (filters: HistoryFilters = {}) => `/sql/history${stringifySearch(filters)}`
