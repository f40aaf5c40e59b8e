import type { NoteKind } from '#contract/notes'
import type { TenantTables } from '#platform/server/tenant-db.ts'
import type { Vault } from '#platform/server/vault.ts'
import { notesToCopy, versionsToCopy } from './queries.ts'
import { sealingWith } from './sealing.ts'

type Db = TenantTables<'notes' | 'noteVersions' | 'patients' | 'appointments' | 'practice'>

export type ExportedNote = {
  id: string
  kind: NoteKind
  patientId: string | null
  appointmentId: string | null
  heldOn: string
  title: string
  body: string
  writtenAt: Date
  savedAt: Date
  signedAt: Date | null
  version: number
  /** What it said before each amendment, the oldest first. */
  history: { version: number; body: string; reason: string; signedAt: Date; replacedAt: Date }[]
}

/**
 * What an author's notes say, in the open: for a copy that this very author asks for, and for nothing else. What lies in
 * the trash is no part of it, nor are personal notes, which are no patient's data, unless the author wants them too.
 */
export async function notesForExport(
  db: Db,
  vault: Vault,
  authorId: string,
  patientId?: string,
  { personal = false }: { personal?: boolean } = {},
): Promise<ExportedNote[]> {
  const sealing = sealingWith(vault)
  const notes = await notesToCopy(db, authorId, { patientId, personal })
  const versions = Map.groupBy(
    await versionsToCopy(
      db,
      authorId,
      notes.map(({ id }) => id),
    ),
    ({ noteId }) => noteId,
  )
  return notes.map(({ id, kind, titleSealed, bodySealed, lockedAt, ...note }) => ({
    ...note,
    id,
    kind: kind as NoteKind, // checked by the table
    title: sealing.openTitle(titleSealed, id),
    body: sealing.openBody(bodySealed, id),
    signedAt: lockedAt,
    history: (versions.get(id) ?? []).map(
      ({ version, bodySealed: former, reasonSealed, signedAt, replacedAt }) => ({
        version,
        body: sealing.openFormerBody(former, id, version),
        reason: sealing.openReason(reasonSealed, id, version),
        signedAt,
        replacedAt,
      }),
    ),
  }))
}
