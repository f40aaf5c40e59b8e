import { stringifySearch } from '#platform/ui/url-state.ts'

export type FeesTab = 'dues' | 'payments' | 'notes'

/** @example feesTo({ tab: 'payments', from: '2026-11-01', to: '2026-11-30' }) */
export const feesTo = (state: { tab?: FeesTab } & Record<string, string | undefined> = {}): string =>
  `/fees${stringifySearch(state)}`

/** The list with one note open beside it. */
export const noteTo = (id: string): string => feesTo({ tab: 'notes', note: id })

export const newNoteTo = (patient?: string): string => `/fees/new-note${stringifySearch({ patient })}`
