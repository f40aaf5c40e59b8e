/** Which messages are listed and what is being written, as the address says it. */
import { z } from 'zod'
import { Channel, MessageFilter } from '#contract/reminders'
import { Id } from '#platform/contract/ids.ts'

export const JournalState = MessageFilter.extend({
  /** A message is being written; nobody is chosen yet. */
  new: z.enum(['1']).optional(),
  /** To this patient, about this appointment: other pages lead here. */
  patient: Id.optional(),
  appointment: Id.optional(),
  write: Channel.optional(),
})
