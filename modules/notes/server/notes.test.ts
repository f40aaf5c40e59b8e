import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  amendNote,
  eraseNote,
  getDraftKey,
  getNote,
  getNoteBeginning,
  getNoteVersion,
  listNotedAppointments,
  listNotes,
  maxBody,
  restoreNote,
  saveNote,
  signNote,
  trashNote,
  writable,
  type Note,
  type NoteDraft,
} from '#contract/notes'
import { notesForExport } from '#server/notes'
import { entriesOf } from '../../../tests/harness/audit.ts'
import { tenancyServer, type TestMember, type TestPractice } from '../../../tests/harness/tenants.ts'

const server = await tenancyServer()
let moreau: TestPractice
let claire: TestMember
let ines: TestMember
let lea: TestMember
let yves: TestMember
let hugo: string
let louise: string
beforeAll(async () => {
  moreau = await server.openPractice('Claire Moreau')
  claire = moreau.holder
  ines = await moreau.join({ firstName: 'Inès', lastName: 'Garnier', profile: 'practitioner' })
  lea = await moreau.join({ firstName: 'Léa', lastName: 'Fabre', profile: 'secretary' })
  yves = (await server.openPractice('Yves Caron')).holder
  hugo = await patient('Hugo', 'Perrin')
  louise = await patient('Louise', 'Marchand')
}, 60_000)

const inside = <R>(work: Parameters<typeof server.tenants.databases.within<R>>[2]) =>
  server.tenants.databases.within(moreau.tenantId, 'practitioner', work)
const reading = (role: 'practitioner') => server.tenants.databases.reading(moreau.tenantId, role)

async function patient(firstName: string, lastName: string): Promise<string> {
  const { id } = await inside((db) =>
    db
      .insertInto('patients')
      .values({ practitionerId: claire.memberId, firstName, lastName })
      .returning('id')
      .executeTakeFirstOrThrow(),
  )
  return id
}

async function session(patientId: string, startsAt: string, practitionerId = claire.memberId) {
  const endsAt = new Date(new Date(startsAt).getTime() + 45 * 60_000)
  const { id } = await inside((db) =>
    db
      .insertInto('appointments')
      .values({ practitionerId, patientId, startsAt, endsAt })
      .returning('id')
      .executeTakeFirstOrThrow(),
  )
  return id
}

const blank: NoteDraft = {
  kind: 'record',
  title: '',
  body: 'Séance calme.',
  patientId: null,
  appointmentId: null,
  heldOn: null,
}

async function written(over: Partial<NoteDraft> = {}, as = claire): Promise<Note> {
  return as.call(saveNote, {
    params: { id: randomUUID() },
    body: { ...blank, patientId: hugo, ...over, revision: 0 },
  })
}

const again = ({ kind, title, body, patient: of, appointment, heldOn, revision }: Note) => ({
  kind,
  title,
  body,
  heldOn,
  revision,
  patientId: of?.id ?? null,
  appointmentId: appointment?.id ?? null,
})
const params = ({ id }: { id: string }) => ({ params: { id } })

async function signed(over: Partial<NoteDraft> = {}): Promise<Note> {
  const note = await written(over)
  return claire.call(signNote, { ...params(note), body: { revision: note.revision } })
}

describe('a note', () => {
  test('comes back letter by letter in every script, as long as it may be', async () => {
    const body = [
      'Élève « très » ému·e — œuvre, ÿ, İ, ß',
      'שלום עולם · مرحبا بالعالم · नमस्ते · 你好 · こんにちは · 안녕하세요 · Привет · Γειά',
      'e\u0301 reste décomposé, 👩‍👩‍👧‍👦 aussi, \u202Eà rebours\u202C',
      '\tindenté\n\n\n   trois espaces   ',
    ].join('\n')
    const note = await written({ body, title: 'Séance שלום 你好 👩‍⚕️' })
    const shown = await claire.call(getNote, params(note))
    expect(shown).toMatchObject({
      body,
      title: 'Séance שלום 你好 👩‍⚕️',
      patient: { id: hugo, name: 'Hugo Perrin' },
    })

    // As long as it may be, of characters that take four bytes each.
    const longest = '𝒜'.repeat(maxBody)
    expect((await written({ body: longest })).body === longest).toBe(true)
    const tooLong = { params: { id: randomUUID() }, body: { ...blank, body: `${longest}.`, revision: 0 } }
    expect((await claire.ask(saveNote, tooLong)).status).toBe(400)
  })

  test('pasted from a word processor is made fit to be saved, and loses no letter', async () => {
    const pasted = 'un\r\ndeux\u000Btrois\u000C\u0000 \uD800quatre'
    expect(writable(pasted)).toBe('un\ndeux\ntrois \uFFFDquatre')
    expect((await written({ body: writable(pasted) })).body).toBe('un\ndeux\ntrois \uFFFDquatre')
    expect(writable('👩‍👩‍👧‍👦 \tשלום')).toBe('👩‍👩‍👧‍👦 \tשלום')
  })

  test('is sealed to its row and column: no word of it lies in the database, and moved it does not open', async () => {
    const one = await written({ title: 'Le rêve du phare', body: 'Il a rêvé d’un phare.' })
    const other = await written({ body: 'Autre chose.' })
    const db = await reading('practitioner')
    const rows = await db
      .selectFrom('notes')
      .where('id', 'in', [one.id, other.id])
      .select(['id', 'titleSealed', 'bodySealed'])
      .execute()
    const [row] = rows.filter(({ id }) => id === one.id)
    for (const sealed of [row?.titleSealed, row?.bodySealed])
      expect(sealed?.toString('latin1')).not.toContain('phare')
    await inside((at) =>
      at
        .updateTable('notes')
        .set({ bodySealed: row?.bodySealed ?? Buffer.alloc(0) })
        .where('id', '=', other.id)
        .execute(),
    )
    expect((await claire.ask(getNote, params(other))).status).toBe(500)
  })

  test('is its author’s alone: to a colleague, to another practice and to who guesses it does not exist', async () => {
    const note = await signed({ title: 'Le phare' })
    const draft = await written()
    for (const stranger of [ines, yves]) {
      const { rows } = await stranger.call(listNotes, { query: {} })
      expect(rows).toEqual([])
      for (const { id } of [note, draft, { id: randomUUID() }]) {
        const asked = { params: { id } }
        expect((await stranger.refused(getNote, asked)).status).toBe(404)
        expect((await stranger.refused(getNoteVersion, { params: { id, version: 1 } })).status).toBe(404)
        for (const revision of [0, 1]) {
          const body = { ...blank, revision }
          // Revision 0 of an id that is nobody's is a note of theirs.
          if (revision === 0 && id !== note.id && id !== draft.id) continue
          if (revision === 0 && stranger === yves) continue
          expect((await stranger.refused(saveNote, { ...asked, body })).status).toBe(404)
        }
        const body = { revision: 1 }
        expect((await stranger.refused(signNote, { ...asked, body })).status).toBe(404)
        const amending = { ...body, body: 'À moi', reason: 'Pour voir' }
        expect((await stranger.refused(amendNote, { ...asked, body: amending })).status).toBe(404)
        for (const endpoint of [trashNote, restoreNote, eraseNote])
          expect((await stranger.refused(endpoint, asked)).status).toBe(404)
      }
    }
    expect((await claire.call(getNote, params(note))).body).toBe('Séance calme.')
  })

  test('takes its patient and its day from its session, and refuses those of others', async () => {
    const appointmentId = await session(louise, '2026-03-02T08:00:00Z')
    const note = await written({ patientId: null, appointmentId })
    expect(note).toMatchObject({
      patient: { name: 'Louise Marchand' },
      appointment: { id: appointmentId, startsLocal: '2026-03-02T09:00' },
      heldOn: '2026-03-02',
    })
    const refused = async (over: Partial<NoteDraft>) => {
      const { fields } = await claire.refused(saveNote, {
        params: { id: randomUUID() },
        body: { ...blank, ...over, revision: 0 },
      })
      return fields?.map(({ path, code }) => `${path}: ${code}`)
    }
    const unknown = ['appointmentId: note_appointment_unknown']
    expect(await refused({ patientId: hugo, appointmentId })).toEqual(unknown)
    const hers = await session(hugo, '2026-03-02T08:00:00Z', ines.memberId)
    expect(await refused({ appointmentId: hers })).toEqual(unknown)
    expect(await refused({ patientId: randomUUID() })).toEqual(['patientId: note_patient_unknown'])
  })
})

describe('a secretary', () => {
  test('who guesses addresses of notes is refused each of them', async () => {
    const note = await written()
    for (const endpoint of [listNotes, getDraftKey, listNotedAppointments, getNoteBeginning])
      expect(await lea.refused(endpoint, { query: {} })).toMatchObject({ status: 403 })
    expect((await lea.refused(getNote, params(note))).status).toBe(403)
    expect((await lea.refused(getNoteVersion, { params: { id: note.id, version: 1 } })).status).toBe(403)
    expect((await lea.refused(saveNote, { ...params(note), body: again(note) })).status).toBe(403)
    for (const endpoint of [trashNote, restoreNote, eraseNote])
      expect((await lea.refused(endpoint, params(note))).status).toBe(403)
  })

  test('who speaks SQL with her own login is refused by PostgreSQL, whatever she asks of them', async () => {
    await signed()
    const saidBy = (role: 'secretary' | 'support', question: string) =>
      server.tenants.databases.bare(moreau.tenantId, role, (client) =>
        client.query(question).then(
          ({ rowCount }) => rowCount,
          (error: pg.DatabaseError) => error.code,
        ),
      )
    const refused = '42501'
    for (const table of ['notes', 'note_versions'])
      for (const question of [
        `select * from ${table}`,
        `select count(*) from ${table}`,
        `select 1 from ${table} limit 0`,
        `select body_sealed from ${table}`,
        `copy ${table} to stdout`,
        `update ${table} set version = 7`,
        `delete from ${table}`,
        `truncate ${table}`,
      ])
        expect(await saidBy('secretary', question), question).toBe(refused)
    for (const role of ['practitioner', 'owner'])
      expect(await saidBy('secretary', `set role mgp_tenant_${role}`)).toBe(refused)

    expect(await saidBy('support', 'select id, kind, held_on from notes')).toBeGreaterThan(0)
    for (const question of [
      'select title_sealed from notes',
      'select body_sealed from notes',
      'select * from notes',
      'select body_sealed from note_versions',
      'select reason_sealed from note_versions',
      'delete from notes',
    ])
      expect(await saidBy('support', question), question).toBe(refused)
  })
})

describe('saving', () => {
  test('from two devices shows the later one what stands, and overwrites nothing', async () => {
    const note = await written({ body: 'Premier jet.' })
    const phone = await claire.call(saveNote, {
      ...params(note),
      body: { ...again(note), body: 'Du téléphone.' },
    })
    const desk = await claire.refused(saveNote, {
      ...params(note),
      body: { ...again(note), body: 'Du bureau.' },
    })
    expect(desk).toMatchObject({
      status: 409,
      code: 'note_changed',
      details: { current: { body: 'Du téléphone.', revision: phone.revision } },
    })
    const chosen = { ...again(phone), body: 'Du téléphone.\n\nDu bureau.' }
    expect(await claire.call(saveNote, { ...params(note), body: chosen })).toMatchObject({
      body: 'Du téléphone.\n\nDu bureau.',
      revision: phone.revision + 1,
    })
  })

  test('again what was saved already, since the answer was lost on the way, is answered as saved', async () => {
    const id = randomUUID()
    const first = { params: { id }, body: { ...blank, patientId: hugo, revision: 0 } }
    const note = await claire.call(saveNote, first)
    expect(await claire.call(saveNote, first)).toEqual(note)
    const second = { params: { id }, body: { ...again(note), body: 'La suite.' } }
    const saved = await claire.call(saveNote, second)
    expect(await claire.call(saveNote, second)).toEqual(saved)
    expect(saved.revision).toBe(2)
  })

  test('leaves the names of what changed in the log, never a word of it', async () => {
    const note = await written({ title: 'Le cormoran', body: 'Un cormoran.' })
    await claire.call(saveNote, { ...params(note), body: { ...again(note), body: 'Deux cormorans.' } })
    await claire.call(getNote, params(note))
    const entries = await entriesOf(server, { object: note.id })
    expect(entries.map(({ verb, result, after }) => [verb, result, after])).toEqual([
      ['note.saved', 'intended', null],
      ['note.saved', 'done', { kind: 'record', changed: ['created'] }],
      ['note.saved', 'intended', null],
      ['note.saved', 'done', { changed: ['body'] }],
      ['note.seen', 'seen', null],
    ])
    expect(JSON.stringify(entries)).not.toMatch(/cormoran/i)
  })

  test('takes a note out of the trash, where another device put it', async () => {
    const note = await written()
    const trashed = await claire.call(trashNote, params(note))
    expect(
      (await claire.refused(saveNote, { ...params(note), body: { ...again(note), body: 'Si.' } })).code,
    ).toBe('note_changed')
    const saved = await claire.call(saveNote, { ...params(note), body: again(trashed) })
    expect(saved.trashedAt).toBeNull()
  })
})

describe('a signed note', () => {
  test('is amended with a reason, and keeps what it said', async () => {
    const note = await signed({ body: 'Trois séances.' })
    expect(note.signedAt).not.toBeNull()
    const amendment = { revision: note.revision, body: 'Quatre séances.', reason: 'Erreur de compte' }
    const amended = await claire.call(amendNote, { ...params(note), body: amendment })
    expect(amended).toMatchObject({
      body: 'Quatre séances.',
      version: 2,
      history: [
        { version: 1, reason: 'Erreur de compte', signedAt: note.signedAt, replacedAt: amended.signedAt },
      ],
    })
    expect(await claire.call(getNoteVersion, { params: { id: note.id, version: 1 } })).toMatchObject({
      body: 'Trois séances.',
      reason: 'Erreur de compte',
    })
    const slower = await claire.refused(amendNote, { ...params(note), body: { ...amendment, body: 'Cinq.' } })
    expect(slower).toMatchObject({ code: 'note_changed', details: { current: { body: 'Quatre séances.' } } })
    // Its answer was lost on the way.
    expect(await claire.call(amendNote, { ...params(note), body: amendment })).toEqual(amended)
  })

  test('is neither saved over, nor trashed, nor erased, nor signed twice', async () => {
    const note = await signed()
    const codes = [
      await claire.refused(saveNote, { ...params(note), body: { ...again(note), body: 'Non.' } }),
      await claire.refused(signNote, { ...params(note), body: { revision: note.revision } }),
      await claire.refused(trashNote, params(note)),
      await claire.refused(eraseNote, params(note)),
    ].map(({ code }) => code)
    expect(codes).toEqual(['note_signed', 'note_signed', 'note_signed', 'note_signed'])
  })

  test('is kept by the database itself, whatever a server would do', async () => {
    const note = await signed()
    const refused = { code: '23000' }
    const change = (over: Record<string, unknown>) =>
      inside((db) => db.updateTable('notes').set(over).where('id', '=', note.id).execute())
    const changes = {
      unlocked: { lockedAt: null },
      rewritten: { bodySealed: Buffer.from('autre') },
      'rewritten as a version more': { bodySealed: Buffer.from('autre'), version: 2 },
      retitled: { titleSealed: Buffer.from('autre') },
      'of another patient': { patientId: louise },
      'of another day': { heldOn: '2020-01-01' },
      trashed: { trashedAt: new Date() },
    }
    for (const [how, over] of Object.entries(changes))
      await expect(change(over), how).rejects.toMatchObject(refused)
    const gone = inside((db) => db.deleteFrom('notes').where('id', '=', note.id).execute())
    await expect(gone).rejects.toMatchObject(refused)
    const amended = await claire.call(amendNote, {
      ...params(note),
      body: { revision: note.revision, body: 'Rectifié.', reason: 'Une date' },
    })
    const forgotten = inside((db) => db.deleteFrom('noteVersions').where('noteId', '=', note.id).execute())
    await expect(forgotten).rejects.toMatchObject({ code: '42501' })
    expect((await claire.call(getNote, params(note))).history).toEqual(amended.history)
  })

  test('is one with a text, a patient and nothing saved since it was read', async () => {
    const sign = async (note: Note, revision = note.revision) =>
      (await claire.refused(signNote, { ...params(note), body: { revision } })).code
    expect(await sign(await written({ body: ' \n ' }))).toBe('note_empty')
    expect(await sign(await written({ patientId: null }))).toBe('note_without_patient')
    expect(await sign(await written({ kind: 'personal' }))).toBe('note_personal')
    const note = await written()
    await claire.call(saveNote, { ...params(note), body: { ...again(note), body: 'Autrement.' } })
    expect(await sign(note)).toBe('note_changed')
    const trashed = await claire.call(trashNote, params(await written()))
    expect(await sign(trashed)).toBe('note_changed')
  })
})

describe('the trash', () => {
  test('gives a note back as it was, or lets it go for good', async () => {
    const note = await written({ body: 'À jeter ?' })
    expect((await claire.refused(eraseNote, params(note))).code).toBe('note_not_in_trash')
    await claire.call(trashNote, params(note))
    const inTrash = await claire.call(listNotes, { query: { trash: 'in' } })
    expect(inTrash.rows.map(({ id }) => id)).toContain(note.id)
    expect(await claire.call(restoreNote, params(note))).toMatchObject({ body: 'À jeter ?', trashedAt: null })
    await claire.call(trashNote, params(note))
    await claire.call(eraseNote, params(note))
    expect((await claire.refused(getNote, params(note))).status).toBe(404)
  })

  test('is no detour for a personal note: its author erases it at once', async () => {
    const note = await written({ kind: 'personal' })
    await claire.call(eraseNote, params(note))
    expect((await claire.refused(getNote, params(note))).status).toBe(404)
  })
})

describe('the list', () => {
  test('goes from the latest session to the first, page by page, by patient, kind and signature', async () => {
    const anna = await patient('Anna', 'Colin')
    const of = { patientId: anna }
    const first = await written({ ...of, heldOn: '2026-01-05' })
    const third = await written({ ...of, heldOn: '2026-01-19', kind: 'personal' })
    const second = await signed({ ...of, heldOn: '2026-01-12' })
    const ids = async (query: Record<string, unknown>) =>
      (await claire.call(listNotes, { query: { ...of, ...query } })).rows.map(({ id }) => id)
    expect(await ids({})).toEqual([third.id, second.id, first.id])
    expect(await ids({ kind: 'record' })).toEqual([second.id, first.id])
    expect(await ids({ state: 'signed' })).toEqual([second.id])
    expect(await ids({ state: 'unsigned' })).toEqual([first.id])
    expect(await ids({ unsignedDays: 7 })).toEqual([first.id])
    const recent = await written(of)
    expect(await ids({ state: 'unsigned' })).toEqual([recent.id, first.id])
    expect(await ids({ unsignedDays: 7 })).toEqual([first.id])

    const page = await claire.call(listNotes, { query: { ...of, limit: 3 } })
    expect(page).toMatchObject({ total: 4, totalIsExact: true })
    expect(await ids({ limit: 3, after: page.next })).toEqual([first.id])
    expect(JSON.stringify(page)).not.toContain('Séance calme.')
  })

  test('finds by titles, without accents or case, in any script, page by page; never by what a note says', async () => {
    const note = await written({ title: 'Bilan d’été שלום', body: 'Un hippocampe.', heldOn: '2026-02-03' })
    const other = await written({ title: 'Bilan d’hiver', heldOn: '2026-02-02' })
    const found = async (q: string) =>
      (await claire.call(listNotes, { query: { q } })).rows.map(({ id }) => id)
    expect(await found('ETE bilan')).toEqual([note.id])
    expect(await found('שלום été')).toEqual([note.id])
    expect(await found('hippocampe')).toEqual([])
    expect((await ines.call(listNotes, { query: { q: 'bilan' } })).rows).toEqual([])
    const page = await claire.call(listNotes, { query: { q: 'bilan', limit: 1 } })
    expect(page).toMatchObject({ total: 2, rows: [{ id: note.id }] })
    const next = await claire.call(listNotes, { query: { q: 'bilan', limit: 1, after: page.next ?? '' } })
    expect(next).toMatchObject({ rows: [{ id: other.id }], next: null })
  })

  test('of sessions says which have no record note, of those that took place', async () => {
    const emma = await patient('Emma', 'Leroy')
    const noted = await session(emma, '2026-04-01T09:00:00Z')
    const bare = await session(emma, '2026-04-08T09:00:00Z')
    const cancelled = await session(emma, '2026-04-15T09:00:00Z')
    await inside((db) =>
      db.updateTable('appointments').set({ status: 'cancelled' }).where('id', '=', cancelled).execute(),
    )
    await session(emma, '2099-04-08T09:00:00Z')
    const note = await written({ patientId: emma, appointmentId: noted })
    await written({ patientId: emma, appointmentId: bare, kind: 'personal' })
    const of = { patientId: emma }
    expect(await claire.call(listNotedAppointments, { query: of })).toMatchObject({
      rows: [
        { id: bare, noteId: null, startsLocal: '2026-04-08T11:00' },
        { id: noted, noteId: note.id },
      ],
      total: 2,
    })
    const without = await claire.call(listNotedAppointments, { query: { ...of, without: 'note' } })
    expect(without).toMatchObject({ rows: [{ id: bare }], total: 1 })
    const lately = { query: { ...of, without: 'note' as const, days: 1 } }
    expect((await claire.call(listNotedAppointments, lately)).total).toBe(0)
    expect((await ines.call(listNotedAppointments, { query: of })).rows).toEqual([])
    expect(await claire.call(getNoteBeginning, { query: { appointmentId: bare } })).toMatchObject({
      patient: { id: emma, name: 'Emma Leroy' },
      heldOn: '2026-04-08',
    })
    expect((await ines.refused(getNoteBeginning, { query: { appointmentId: bare } })).status).toBe(404)
  })
})

test('what a device keeps is sealed by a key of that member’s own, the same each time', async () => {
  const keys = await Promise.all([claire, ines, yves].map((member) => member.call(getDraftKey)))
  expect(await claire.call(getDraftKey)).toEqual(keys[0])
  expect(new Set(keys.map(({ key }) => key)).size).toBe(3)
  for (const { key } of keys) expect(Buffer.from(key, 'base64')).toHaveLength(32)
})

test('an author’s copy holds their record notes with what they said before; personal ones where they ask for them', async () => {
  const marc = await patient('Marc', 'Girard')
  const note = await signed({ patientId: marc, title: 'Bilan', body: 'Avant.', heldOn: '2026-05-04' })
  const amendment = { revision: note.revision, body: 'Après.', reason: 'Coquille' }
  await claire.call(amendNote, { ...params(note), body: amendment })
  await written({ patientId: marc, kind: 'personal', body: 'À part.', heldOn: '2026-05-11' })
  await claire.call(trashNote, params(await written({ patientId: marc })))
  await ines.call(saveNote, {
    params: { id: randomUUID() },
    body: { ...blank, patientId: marc, revision: 0 },
  })
  const vault = await server.tenants.catalogue.vaultOf(moreau.tenantId)
  if (!vault) throw new Error('the practice has its key')
  const db = await reading('practitioner')
  const copy = await notesForExport(db, vault, claire.memberId, marc)
  expect(copy).toMatchObject([
    {
      kind: 'record',
      title: 'Bilan',
      body: 'Après.',
      heldOn: '2026-05-04',
      version: 2,
      history: [{ version: 1, body: 'Avant.', reason: 'Coquille' }],
    },
  ])
  const all = await notesForExport(db, vault, claire.memberId, marc, { personal: true })
  expect(all.map(({ body }) => body)).toEqual(['Après.', 'À part.'])
})
