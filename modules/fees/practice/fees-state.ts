/** What the page reads from its address: which list, its filters, and what is open beside it. */
import { z } from 'zod'
import { DueState, FeeNoteState, PaymentMethod } from '#contract/fees'
import { Day, Id } from '#platform/contract/ids.ts'
import { useUrlState } from '#platform/ui/url-state.ts'

const State = z.object({
  tab: z.enum(['dues', 'payments', 'notes']).optional(),
  from: Day.optional(),
  to: Day.optional(),
  patient: Id.optional(),
  practitioner: Id.optional(),
  method: PaymentMethod.optional(),
  /** Of dues, or of notes. */
  state: DueState.or(FeeNoteState).optional(),
  /** The note that is open beside the list. */
  note: Id.optional(),
  /** Somebody is about to pay. */
  pay: z.literal('1').optional(),
})
export type FeesState = z.infer<typeof State>
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
export const dueStateOf = ({ state }: FeesState) => DueState.safeParse(state).data
export const noteStateOf = ({ state }: FeesState) => FeeNoteState.safeParse(state).data
