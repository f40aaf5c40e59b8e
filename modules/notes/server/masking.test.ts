import { randomUUID } from 'node:crypto'
import { beforeAll, expect, test } from 'vitest'
import { openNotesToAccess } from '#contract/impersonation'
import {
  amendNote,
  eraseNote,
  getDraftKey,
  getNote,
  getNoteVersion,
  listNotes,
  restoreNote,
  saveNote,
  signNote,
  trashNote,
  type Note,
  type NoteDraft,
} from '#contract/notes'
import { entriesOf } from '../../../tests/harness/audit.ts'
import type { Browserless } from '../../../tests/harness/browserless.ts'
import { freshStaff, standIn } from '../../../tests/harness/impersonation.ts'
import { tenancyServer, type TestMember } from '../../../tests/harness/tenants.ts'

const server = await tenancyServer()
let claire: TestMember
let note: Note
let inside: Browserless
let access: string
const draft: NoteDraft = {
  kind: 'record',
  title: 'Le cormoran du phare',
  body: 'Elle parle d’un cormoran.',
  patientId: null,
  appointmentId: null,
  heldOn: null,
}

beforeAll(async () => {
  const practice = await server.openPractice('Claire Moreau')
  claire = practice.holder
  const { id: patientId } = await server.tenants.databases.within(practice.tenantId, 'practitioner', (db) =>
    db
      .insertInto('patients')
      .values({ practitionerId: claire.memberId, firstName: 'Hugo', lastName: 'Perrin' })
      .returning('id')
      .executeTakeFirstOrThrow(),
  )
  const id = randomUUID()
  const saved = await claire.call(saveNote, { params: { id }, body: { ...draft, patientId, revision: 0 } })
  const signed = await claire.call(signNote, { params: { id }, body: { revision: saved.revision } })
  note = await claire.call(amendNote, {
    params: { id },
    body: { revision: signed.revision, body: 'Elle parle d’une mouette.', reason: 'Pas de cormoran' },
  })
  const lucas = await freshStaff(server, 'administrator')
  const begun = await standIn(server, lucas, claire, { mayWrite: true, wantsNotes: true })
  inside = begun.inside
  access = begun.one.id
}, 60_000)

const params = () => ({ params: { id: note.id } })

test('whoever stands in for an author sees that a note exists, of whom and of when, and no word of it', async () => {
  const list = await inside.call(listNotes, { query: {} })
  const whole = await inside.call(getNote, params())
  const former = await inside.call(getNoteVersion, { params: { id: note.id, version: 1 } })
  expect(list.rows).toMatchObject([
    {
      id: note.id,
      masked: true,
      title: '',
      kind: 'record',
      heldOn: note.heldOn,
      patient: { name: 'Hugo Perrin' },
    },
  ])
  expect(whole).toMatchObject({ masked: true, title: '', body: '', history: [{ version: 1, reason: '' }] })
  expect(former).toMatchObject({ masked: true, body: '', reason: '' })
  expect(JSON.stringify([list, whole, former])).not.toMatch(/cormoran|mouette|phare/)
})

test('and finds none by its title: that one was found would tell what it says', async () => {
  expect((await claire.call(listNotes, { query: { q: 'cormoran' } })).total).toBe(1)
  expect(await inside.call(listNotes, { query: { q: 'cormoran' } })).toMatchObject({ rows: [], total: 0 })
})

test('and writes none, signs none and throws none away, though they may write', async () => {
  const { revision } = note
  const refusals = [
    await inside.refused(saveNote, { ...params(), body: { ...draft, revision } }),
    await inside.refused(saveNote, { params: { id: randomUUID() }, body: { ...draft, revision: 0 } }),
    await inside.refused(signNote, { ...params(), body: { revision } }),
    await inside.refused(amendNote, { ...params(), body: { revision, body: 'Non.', reason: 'Non' } }),
    await inside.refused(trashNote, params()),
    await inside.refused(restoreNote, params()),
    await inside.refused(eraseNote, params()),
    await inside.refused(getDraftKey),
  ]
  expect(refusals.map(({ code }) => code)).toEqual(refusals.map(() => 'impersonation_limited'))
  expect((await claire.call(getNote, params())).body).toBe('Elle parle d’une mouette.')
})

test('until the author opens their notes, this once; the log says which of them were read masked', async () => {
  await claire.call(openNotesToAccess, { params: { id: access } })
  // Every process hears of it by the news.
  await expect.poll(async () => (await inside.call(getNote, params())).masked).toBe(false)
  expect(await inside.call(getNote, params())).toMatchObject({
    title: draft.title,
    body: 'Elle parle d’une mouette.',
    history: [{ reason: 'Pas de cormoran' }],
  })
  expect((await inside.call(listNotes, { query: { q: 'cormoran' } })).total).toBe(1)
  const looks = (await entriesOf(server, { object: note.id })).filter(({ verb }) => verb === 'note.seen')
  expect(looks.some(({ after }) => JSON.stringify(after) === '{"masked":true}')).toBe(true)
  expect(looks.some(({ after }) => after === null)).toBe(true)
})
