import type { Note, NoteRow } from '#contract/notes'
import { found } from '#platform/server/requests.ts'
import type { TenantDb } from '#platform/server/tenant-db.ts'
import { versionsOf, wholeNote, type NoteListRow } from './queries.ts'
import type { Sealing } from './sealing.ts'

export function shownRow(row: NoteListRow, sealing: Sealing): NoteRow {
  const { id, patientId, appointmentId, startsAt, startsLocal } = row
  return {
    id,
    kind: row.kind as NoteRow['kind'], // checked by the table
    title: sealing.openTitle(row.titleSealed, id),
    patient: patientId === null ? null : { id: patientId, name: `${row.firstName} ${row.lastName}` },
    appointment:
      appointmentId === null || startsAt === null
        ? null
        : { id: appointmentId, startsAt: startsAt.toISOString(), startsLocal },
    heldOn: row.heldOn,
    savedAt: row.savedAt.toISOString(),
    signedAt: row.lockedAt?.toISOString() ?? null,
    version: row.version,
    trashedAt: row.trashedAt?.toISOString() ?? null,
  }
}

/** The whole note, for its author. @throws NotFound for anybody else */
export async function shownNote(db: TenantDb, authorId: string, id: string, sealing: Sealing): Promise<Note> {
  const row = found(await wholeNote(db, authorId, id))
  const versions = await versionsOf(db, authorId, id)
  return {
    ...shownRow(row, sealing),
    body: sealing.openBody(row.bodySealed, id),
    revision: row.revision,
    history: versions.map(({ version, reasonSealed, signedAt, replacedAt }) => ({
      version,
      reason: sealing.openReason(reasonSealed, id, version),
      signedAt: signedAt.toISOString(),
      replacedAt: replacedAt.toISOString(),
    })),
  }
}
