/** Which calls are listed and what is open, as the address says it. */
import { type CallFilter, callStates, callSubjects } from '#contract/calls'
import { addressState, anId, oneOf, type StateOf, wordsUpTo } from '#platform/ui/address-state.ts'

export const CallsState = addressState({
  q: wordsUpTo(100),
  state: oneOf(callStates),
  subject: oneOf(callSubjects),
  forId: anId,
  patientId: anId,
  when: oneOf(['today']),
  urgent: oneOf(['yes']),
  /** A call is being written down; of that patient, where a page about them led here. */
  new: oneOf(['1']),
  patient: anId,
  /** One call, shown by itself: what a task leads to. */
  call: anId,
} satisfies Record<keyof CallFilter | 'new' | 'patient' | 'call', unknown>)
export type CallsState = StateOf<typeof CallsState>
