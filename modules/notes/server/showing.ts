import type { Note, NoteRow } from '#contract/notes'
import { found, type TenantContext } from '#platform/server/requests.ts'
import { readingAs, type Reading } from './masking.ts'
import { versionsOf, wholeNote, type NoteListRow } from './queries.ts'
import type { Sealing } from './sealing.ts'

export function shownRow(row: NoteListRow, { opens, masked }: Reading): NoteRow {
  const { id, patientId, appointmentId, startsAt, startsLocal } = row
  return {
    id,
    kind: row.kind as NoteRow['kind'], // checked by the table
    masked,
    title: opens((open) => open.openTitle(row.titleSealed, id)),
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
export async function shownNote(
  { db, member }: Pick<TenantContext, 'db' | 'member'>,
  id: string,
  sealing: Sealing,
): Promise<Note> {
  const row = found(await wholeNote(db, member.memberId, id))
  const versions = await versionsOf(db, member.memberId, id)
  const reading = readingAs(member, sealing)
  const { opens } = reading
  return {
    ...shownRow(row, reading),
    body: opens((open) => open.openBody(row.bodySealed, id)),
    revision: row.revision,
    history: versions.map(({ version, reasonSealed, signedAt, replacedAt }) => ({
      version,
      reason: opens((open) => open.openReason(reasonSealed, id, version)),
      signedAt: signedAt.toISOString(),
      replacedAt: replacedAt.toISOString(),
    })),
  }
}
