import { addressState, oneOf, type StateOf } from '#platform/ui/address-state.ts'

export const shownStates = ['open', 'resolved'] as const

/** Which tickets are listed, as the address says it. */
export const HelpState = addressState({ state: oneOf(shownStates) })
export type HelpState = StateOf<typeof HelpState>
