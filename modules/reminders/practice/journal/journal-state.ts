/** Which messages are listed and what is being written, as the address says it. */
import { channels, type MessageFilter, messageKinds, messageStates } from '#contract/reminders'
import { addressState, aDay, anId, oneOf, wordsUpTo } from '#platform/ui/address-state.ts'

export const JournalState = addressState({
  q: wordsUpTo(100),
  state: oneOf(messageStates),
  channel: oneOf(channels),
  kind: oneOf(messageKinds),
  patientId: anId,
  feeNoteId: anId,
  from: aDay,
  to: aDay,
  /** A message is being written; nobody is chosen yet. */
  new: oneOf(['1']),
  /** To this patient, about this appointment: other pages lead here. */
  patient: anId,
  appointment: anId,
  write: oneOf(channels),
} satisfies Record<keyof MessageFilter | 'new' | 'patient' | 'appointment' | 'write', unknown>)
