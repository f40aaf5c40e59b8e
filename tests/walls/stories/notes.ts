import { randomUUID } from 'node:crypto'
import * as notes from '#contract/notes'
import type { TenancyServer, TestPractice } from '../../harness/tenants.ts'
import type { Call, LookStory, RefusalStory, WriteStory } from './story.ts'

/** One practice for all stories of a server, with one patient: each is about a note of its own. */
const practices = new WeakMap<TenancyServer, Promise<Place>>()
type Place = { practice: TestPractice; patientId: string }
function place(server: TenancyServer): Promise<Place> {
  const known = practices.get(server) ?? opened(server)
  practices.set(server, known)
  return known
}
async function opened(server: TenancyServer): Promise<Place> {
  const practice = await server.openPractice('Nadia Lambert')
  const { tenantId, holder } = practice
  const { id: patientId } = await server.tenants.databases.within(tenantId, 'practitioner', (db) =>
    db
      .insertInto('patients')
      .values({ practitionerId: holder.memberId, firstName: 'Hugo', lastName: 'Perrin' })
      .returning('id')
      .executeTakeFirstOrThrow(),
  )
  return { practice, patientId }
}

const draft = {
  kind: 'record',
  title: '',
  body: 'Séance calme.',
  patientId: null,
  appointmentId: null,
  heldOn: null,
} as const

type Told = { as: Call['as']; note: notes.Note }
async function written(server: TenancyServer, over: Partial<notes.NoteDraft> = {}): Promise<Told> {
  const { practice, patientId } = await place(server)
  const as = practice.holder
  const input = { params: { id: randomUUID() }, body: { ...draft, patientId, ...over, revision: 0 } }
  return { as, note: await as.call(notes.saveNote, input) }
}
async function trashed(server: TenancyServer): Promise<Told> {
  const { as, note } = await written(server)
  return { as, note: await as.call(notes.trashNote, { params: { id: note.id } }) }
}
async function signed(server: TenancyServer): Promise<Told> {
  const { as, note } = await written(server)
  const input = { params: { id: note.id }, body: { revision: note.revision } }
  return { as, note: await as.call(notes.signNote, input) }
}
const amendment = { body: 'Séance agitée.', reason: 'Erreur de saisie' }
async function amended(server: TenancyServer): Promise<Told> {
  const { as, note } = await signed(server)
  const input = { params: { id: note.id }, body: { ...amendment, revision: note.revision } }
  return { as, note: await as.call(notes.amendNote, input) }
}

/** That note, with this body. @param stale as whoever saw the note before it changed */
const about = ({ as, note }: Told, body?: object, stale = false): Call => ({
  as,
  input: {
    params: { id: note.id },
    ...(body && { body: { ...body, revision: note.revision - (stale ? 1 : 0) } }),
  },
})

export const writes: WriteStory[] = [
  {
    endpoint: notes.saveNote,
    tell: async (server) => ({
      as: (await place(server)).practice.holder,
      input: { params: { id: randomUUID() }, body: { ...draft, revision: 0 } },
    }),
  },
  { endpoint: notes.signNote, tell: async (server) => about(await written(server), {}) },
  { endpoint: notes.amendNote, tell: async (server) => about(await signed(server), amendment) },
  { endpoint: notes.trashNote, tell: async (server) => about(await written(server)) },
  { endpoint: notes.restoreNote, tell: async (server) => about(await trashed(server)) },
  { endpoint: notes.eraseNote, tell: async (server) => about(await trashed(server)) },
]

export const looks: LookStory[] = [
  { endpoint: notes.getNote, tell: async (server) => about(await written(server)) },
  {
    endpoint: notes.getNoteVersion,
    async tell(server) {
      const { as, note } = await amended(server)
      return { as, input: { params: { id: note.id, version: 1 } } }
    },
  },
]

export const refusals: RefusalStory[] = [
  {
    endpoint: notes.saveNote,
    refusal: notes.noteChanged,
    tell: async (server) => about(await trashed(server), draft, true),
  },
  {
    endpoint: notes.saveNote,
    refusal: notes.noteSigned,
    tell: async (server) => about(await signed(server), { ...draft, body: 'Autre.' }),
  },
  {
    endpoint: notes.signNote,
    refusal: notes.noteChanged,
    tell: async (server) => about(await trashed(server), {}, true),
  },
  {
    endpoint: notes.signNote,
    refusal: notes.noteSigned,
    tell: async (server) => about(await signed(server), {}),
  },
  {
    endpoint: notes.signNote,
    refusal: notes.notePersonal,
    tell: async (server) => about(await written(server, { kind: 'personal' }), {}),
  },
  {
    endpoint: notes.signNote,
    refusal: notes.noteEmpty,
    tell: async (server) => about(await written(server, { body: ' ' }), {}),
  },
  {
    endpoint: notes.signNote,
    refusal: notes.noteWithoutPatient,
    tell: async (server) => about(await written(server, { patientId: null }), {}),
  },
  {
    endpoint: notes.amendNote,
    refusal: notes.noteChanged,
    tell: async (server) => about(await amended(server), { ...amendment, body: 'Autre.' }, true),
  },
  {
    endpoint: notes.amendNote,
    refusal: notes.noteNotSigned,
    tell: async (server) => about(await written(server), amendment),
  },
  {
    endpoint: notes.amendNote,
    refusal: notes.noteEmpty,
    tell: async (server) => about(await signed(server), { ...amendment, body: ' ' }),
  },
  {
    endpoint: notes.trashNote,
    refusal: notes.noteSigned,
    tell: async (server) => about(await signed(server)),
  },
  {
    endpoint: notes.eraseNote,
    refusal: notes.noteSigned,
    tell: async (server) => about(await signed(server)),
  },
  {
    endpoint: notes.eraseNote,
    refusal: notes.noteNotInTrash,
    tell: async (server) => about(await written(server)),
  },
]
