/** Where kept queries are found, written once. */
import type { QueryTarget } from '#contract/sql-console'
import { stringifySearch } from '#platform/ui/url-state.ts'
import { consoleTo } from '../addresses.ts'

export type QueryFilters = {
  q?: string | undefined
  whose?: 'mine' | 'shared' | 'trash' | undefined
  target?: QueryTarget | undefined
}

export const queriesTo = (filters: QueryFilters = {}) => `/sql/queries${stringifySearch(filters)}`
/** Opened in the editor, in a tab of its own. */
export const queryTo = (id: string) => consoleTo({ query: id })
