import type { TenantHandler } from '#platform/server/requests.ts'
import { drafts } from './drafts.ts'
import { listing } from './listing.ts'
import type { NotesParts } from './parts.ts'
import { reading } from './reading.ts'
import { saving } from './saving.ts'
import { sessions } from './sessions.ts'
import { signing } from './signing.ts'
import { trashing } from './trashing.ts'

export { sealingWith } from './sealing.ts'
export { notesForExport, type ExportedNote } from './exporting.ts'

export function notesHandlers(parts: NotesParts): readonly TenantHandler[] {
  return [
    listing(parts),
    ...reading(parts),
    saving(parts),
    ...signing(parts),
    ...trashing(parts),
    ...sessions,
    drafts(parts),
  ]
}
