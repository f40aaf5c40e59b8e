import type { FeeNote, FeeNoteRow } from '#contract/fees'
import type { NoteRow, WholeNote } from './note-queries.ts'

export function shownNote(row: NoteRow): FeeNoteRow {
  const { id, number, issuedOn, totalCents, paidCents, state } = row
  return {
    id,
    number,
    patient: { id: row.patientId, name: row.patientName },
    practitioner: { id: row.practitionerId, name: row.practitionerName },
    issuedOn,
    totalCents,
    paidCents,
    leftCents: state === 'cancelled' ? 0 : totalCents - paidCents,
    state,
  }
}

export function shownWholeNote(note: WholeNote): FeeNote {
  return {
    ...shownNote(note),
    lines: note.lines,
    issuedBy: note.issuedBy,
    issuedAt: note.issuedAt.toISOString(),
    cancelledAt: note.cancelledAt?.toISOString() ?? null,
    cancelledReason: note.cancelledReason,
    sha256: note.contentSha256.toString('hex'),
  }
}
