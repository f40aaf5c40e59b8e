/** What the page reads from its address: which list, its filters, and what is open beside it. */
import { dueStates, feeNoteStates, paymentMethods } from '#contract/fees'
import { addressState, aDay, anId, oneOf, type StateOf } from '#platform/ui/address-state.ts'
import { useUrlState } from '#platform/ui/url-state.ts'

const State = addressState({
  tab: oneOf(['dues', 'payments', 'notes']),
  from: aDay,
  to: aDay,
  patient: anId,
  practitioner: anId,
  method: oneOf(paymentMethods),
  /** Of dues, or of notes. */
  state: oneOf([...dueStates, ...feeNoteStates]),
  /** The note that is open beside the list. */
  note: anId,
  /** Somebody is about to pay. */
  pay: oneOf(['1']),
})
export type FeesState = StateOf<typeof State>
export type ChangeState = (change: Partial<FeesState>, options?: { replace?: boolean }) => void

export function useFeesState(): [FeesState, ChangeState] {
  return useUrlState(State)
}

/** What lists of all three kinds are filtered by. */
export const sharedFilters = ({ from, to, patient, practitioner }: FeesState) => ({
  from,
  to,
  patient,
  practitioner,
})

/** A list has the states of its own; one that came with another list's address filters nothing. */
export const dueStateOf = ({ state }: FeesState) => dueStates.find((one) => one === state)
export const noteStateOf = ({ state }: FeesState) => feeNoteStates.find((one) => one === state)
