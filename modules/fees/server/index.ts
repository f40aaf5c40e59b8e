import type { TenantHandler } from '#platform/server/requests.ts'
import type { Sentences } from '#platform/server/sentences.ts'
import { dues } from './dues.ts'
import { extraFees } from './extra-fees.ts'
import { feeNotes } from './issuing/notes.ts'
import { issuing } from './issuing/issuing.ts'
import { paymentLists } from './paying/listing.ts'
import { recording } from './paying/recording.ts'
import { refunding } from './paying/refunding.ts'

export { sha256Of, type NoteContent } from './issuing/content.ts'
export { noteToSend } from './issuing/sending-along.ts'

export function feesHandlers(parts: { sentences: Sentences }): readonly TenantHandler[] {
  return [...dues, ...paymentLists(parts), recording, ...refunding, ...extraFees, ...feeNotes, ...issuing]
}
