import { randomUUID } from 'node:crypto'
import { strFromU8, unzipSync } from 'fflate'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  addRelative,
  answerPatientRequest,
  applyRetention,
  archivePatient,
  checkRequestIdentity,
  copyPatient,
  createPatient,
  erasePatient,
  getPatient,
  getRetention,
  giveConsent,
  listPatientRequests,
  listPatients,
  previewErasure,
  receivePatientRequest,
  refusePatientRequest,
  setRetention,
  trashPatient,
  updatePatient,
} from '#contract/patients'
import { dayOf } from '#platform/server/clock.ts'
import { sql } from '#platform/server/db.ts'
import type { TenantDb } from '#platform/server/tenant-db.ts'
import { entriesOf } from '../../../tests/harness/audit.ts'
import { tenancyServer, type TestMember, type TestPractice } from '../../../tests/harness/tenants.ts'
import { dueOn } from './deadline.ts'

const server = await tenancyServer()
const today = dayOf(new Date())
const daysAgo = (days: number) => dayOf(new Date(Date.now() - days * 86_400_000))
let practice: TestPractice
let claire: TestMember
let lea: TestMember
let tenantId: string
let db: TenantDb

beforeAll(async () => {
  practice = await server.openPractice('Claire Moreau')
  claire = practice.holder
  tenantId = practice.tenantId
  lea = await practice.join({ firstName: 'Léa', lastName: 'Fabre', profile: 'secretary' })
  db = await server.tenants.databases.reading(tenantId, 'owner')
})

const add = (lastName: string, firstName = 'Ana') =>
  claire.call(createPatient, { body: { firstName, lastName, phone: '06 39 98 22 22', bornOn: '2012-03-04' } })
const ask = (patientId: string, kind: 'access' | 'erasure' = 'access', receivedOn = today) =>
  claire.call(receivePatientRequest, { body: { patientId, kind, receivedOn, note: 'par courrier' } })

test.each([
  ['2026-11-22', '2026-12-22'],
  ['2027-01-31', '2027-02-28'],
  ['2028-01-31', '2028-02-29'],
  ['2026-12-31', '2027-01-31'],
])('what came in on %s is due on %s', (receivedOn, due) => {
  expect(dueOn(receivedOn)).toBe(due)
})

describe('a request about one’s data', () => {
  test('is a practitioner’s to deal with, and no secretary’s', async () => {
    const { id } = await add('Réservée')
    expect((await lea.refused(listPatientRequests, { query: {} })).status).toBe(403)
    expect((await lea.refused(previewErasure, { params: { id } })).status).toBe(403)
    expect((await lea.refused(copyPatient, { params: { id }, query: {} })).status).toBe(403)
  })

  test('is answered once it is known who asks, and ends then', async () => {
    const { id } = await add('Curieuse')
    const request = await ask(id)
    expect(request).toMatchObject({
      state: 'open',
      dueOn: dueOn(today),
      patient: { id, name: 'Ana Curieuse' },
    })
    const params = { id: request.id }
    const body = { answer: 'Copie remise en main propre' }
    expect((await claire.refused(answerPatientRequest, { params, body })).code).toBe(
      'patient_request_identity_unchecked',
    )
    await claire.call(checkRequestIdentity, { params })
    const answered = await claire.call(answerPatientRequest, { params, body })
    expect(answered).toMatchObject({ state: 'answered', answeredBy: 'Claire Moreau', daysLeft: null })
    for (const again of [
      claire.refused(answerPatientRequest, { params, body }),
      claire.refused(refusePatientRequest, { params, body }),
      claire.refused(checkRequestIdentity, { params }),
    ])
      expect((await again).code).toBe('patient_request_closed')
    const entries = JSON.stringify(await entriesOf(server, { object: request.id }))
    expect(entries).not.toMatch(/Curieuse|courrier|main propre/)
  })

  test('that nobody answered in time stands first, and is counted', async () => {
    const { id } = await add('Patiente')
    const late = await ask(id, 'access', daysAgo(45))
    const { rows, counts } = await claire.call(listPatientRequests, { query: {} })
    expect(rows[0]).toMatchObject({ id: late.id, kind: 'access' })
    expect(rows[0]?.daysLeft).toBeLessThan(0)
    expect(counts.overdue).toBe(1)
    const overdue = await claire.call(listPatientRequests, { query: { state: 'overdue' } })
    expect(overdue.rows.map((row) => row.id)).toEqual([late.id])
    const params = { id: late.id }
    await claire.call(refusePatientRequest, { params, body: { answer: 'Demande abusive' } })
    expect((await claire.call(listPatientRequests, { query: { state: 'closed' } })).rows[0]?.state).toBe(
      'refused',
    )
  })

  test.each([
    ['receivedOn', { receivedOn: dayOf(new Date(Date.now() + 2 * 86_400_000)) }, 'date_in_future'],
    ['patientId', { patientId: randomUUID() }, 'request_patient_unknown'],
  ])('is refused with a wrong %s', async (field, over, code) => {
    const { id } = await add('Exacte')
    const body = { patientId: id, kind: 'access' as const, receivedOn: today, ...over }
    const refused = await claire.refused(receivePatientRequest, { body })
    expect(refused.fields?.[0]).toMatchObject({ path: field, code })
  })
})

/** Something of everything a practice may hold of somebody, and a note that is signed. */
async function withEverything(lastName: string) {
  const { id } = await add(lastName)
  const params = { id }
  const mother = await claire.call(addRelative, {
    params,
    body: { role: 'parental_authority', firstName: 'Rosa', lastName },
  })
  await claire.call(giveConsent, {
    params,
    body: { subject: 'care', relativeId: mother.id, givenOn: today, how: 'written' },
  })
  await claire.call(updatePatient, { params, body: { revision: 1, remark: `Remarque ${lastName}` } })
  const { rows } = await sql<{ id: string }>`
    insert into appointments (practitioner_id, patient_id, starts_at, ends_at, fee_cents, due_cents, remark)
    select ${claire.memberId}, ${id}, at, at + interval '1 hour', 6000, 6000, ${`Étage ${lastName}`}
    from (select now() - make_interval(hours => 2 + 2 * count(*)::integer) as at from appointments) free
    returning id`.execute(db)
  const appointment = rows[0]!.id
  await sql`insert into calls (called_at, patient_id, caller, subject, message)
    values (now(), ${id}, ${`Mère de ${lastName}`}, 'callback', ${`Rappeler ${lastName}`})`.execute(db)
  await sql`insert into tasks (title, patient_id) values (${`Écrire à ${lastName}`}, ${id})`.execute(db)
  await sql`insert into messages (channel, kind, patient_id, recipient, body)
    values ('sms', 'single', ${id}, '+33639982222', ${`Bonjour ${lastName}`})`.execute(db)
  await sql`insert into notes (author_id, kind, patient_id, body_sealed, locked_at, held_on)
    values (${claire.memberId}, 'record', ${id}, 'sealed', now(), current_date),
      (${claire.memberId}, 'personal', null, 'sealed', null, current_date)`.execute(db)
  await sql`update notes set appointment_id = ${appointment} where kind = 'personal' and patient_id is null and appointment_id is null`.execute(
    db,
  )
  await sql`insert into payments (patient_id, practitioner_id, received_on, cents, method, reference, request_id)
    values (${id}, ${claire.memberId}, current_date, 6000, 'card', ${`Virement ${lastName}`}, gen_random_uuid())`.execute(
    db,
  )
  await sql`insert into extra_fees (patient_id, practitioner_id, done_on, label, due_cents)
    values (${id}, ${claire.memberId}, current_date, ${`Compte rendu pour ${lastName}`}, 4000)`.execute(db)
  await sql`insert into fee_notes (practitioner_id, patient_id, number, issued_on, total_cents, content, content_sha256)
    values (${claire.memberId}, ${id}, ${`2026-${lastName}`}, current_date, 6000, ${JSON.stringify({ patient: `Ana ${lastName}` })},
      sha256('x'))`.execute(db)
  return id
}

describe('a copy of everything about a patient', () => {
  test('can be read by people, spreadsheets and programs, and nothing typed is taken for the page’s own', async () => {
    const id = await withEverything('Copiée')
    const { revision } = await claire.call(getPatient, { params: { id } })
    const remark = '<script>alert(1)</script>'
    await claire.call(updatePatient, { params: { id }, body: { revision, remark } })
    const { app } = server
    const reply = await app.inject({
      method: 'GET',
      url: `/api/v1/practice/patients/${id}/copy`,
      headers: { host: 'app.localhost:3000', cookie: claire.cookie() },
    })
    expect(reply.headers['content-type']).toBe('application/zip')
    const files = unzipSync(reply.rawPayload)
    expect(Object.keys(files)).toEqual(
      expect.arrayContaining(['index.html', 'data.json', 'csv/appointments.csv', 'csv/calls.csv']),
    )
    const page = strFromU8(files['index.html']!)
    expect(page).toContain('Rappeler Copiée')
    expect(page).toContain('titulaire de l’autorité parentale')
    expect(page).not.toContain('<script>')
    // As one reads a date; programs find it as they do.
    const [year, month, day] = today.split('-')
    expect(page).toContain(`Copie préparée le ${day}/${month}/${year}.`)
    expect(page).not.toMatch(/\d{4}-\d{2}-\d{2}/)
    expect(strFromU8(files['csv/consents.csv']!)).toContain(`${day}/${month}/${year}`)
    const data = JSON.parse(strFromU8(files['data.json']!)) as Record<string, unknown[]>
    expect(data['identity']).toMatchObject([{ lastName: 'Copiée', remark }])
    expect(data['messages']).toHaveLength(1)
    expect(data['consents']).toMatchObject([{ givenOn: today }])
    // Owed for, and on no fee note yet.
    expect(data['extraFees']).toMatchObject([{ label: 'Compte rendu pour Copiée', dueCents: 4000 }])
    expect(page).toContain('Compte rendu pour Copiée')
    expect(data['notes']).toBeUndefined()
    const [entry] = await entriesOf(server, { verb: 'patient.copied', object: id })
    expect(entry).toMatchObject({ actorId: claire.memberId })
  })

  test('holds the record notes of who asks where they want them, and never a personal one', async () => {
    const { id } = await add('Suivie')
    const vault = await server.tenants.catalogue.vaultOf(tenantId)
    if (!vault) throw new Error('the practice has its key')
    const written = async (kind: 'record' | 'personal', body: string) => {
      const note = randomUUID()
      const sealed = vault.seal(Buffer.from(body), `notes.body:${note}`)
      await sql`insert into notes (id, author_id, kind, patient_id, body_sealed, held_on, locked_at)
        values (${note}, ${claire.memberId}, ${kind}, ${id}, ${sealed}, current_date, '2026-07-01T22:30Z')`.execute(
        db,
      )
    }
    await written('record', 'Séance apaisée')
    await written('personal', 'Pour moi seule')
    const reply = await server.app.inject({
      method: 'GET',
      url: `/api/v1/practice/patients/${id}/copy?notes=own`,
      headers: { host: 'app.localhost:3000', cookie: claire.cookie() },
    })
    const data = strFromU8(unzipSync(reply.rawPayload)['data.json']!)
    expect(data).toContain('Séance apaisée')
    expect(data).not.toContain('Pour moi seule')
    // Half past midnight at the practice.
    expect(data).toContain('"signedAt": "2026-07-02 00:30"')
  })
})

describe('erasing a patient', () => {
  test('is seen before, takes the typed name, leaves accounts without a name, and proves itself in the request', async () => {
    const id = await withEverything('Oubliée')
    const params = { id }
    const request = await ask(id, 'erasure')
    const preview = await claire.call(previewErasure, { params })
    expect(preview).toEqual({
      name: 'Ana Oubliée',
      erased: { relatives: 1, consents: 1, notes: 2, calls: 1, tasks: 1, messages: 1, remarks: 1 },
      kept: { appointments: 1, feeNotes: 1, payments: 1, extraFees: 1 },
      ahead: 0,
    })
    const order = (typedName: string) => ({ params, body: { typedName, requestId: request.id } })
    expect((await claire.refused(erasePatient, order('Ana Autre'))).code).toBe('erasure_name_wrong')
    expect((await claire.refused(erasePatient, order('Ana Oubliée'))).code).toBe(
      'patient_request_identity_unchecked',
    )
    await claire.call(checkRequestIdentity, { params: { id: request.id } })
    const { erased, kept } = await claire.call(erasePatient, order(' ana oubliee '))
    expect({ erased, kept }).toEqual({ erased: preview.erased, kept: preview.kept })

    const { rows } = await claire.call(listPatientRequests, { query: { state: 'closed' } })
    expect(rows.find((row) => row.id === request.id)).toMatchObject({
      state: 'answered',
      note: '',
      patient: { name: 'Patient effacé', erased: true },
      proof: { relatives: 1, feeNotes: 1, payments: 1 },
    })
    // Every row of every table: the name is left where a fee note froze it, and nowhere else.
    const { rows: tables } = await sql<{ name: string }>`
      select c.relname as name from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'`.execute(
      db,
    )
    const left: string[] = []
    for (const { name } of tables) {
      const { rows: found } =
        await sql`select from ${sql.table(name)} t where t::text ilike '%oubliée%'`.execute(db)
      if (found.length > 0) left.push(name)
    }
    expect(left).toEqual(['fee_notes'])
    expect((await claire.call(listPatients, { query: { q: 'Oubliée', state: 'any' } })).total).toBe(0)
    const entries = await entriesOf(server, { object: id })
    expect(JSON.stringify(entries)).not.toMatch(/oubliée/i)
    expect(entries.at(-1)).toMatchObject({ verb: 'patient.erased', after: { erased: { relatives: 1 } } })

    for (const again of [
      claire.refused(erasePatient, { params, body: { typedName: 'Patient effacé' } }),
      claire.refused(previewErasure, { params }),
      claire.refused(copyPatient, { params, query: {} }),
      claire.refused(archivePatient, { params }),
      claire.refused(trashPatient, { params }),
      claire.refused(updatePatient, { params, body: { revision: 1, city: 'Metz' } }),
      claire.refused(addRelative, {
        params,
        body: { role: 'other', firstName: 'Rosa', lastName: 'Nouvelle' },
      }),
    ])
      expect((await again).code).toBe('patient_erased')
  })

  test('tells nobody that a colleague keeps notes, and takes them all the same', async () => {
    const id = await withEverything('Partagée')
    const paul = await practice.join({ firstName: 'Paul', lastName: 'Rousseau', profile: 'practitioner' })
    const params = { id }
    const preview = await paul.call(previewErasure, { params })
    expect(preview.erased).toMatchObject({ notes: 0, relatives: 1 })
    const request = await ask(id, 'erasure')
    await claire.call(checkRequestIdentity, { params: { id: request.id } })
    const body = { typedName: 'Ana Partagée', requestId: request.id }
    expect((await paul.call(erasePatient, { params, body })).erased.notes).toBe(0)
    const { rows: left } = await sql`select from notes where patient_id = ${id}`.execute(db)
    expect(left).toEqual([])
    // Nor do the request and the log, which both read, tell how many were anybody's.
    const { rows } = await claire.call(listPatientRequests, { query: { state: 'closed' } })
    const proof = rows.find((row) => row.id === request.id)?.proof
    expect(proof).toMatchObject({ relatives: 1 })
    expect(proof).not.toHaveProperty('notes')
    const entry = (await entriesOf(server, { verb: 'patient.erased', object: id })).at(-1)
    expect(JSON.stringify(entry?.after)).not.toMatch(/"notes"/)
  })

  test('waits until what is planned was cancelled', async () => {
    const { id } = await add('Attendue')
    await sql`insert into appointments (practitioner_id, patient_id, starts_at, ends_at)
      values (${claire.memberId}, ${id}, now() + interval '9 days', now() + interval '9 days 1 hour')`.execute(
      db,
    )
    const order = { params: { id }, body: { typedName: 'Ana Attendue' } }
    expect((await claire.refused(erasePatient, order)).code).toBe('erasure_appointments_ahead')
    await sql`update appointments set status = 'cancelled' where patient_id = ${id}`.execute(db)
    await claire.call(erasePatient, order)
  })

  test('takes no request of another patient, nor one that is closed', async () => {
    const [{ id }, other] = [await add('Une'), await add('Deux')]
    const [mine, theirs] = [await ask(id, 'erasure'), await ask(other.id, 'erasure')]
    const order = (requestId: string) => ({ params: { id }, body: { typedName: 'Ana Une', requestId } })
    expect((await claire.refused(erasePatient, order(theirs.id))).status).toBe(404)
    await claire.call(refusePatientRequest, { params: { id: mine.id }, body: { answer: 'Litige en cours' } })
    expect((await claire.refused(erasePatient, order(mine.id))).code).toBe('patient_request_closed')
  })
})

describe('how long files are kept', () => {
  const concerned = async (query: { activeYears?: number; archiveYears?: number } = {}) => {
    const { archive, erase } = await claire.call(getRetention, { query })
    const names = (due: { rows: { name: string }[] }) => due.rows.map(({ name }) => name)
    return { archive: names(archive), erase: names(erase) }
  }

  test('is counted from the last appointment somebody came to, else from when they were added; an open request holds an erasure up', async () => {
    const since = async (name: string, years: number, appointment?: number, status = 'kept') => {
      const { id } = await add(name)
      const ago = (of: number) => sql`now() - make_interval(years => ${of}, days => 1)`
      await sql`update patients set created_at = ${ago(years)} where id = ${id}`.execute(db)
      if (appointment !== undefined)
        await sql`insert into appointments (practitioner_id, patient_id, starts_at, ends_at, status)
          values (${claire.memberId}, ${id}, ${ago(appointment)}, ${ago(appointment)} + interval '1 hour', ${status})`.execute(
          db,
        )
      return id
    }
    await since('Ancienne', 5)
    await since('Revenue', 22, 2)
    await since('Lointaine', 24, 21)
    await since('Manquée', 22, 4, 'no_show')
    const asking = await since('Demandeuse', 23)
    const open = await ask(asking)
    expect(await concerned()).toEqual({ archive: ['Ana Ancienne'], erase: ['Ana Manquée', 'Ana Lointaine'] })
    // A rule that is thought about shows whom it would concern, and changes nothing.
    expect(await concerned({ activeYears: 1, archiveYears: 3 })).toEqual({
      archive: ['Ana Revenue'],
      erase: ['Ana Manquée', 'Ana Lointaine', 'Ana Ancienne'],
    })
    await claire.call(refusePatientRequest, { params: { id: open.id }, body: { answer: 'Retirée' } })
    expect((await concerned()).erase).toEqual(['Ana Demandeuse', 'Ana Manquée', 'Ana Lointaine'])
  })

  test('is applied to those that were shown, with the word, and to nobody otherwise', async () => {
    const apply = (act: 'archive' | 'erase', count: number, typed: string) => ({
      body: { act, count, typed },
    })
    expect((await claire.refused(applyRetention, apply('erase', 3, 'oui'))).code).toBe('retention_word_wrong')
    expect((await claire.refused(applyRetention, apply('erase', 1, 'effacer'))).code).toBe('retention_moved')
    expect(await claire.call(applyRetention, apply('archive', 1, 'Archiver'))).toEqual({ count: 1 })
    expect(await claire.call(applyRetention, apply('erase', 3, ' EFFACER '))).toEqual({ count: 3 })
    expect(await concerned()).toEqual({ archive: [], erase: [] })
    const archived = await claire.call(listPatients, { query: { state: 'archived' } })
    expect(archived.rows.map(({ lastName }) => lastName)).toEqual(['Ancienne'])
    const [entry] = (await entriesOf(server, { verb: 'retention.applied' })).slice(-1)
    expect(JSON.stringify(entry)).not.toMatch(/Lointaine|Demandeuse|Manquée/)
    expect(entry?.after).toMatchObject({ act: 'erase', activeYears: 5, archiveYears: 15 })
  })

  test('is set by who saw what stands', async () => {
    const { revision } = await claire.call(getRetention, { query: {} })
    const rule = { activeYears: 3, archiveYears: 10 }
    expect(await claire.call(setRetention, { body: { ...rule, revision } })).toMatchObject(rule)
    const stale = await claire.refused(setRetention, { body: { ...rule, revision } })
    expect(stale).toMatchObject({ code: 'practice_changed', details: { current: rule } })
    expect((await claire.refused(setRetention, { body: { ...rule, revision, activeYears: 0 } })).status).toBe(
      400,
    )
    expect((await lea.refused(setRetention, { body: { ...rule, revision } })).status).toBe(403)
  })
})
