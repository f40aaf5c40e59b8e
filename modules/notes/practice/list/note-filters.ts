import { noteKinds } from '#contract/notes'
import {
  addressState,
  anId,
  oneOf,
  type StateOf,
  wholeNumber,
  wordsUpTo,
} from '#platform/ui/address-state.ts'
import { useUrlState } from '#platform/ui/url-state.ts'

/** What the list reads from its address. */
const Filters = addressState({
  q: wordsUpTo(200),
  patientId: anId,
  kind: oneOf(noteKinds),
  state: oneOf(['unsigned', 'signed']),
  unsignedDays: wholeNumber(1, 365),
  trash: oneOf(['in']),
})
export type NoteFilters = StateOf<typeof Filters>

export const useNoteFilters = () => useUrlState(Filters)

/** The choices of the signature's filter, as one word each. */
export const signatures = ['unsigned', 'week', 'month', 'signed'] as const
export type Signature = (typeof signatures)[number]

const asked: Record<Signature, Pick<NoteFilters, 'state' | 'unsignedDays'>> = {
  unsigned: { state: 'unsigned', unsignedDays: undefined },
  week: { state: undefined, unsignedDays: 7 },
  month: { state: undefined, unsignedDays: 30 },
  signed: { state: 'signed', unsignedDays: undefined },
}

export const askedBy = (signature: Signature | undefined) =>
  signature ? asked[signature] : { state: undefined, unsignedDays: undefined }

export function signatureOf({ state, unsignedDays }: NoteFilters): Signature | undefined {
  if (unsignedDays !== undefined) return unsignedDays >= 30 ? 'month' : 'week'
  return state
}
