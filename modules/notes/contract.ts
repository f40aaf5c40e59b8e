/**
 * What a practitioner writes of a session: sealed under the practice's key, read by its author alone. A record note
 * (« note de suivi ») is part of the patient's file and stays once it is signed; a personal one (« note personnelle »)
 * never is. Everything here is answered from the practice's own database.
 */
import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'
import { Day, Id, Instant, Revision, line, text } from '#platform/contract/ids.ts'
import { pageOf, pageQuery } from '#platform/contract/page.ts'
import { refusal } from '#platform/contract/refusal.ts'

export const topics = { notes: 'notes.read' } as const

export const maxBody = 200_000
export const maxTitle = 200
/** Titles are sealed: they are opened and looked through in memory, those of so many notes, the newest. */
export const searchedTitles = 5_000

export const noteKinds = ['record', 'personal'] as const
export const NoteKind = z.enum(noteKinds)
export type NoteKind = z.infer<typeof NoteKind>

const named = z.object({ id: Id, name: z.string() })

/** A note as lists show it: what it is about, and not what it says. */
export const NoteRow = z.object({
  id: Id,
  kind: NoteKind,
  /** Whoever stands in for the author sees that the note exists, and no word of it: title, text and reasons are empty. */
  masked: z.boolean(),
  /** Empty where its author gave none. */
  title: z.string(),
  patient: named.nullable(),
  /** The session it is of, by the practice's clock too: `2026-11-23T09:00`. */
  appointment: z.object({ id: Id, startsAt: Instant, startsLocal: z.string() }).nullable(),
  heldOn: Day,
  savedAt: Instant,
  signedAt: Instant.nullable(),
  /** 1 when it was signed as it was first written; one more with each amendment. */
  version: z.int(),
  trashedAt: Instant.nullable(),
})
export type NoteRow = z.infer<typeof NoteRow>

/** What a signed note said before it was amended, and why it was. */
export const NoteVersion = z.object({
  version: z.int(),
  reason: z.string(),
  signedAt: Instant,
  replacedAt: Instant,
})
export type NoteVersion = z.infer<typeof NoteVersion>

export const Note = NoteRow.extend({
  body: z.string(),
  /** Grows with each change: who saves says which one they began from. */
  revision: z.int(),
  /** The newest first; what each said is asked for by itself. */
  history: z.array(NoteVersion),
})
export type Note = z.infer<typeof Note>

/** Somebody was faster, on another device perhaps; `details.current` is the note that stands. */
export const noteChanged = refusal('note_changed')
/** What is signed is amended, and neither saved over, trashed nor erased. */
export const noteSigned = refusal('note_signed')
export const noteNotSigned = refusal('note_not_signed')
/** A personal note is no part of any record: there is nothing to sign. */
export const notePersonal = refusal('note_personal')
export const noteEmpty = refusal('note_empty', 422)
/** A note of nobody's record cannot be signed into it. */
export const noteWithoutPatient = refusal('note_without_patient', 422)
/** A record note goes for good from the trash alone. */
export const noteNotInTrash = refusal('note_not_in_trash')

const member = { realm: 'member', stepUp: false } as const
const one = { params: z.object({ id: Id }) }
const seen = z.object({ revision: Revision })

export const listNotes = endpoint({
  ...member,
  method: 'GET',
  path: '/notes',
  may: 'notes.read',
  summary: 'The asking practitioner’s own notes, the latest session first; searched by their titles alone',
  input: {
    query: z.object({
      q: line(200).optional(),
      patientId: Id.optional(),
      kind: NoteKind.optional(),
      state: z.enum(['unsigned', 'signed']).optional(),
      /** Record notes of sessions more than so many days ago that wait for a signature. */
      unsignedDays: z.coerce.number().int().min(1).max(365).optional(),
      trash: z.literal('in').optional(),
      ...pageQuery,
    }),
  },
  output: pageOf(NoteRow),
  refreshedBy: ['notes'],
})

export const getNote = endpoint({
  ...member,
  method: 'GET',
  path: '/notes/:id',
  may: 'notes.read',
  records: 'note.seen',
  summary: 'One of the asking practitioner’s own notes, whole',
  input: one,
  output: Note,
})

export const getNoteVersion = endpoint({
  ...member,
  method: 'GET',
  path: '/notes/:id/versions/:version',
  may: 'notes.read',
  records: 'note.seen',
  summary: 'What a signed note said before it was amended',
  input: { params: z.object({ id: Id, version: z.coerce.number().int().min(1).max(100_000) }) },
  output: NoteVersion.extend({ masked: z.boolean(), body: z.string() }),
})

/** Line breaks, tabs and every script pass as they are: what comes back is what was sent. */
const Body = text(maxBody)

export const NoteDraft = z.object({
  kind: NoteKind,
  title: line(maxTitle),
  body: Body,
  patientId: Id.nullable(),
  appointmentId: Id.nullable(),
  /** Null: the day of its session, or today by the practice's clock. */
  heldOn: Day.nullable(),
})
export type NoteDraft = z.infer<typeof NoteDraft>

/**
 * One address for the first save and all others: whoever saves gives the note its id, so that a save whose answer was
 * lost on the way can be sent again. What stands already as it is sent is answered as saved, whatever the revision.
 */
export const saveNote = endpoint({
  ...member,
  method: 'PUT',
  path: '/notes/:id',
  may: 'notes.write',
  records: 'note.saved',
  impersonated: 'refused',
  summary:
    'Saves a note that is not signed; out of the trash too, when it lay there. Its kind stays what it was',
  input: {
    ...one,
    /** 0 where the note is new. */
    body: NoteDraft.extend({ revision: z.int32().min(0) }),
  },
  output: Note,
  refusals: [noteChanged, noteSigned],
  touches: ['notes'],
})

export const signNote = endpoint({
  ...member,
  method: 'POST',
  path: '/notes/:id/signature',
  may: 'notes.write',
  records: 'note.signed',
  impersonated: 'refused',
  summary: 'Signs a record note: from then on it is amended, and keeps what it said',
  input: { ...one, body: seen },
  output: Note,
  refusals: [noteChanged, noteSigned, notePersonal, noteEmpty, noteWithoutPatient],
  touches: ['notes'],
})

export const amendNote = endpoint({
  ...member,
  method: 'POST',
  path: '/notes/:id/amendments',
  may: 'notes.write',
  records: 'note.amended',
  impersonated: 'refused',
  summary: 'Replaces what a signed note says, with a reason; what it said before is kept',
  input: {
    ...one,
    body: seen.extend({ body: Body, reason: line(500).min(1) }),
  },
  output: Note,
  refusals: [noteChanged, noteNotSigned, noteEmpty],
  touches: ['notes'],
})

export const trashNote = endpoint({
  ...member,
  method: 'POST',
  path: '/notes/:id/trashing',
  may: 'notes.write',
  records: 'note.trashed',
  impersonated: 'refused',
  summary: 'Puts a note that is not signed in the trash',
  input: one,
  output: Note,
  refusals: [noteSigned],
  touches: ['notes'],
})

export const restoreNote = endpoint({
  ...member,
  method: 'DELETE',
  path: '/notes/:id/trashing',
  may: 'notes.write',
  records: 'note.restored',
  impersonated: 'refused',
  summary: 'Takes a note out of the trash',
  input: one,
  output: Note,
  touches: ['notes'],
})

export const eraseNote = endpoint({
  ...member,
  method: 'DELETE',
  path: '/notes/:id',
  may: 'notes.write',
  records: 'note.erased',
  impersonated: 'refused',
  summary: 'Erases for good a personal note, or a record note of the trash that was never signed',
  input: one,
  output: z.undefined(),
  status: 204,
  refusals: [noteSigned, noteNotInTrash],
  touches: ['notes'],
})

/** A session of the asking practitioner that a note may be of. */
export const NotedAppointment = z.object({
  id: Id,
  startsAt: Instant,
  /** By the practice's clock: `2026-11-23T09:00`. */
  startsLocal: z.string(),
  patient: named,
  /** What it was for; empty where nothing was said. */
  act: z.string(),
  /** The asking practitioner's own record note of it. */
  noteId: Id.nullable(),
})
export type NotedAppointment = z.infer<typeof NotedAppointment>

export const listNotedAppointments = endpoint({
  ...member,
  method: 'GET',
  path: '/notes/appointments',
  may: 'notes.read',
  summary:
    'The asking practitioner’s sessions that took place, the latest first: all, or those without a note',
  input: {
    query: z.object({
      patientId: Id.optional(),
      without: z.literal('note').optional(),
      /** Of the last so many days alone. */
      days: z.coerce.number().int().min(1).max(366).optional(),
      limit: z.coerce.number().int().min(1).max(100).default(50),
    }),
  },
  output: z.object({ rows: z.array(NotedAppointment), total: z.int() }),
  refreshedBy: ['notes', 'agenda'],
})

/** With what a new note begins, whoever it is about: from a patient's page or an appointment's. */
export const getNoteBeginning = endpoint({
  ...member,
  method: 'GET',
  path: '/notes/beginning',
  may: 'notes.write',
  summary: 'The patient, the session and the day a new note begins with',
  input: { query: z.object({ patientId: Id.optional(), appointmentId: Id.optional() }) },
  output: z.object({
    patient: named.nullable(),
    appointment: NotedAppointment.nullable(),
    /** The day of the session, else today by the practice's clock. */
    heldOn: Day,
  }),
})

/**
 * The key under which a browser keeps what could not be saved yet. It stays in the browser's memory: what lies on the
 * device is ciphertext, and opens again for the same member alone.
 */
export const getDraftKey = endpoint({
  ...member,
  method: 'GET',
  path: '/notes/draft-key',
  may: 'notes.write',
  impersonated: 'refused',
  summary: 'The asking member’s own key for unsaved text on a device: 32 bytes in base64',
  output: z.object({ key: z.string() }),
})

/**
 * Text as it can be saved: what word processors and PDF files leave behind when one pastes from them (vertical tabs, form
 * feeds, halves of characters) would else have the whole note refused.
 */
export const writable = (pasted: string): string =>
  // oxlint-disable no-control-regex -- what `text` refuses
  pasted
    .replace(/\r\n?|\u000B/g, '\n')
    .replace(/[\u0000-\u0008\u000C\u000E-\u001F\u007F]/g, '')
    .replace(/\p{Cs}/gu, '\u{FFFD}')
// oxlint-enable no-control-regex
