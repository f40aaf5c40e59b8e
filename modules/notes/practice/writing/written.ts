import type { Note, NoteDraft, NoteKind } from '#contract/notes'

/** A note as it stands in the editor. */
export type Written = Pick<Note, 'kind' | 'title' | 'body' | 'patient' | 'appointment'> & {
  /** Null: the server takes the session's day, or today. */
  heldOn: string | null
}

export const blank = (kind: NoteKind): Written => ({
  kind,
  title: '',
  body: '',
  patient: null,
  appointment: null,
  heldOn: null,
})

export const writtenOf = ({ kind, title, body, patient, appointment, heldOn }: Note): Written => ({
  kind,
  title,
  body,
  patient,
  appointment,
  heldOn,
})

/** What is sent of it. */
export const draftOf = ({ kind, title, body, patient, appointment, heldOn }: Written): NoteDraft => ({
  kind,
  title,
  body,
  heldOn,
  patientId: patient?.id ?? null,
  appointmentId: appointment?.id ?? null,
})

/** What a note says of whom: two that have the same fingerprint need no choice between them. */
export async function fingerprint({ title, body, patient, appointment }: Written): Promise<string> {
  // The title as the server keeps it.
  const said = JSON.stringify([title.normalize('NFC').trim(), body, patient?.id, appointment?.id])
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(said))
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

export const isEmpty = ({ title, body }: Written): boolean => title.trim() === '' && body.trim() === ''

/** Both texts, one after the other: nothing of either is lost. */
export const both = (mine: Written, theirs: Written): Written => ({
  ...mine,
  title: mine.title || theirs.title,
  body: [theirs.body, mine.body].filter((text) => text.trim() !== '').join('\n\n'),
})
