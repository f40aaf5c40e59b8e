/** Which calls are listed and what is open, as the address says it. */
import { z } from 'zod'
import { CallFilter } from '#contract/calls'
import { Id } from '#platform/contract/ids.ts'

export const CallsState = CallFilter.extend({
  /** A call is being written down; of that patient, where a page about them led here. */
  new: z.enum(['1']).optional(),
  patient: Id.optional(),
  /** One call, shown by itself: what a task leads to. */
  call: Id.optional(),
})
export type CallsState = z.infer<typeof CallsState>
