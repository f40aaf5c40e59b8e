/** The page "Sécurité" and what it shows, written once. */
import { stringifySearch } from '#platform/ui/url-state.ts'
import type { SecurityState } from './security-state.ts'

export const securityTabs = ['sign-ins', 'blocks', 'factor-resets'] as const
export type SecurityTab = (typeof securityTabs)[number]

export const securityTo = (state: SecurityState = {}) => `/security${stringifySearch(state)}`

/** Where the lists begin, for links that lead to one of them: above them stands half a screen. */
export const listsId = 'lists'
export const listTo = (state: SecurityState) => `${securityTo(state)}#${listsId}`
/** Who lifted a block, and when. */
export const blockLogTo = (block: string) =>
  `/audit${stringifySearch({ objectType: 'address_block', object: block })}`
