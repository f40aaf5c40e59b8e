import { z } from 'zod'
import { NoteKind } from '#contract/notes'
import { Id, line } from '#platform/contract/ids.ts'
import { useUrlState } from '#platform/ui/url-state.ts'

/** What the list reads from its address. */
const Filters = z.object({
  q: line(200).optional(),
  patientId: Id.optional(),
  kind: NoteKind.optional(),
  state: z.enum(['unsigned', 'signed']).optional(),
  unsignedDays: z.coerce.number().int().min(1).max(365).optional(),
  trash: z.literal('in').optional(),
})
export type NoteFilters = z.infer<typeof Filters>

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
