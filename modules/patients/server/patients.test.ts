import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  addOrigin,
  addRelative,
  archivePatient,
  createPatient,
  exportPatients,
  findDoubles,
  findPatients,
  getPatient,
  giveConsent,
  listOrigins,
  listPatients,
  patientSorts,
  removeRelative,
  restorePatient,
  trashPatient,
  unarchivePatient,
  updateOrigin,
  updatePatient,
  updateRelative,
  withdrawConsent,
  type NewPatient,
} from '#contract/patients'
import { dayOf } from '#platform/server/clock.ts'
import { sql } from '#platform/server/db.ts'
import { Refused } from '#platform/server/requests.ts'
import type { TenantDb } from '#platform/server/tenant-db.ts'
import { entriesOf } from '../../../tests/harness/audit.ts'
import { tenancyServer, type TestMember, type TestPractice } from '../../../tests/harness/tenants.ts'
import { mayBeSeen } from './index.ts'

const server = await tenancyServer()
let practice: TestPractice
/** Whose practice it is, and her secretary. */
let claire: TestMember
let lea: TestMember
let db: TenantDb

const today = dayOf(new Date())
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000)
const born = (years: number) => `${Number(today.slice(0, 4)) - years}-01-01`

beforeAll(async () => {
  practice = await server.openPractice('Claire Moreau')
  claire = practice.holder
  lea = await practice.join({ firstName: 'Léa', lastName: 'Fabre', profile: 'secretary' })
  db = await server.tenants.databases.reading(practice.tenantId, 'owner')
})

const add = (patient: NewPatient, by: TestMember = claire) => by.call(createPatient, { body: patient })
const list = async (query: Parameters<typeof claire.call<typeof listPatients>>[1]['query']) =>
  (await claire.call(listPatients, { query })).rows
const names = async (query: Parameters<typeof list>[0]) => (await list(query)).map(({ lastName }) => lastName)

type Booking = { patientId: string; days: number; status?: string; fee?: number; actId?: string }
async function book({ patientId, days, status = 'planned', fee = 6000, actId }: Booking) {
  const due = status === 'cancelled' ? 0 : fee
  const { rows } = await sql<{ id: string }>`
    insert into appointments (practitioner_id, patient_id, starts_at, ends_at, status, fee_cents, due_cents, act_id)
    values (${claire.memberId}, ${patientId}, ${inDays(days)}, ${inDays(days + 0.03)}, ${status}, ${fee}, ${due},
      ${actId ?? null}) returning id`.execute(db)
  return rows[0]!.id
}

describe('a patient', () => {
  test('is added with a name alone, by the secretary too, and is followed by the practitioner who is there', async () => {
    const patient = await add({ firstName: 'Nora', lastName: 'Benali' }, lea)
    expect(patient).toMatchObject({
      firstName: 'Nora',
      lastName: 'Benali',
      age: null,
      bornOn: null,
      practitioner: { id: claire.memberId, name: 'Claire Moreau' },
      sessions: { year: Number(today.slice(0, 4)), used: 0 },
      relatives: [],
      consents: [],
      revision: 1,
    })
  })

  test.each([
    ['أحمد', 'الخطيب'],
    ['王', '小明'],
    ['Ηλέκτρα', 'Παπαδοπούλου'],
    ['Дмитрий', 'Щукин'],
    ['Anne-Sophie', 'D’Aubigné'],
    ['नेहा', 'शर्मा'],
    ['e\u0301mile', 'Zola'],
  ])('may be called %s %s', async (firstName, lastName) => {
    const patient = await add({ firstName, lastName })
    expect(patient.firstName).toBe(firstName.normalize('NFC'))
    expect((await claire.call(findPatients, { query: { q: lastName } })).rows.map(({ id }) => id)).toContain(
      patient.id,
    )
  })

  test.each([
    ['firstName', ' ', 'name_missing'],
    ['lastName', '!!!', 'name_without_letter'],
    ['lastName', 'Zoé 🌸', 'name_with_pictogram'],
    ['lastName', 'Du\u0000pont', 'control_characters'],
    ['lastName', 'Du\npont', 'control_characters'],
    ['lastName', 'x'.repeat(10_000), 'too_big'],
    ['bornOn', dayOf(inDays(2)), 'date_in_future'],
    ['bornOn', '1899-12-31', 'date_out_of_range'],
    ['email', 'nora at example', 'email_invalid'],
    ['phone', 'appelez-moi', 'phone_invalid'],
    ['phone', '12', 'phone_invalid'],
    ['originId', randomUUID(), 'origin_unknown'],
    ['practitionerId', randomUUID(), 'patient_practitioner_unknown'],
  ])('is refused with a %s of %j, by the name of the field', async (field, value, code) => {
    const body = { firstName: 'Nora', lastName: 'Benali', [field]: value }
    const refused = await claire.refused(createPatient, { body })
    expect(refused).toMatchObject({ status: 400, fields: [{ in: 'body', path: field }] })
    expect(refused.fields?.[0]?.code).toBe(code)
  })

  test('is not followed by a secretary', async () => {
    const refused = await claire.refused(createPatient, {
      body: { firstName: 'Nora', lastName: 'Benali', practitionerId: lea.memberId },
    })
    expect(refused.fields?.[0]?.code).toBe('patient_practitioner_unknown')
  })

  test('keeps a telephone as it was typed, and shows it as one reads and dials it', async () => {
    const { phone, phoneShown, phoneDialled } = await add({
      firstName: 'Odile',
      lastName: 'Mercier',
      phone: '06.39.98.12.34',
    })
    expect({ phone, phoneShown, phoneDialled }).toEqual({
      phone: '06.39.98.12.34',
      phoneShown: '06 39 98 12 34',
      phoneDialled: '+33639981234',
    })
  })

  test('that two people edit is changed by the first; the second is shown what stands now', async () => {
    const { id, revision } = await add({ firstName: 'Paul', lastName: 'Deux' })
    await claire.call(updatePatient, { params: { id }, body: { revision, city: 'Metz' } })
    const refused = await lea.refused(updatePatient, { params: { id }, body: { revision, city: 'Nancy' } })
    expect(refused).toMatchObject({
      code: 'patient_changed',
      status: 409,
      details: { current: { city: 'Metz', revision: 2 } },
    })
  })

  test('stands in the log by id and by the names of fields, and by nothing that was typed', async () => {
    const { id, revision } = await add({ firstName: 'Secrète', lastName: 'Inconnue', phone: '0639987777' })
    const body = { revision, remark: 'Vient avec un chien guide', city: 'Lunéville' }
    await lea.call(updatePatient, { params: { id }, body })
    await claire.call(getPatient, { params: { id } })
    const entries = await entriesOf(server, { object: id })
    expect(entries.map(({ verb }) => verb)).toEqual(
      expect.arrayContaining(['patient.created', 'patient.updated', 'patient.seen']),
    )
    expect(JSON.stringify(entries)).toContain('"changed":["city","remark"]')
    expect(JSON.stringify(entries)).not.toMatch(/Secrète|Inconnue|chien|Lunéville|0639987777/)
  })

  test('of another practice is not there', async () => {
    const other = await server.openPractice('Yves Caron')
    const { id } = await add({ firstName: 'Nora', lastName: 'Ailleurs' })
    expect((await other.holder.refused(getPatient, { params: { id } })).status).toBe(404)
    const body = { revision: 1, city: 'Metz' }
    expect((await other.holder.refused(updatePatient, { params: { id }, body })).status).toBe(404)
    expect((await other.holder.call(findPatients, { query: { q: 'Ailleurs' } })).rows).toEqual([])
  })
})

describe('the list', () => {
  let ids: Record<string, string>

  beforeAll(async () => {
    const city = 'Liste'
    const made = {
      anna: await add({ firstName: 'Anna', lastName: 'Élu', city, phone: '+33 6 39 98 55 01' }),
      bruno: await add({ firstName: 'Bruno', lastName: 'Ébène', city, bornOn: born(10) }),
      carla: await add({ firstName: 'Carla', lastName: 'Lefèvre', city, monSoutienPsy: true }),
      david: await add({ firstName: 'David', lastName: 'Moreau', city, email: 'david@example.org' }),
    }
    ids = Object.fromEntries(Object.entries(made).map(([name, { id }]) => [name, id]))
    await book({ patientId: made.anna.id, days: -10, status: 'kept' })
    await book({ patientId: made.anna.id, days: 3 })
    await book({ patientId: made.bruno.id, days: -400 })
    await book({ patientId: made.bruno.id, days: -2, status: 'cancelled' })
    await book({ patientId: made.carla.id, days: 2 })
  })

  test('shows who comes next, who came last, and what is owed for what is over', async () => {
    const rows = await list({ q: 'liste' })
    expect(rows.map(({ lastName, lastSeenOn, owedCents }) => [lastName, lastSeenOn, owedCents])).toEqual([
      ['Ébène', dayOf(inDays(-400)), 6000],
      ['Élu', dayOf(inDays(-10)), 6000],
      ['Lefèvre', null, 0],
      ['Moreau', null, 0],
    ])
    expect(rows.map(({ nextLocal }) => nextLocal?.slice(0, 10) ?? null)).toEqual([
      null,
      dayOf(inDays(3)),
      dayOf(inDays(2)),
      null,
    ])
  })

  test('says owed what accounts say: what is over, what was said to be, and what stands on a fee note, unless it was cancelled', async () => {
    const { id: patientId } = await add({ firstName: 'Elsa', lastName: 'Facturée', city: 'Comptes' })
    const owedOf = async () => (await list({ q: 'comptes' })).map(({ owedCents }) => owedCents)
    await book({ patientId, days: 5, status: 'late_cancelled', fee: 1000 })
    const billed = await book({ patientId, days: 6, fee: 200 })
    await book({ patientId, days: 7, fee: 30 })
    expect(await owedOf()).toEqual([1000])
    const { rows } = await sql<{ id: string }>`
      insert into fee_notes (practitioner_id, patient_id, number, issued_on, total_cents, content, content_sha256)
      values (${claire.memberId}, ${patientId}, 'NH-1', current_date, 200, '{}', sha256('x')) returning id`.execute(
      db,
    )
    const note = rows[0]!.id
    await sql`insert into fee_note_lines (fee_note_id, position, appointment_id, done_on, label, cents)
      values (${note}, 1, ${billed}, current_date, 'Séance', 200)`.execute(db)
    expect(await owedOf()).toEqual([1200])
    await sql`update fee_notes set cancelled_at = now(), cancelled_reason = 'Erreur' where id = ${note}`.execute(
      db,
    )
    expect(await owedOf()).toEqual([1000])
  })

  test('says nothing of money to a secretary who was not granted it', async () => {
    const { rows } = await lea.call(listPatients, { query: { q: 'liste', owes: 'yes', sort: '-owed' } })
    expect(rows.map(({ owedCents }) => owedCents)).toEqual([null, null, null, null])
  })

  test.each([
    ['a name without its accents', 'elu'],
    ['a swapped pair of letters', 'moreua'],
    ['a letter missing', 'lefvre'],
    ['both names in any order', 'lefevre carla'],
    ['an e-mail', 'david@example.org'],
    ['a telephone written otherwise', '06 39 98 55 01'],
    ['the end of a telephone', '985501'],
  ])('finds by %s: %s', async (_, q) => {
    expect(await list({ q })).not.toEqual([])
  })

  test('offers first whose names begin with every word that was typed, in either order', async () => {
    const city = 'Clermont-Ferrand'
    await add({ firstName: 'Élodie', lastName: 'Zoreille', city })
    await add({ firstName: 'Raphaël', lastName: 'Zoreille', city })
    await add({ firstName: 'Marie-Laure', lastName: 'Le Zorzi', city })
    const first = async (q: string) => (await claire.call(findPatients, { query: { q } })).rows[0]?.name
    // « ra » is within the town of all of them.
    expect(await first('zoreille ra')).toBe('Raphaël Zoreille')
    expect(await first('ra zor')).toBe('Raphaël Zoreille')
    expect(await first('zor')).toBe('Élodie Zoreille')
    await add({ firstName: 'Zélie', lastName: 'Zoreille', city })
    expect(await first('zoreille z')).toBe('Zélie Zoreille')
    expect(await first('laure zor')).toBe('Marie-Laure Le Zorzi')
  })

  test('finds a telephone typed in pairs, and not whoever has the same pairs otherwise', async () => {
    await add({ firstName: 'Anne', lastName: 'Paires', phone: '06 39 98 27 52' })
    await add({ firstName: 'Odile', lastName: 'Paires', phone: '06 39 98 52 27' })
    const { rows } = await claire.call(findPatients, { query: { q: '06 39 98 27 52' } })
    expect(rows.map(({ name }) => name)).toEqual(['Anne Paires'])
  })

  test('finds by a date of birth', async () => {
    await add({ firstName: 'Nina', lastName: 'Née', bornOn: '1987-03-09' })
    for (const q of ['09/03/1987', '9.3.1987'])
      expect((await claire.call(findPatients, { query: { q } })).rows.map(({ name }) => name)).toEqual([
        'Nina Née',
      ])
    expect((await claire.call(findPatients, { query: { q: '31/02/1987' } })).rows).toEqual([])
  })

  test('takes a wildcard, a quote and a backslash for what they are', async () => {
    for (const q of ['%', '_', '§', '\\', '"; drop table patients', '((('])
      expect(await claire.call(listPatients, { query: { q } })).toMatchObject({ total: 0 })
  })

  test('narrows to who does not come any more, who comes, whose sessions are counted, and who answers for no one', async () => {
    const since = dayOf(inDays(-30))
    expect(await names({ q: 'liste', notSince: since })).toEqual(['Ébène', 'Moreau'])
    expect(await names({ q: 'liste', since })).toEqual(['Élu', 'Lefèvre'])
    expect(await names({ q: 'liste', monSoutienPsy: 'yes' })).toEqual(['Lefèvre'])
    expect(await names({ q: 'liste', authority: 'missing' })).toEqual(['Ébène'])
    expect(await names({ q: 'liste', owes: 'yes' })).toEqual(['Ébène', 'Élu'])
    expect(await names({ q: 'liste', created: today.slice(0, 7) })).toHaveLength(4)
    expect(await names({ q: 'liste', created: '2020-01' })).toEqual([])
  })

  test('turned page by page shows everybody once, whatever it is sorted by', async () => {
    const whole = await Promise.all(
      patientSorts.map(async (sort) => (await list({ q: 'liste', sort })).map(({ id }) => id)),
    )
    for (const [at, sort] of patientSorts.entries()) {
      const turned: string[] = []
      let after: string | undefined
      do {
        const page = await claire.call(listPatients, {
          query: { q: 'liste', sort, limit: 1, ...(after && { after }) },
        })
        turned.push(...page.rows.map(({ id }) => id))
        after = page.next ?? undefined
      } while (after)
      expect([sort, turned]).toEqual([sort, whole[at]])
    }
  })

  test('sorted either way, those without an appointment stand last', async () => {
    expect((await names({ q: 'liste', sort: 'next' })).slice(0, 2)).toEqual(['Lefèvre', 'Élu'])
    expect((await names({ q: 'liste', sort: '-next' })).slice(0, 2)).toEqual(['Élu', 'Lefèvre'])
    expect((await names({ q: 'liste', sort: '-seen' })).slice(0, 2)).toEqual(['Élu', 'Ébène'])
  })

  test('refuses a place that no list of ours wrote', async () => {
    const refused = await claire.refused(listPatients, { query: { after: 'x' } })
    expect(refused.fields?.[0]).toMatchObject({ path: 'after', code: 'cursor_invalid' })
  })

  test('leaves as CSV, which the log knows of', async () => {
    const reply = await claire.ask(exportPatients, { query: { q: 'liste', sort: '-name' } })
    const lines = reply.text.split('\r\n')
    expect(lines[0]).toContain('Nom;Prénom;')
    expect(lines.slice(1, 5).map((line) => line.split(';')[0])).toEqual(['Moreau', 'Lefèvre', 'Élu', 'Ébène'])
    const [entry] = (await entriesOf(server, { verb: 'patient.listed' })).slice(-1)
    expect(entry).toMatchObject({ actorId: claire.memberId, objectType: 'patient' })
  })

  test('hides who is archived or in the trash, each in its own place, and takes them back as they were', async () => {
    const params = { id: ids['david'] ?? '' }
    await lea.call(archivePatient, { params })
    expect(await names({ q: 'liste' })).not.toContain('Moreau')
    expect(await names({ q: 'liste', state: 'archived' })).toEqual(['Moreau'])
    await lea.call(trashPatient, { params })
    expect(await names({ q: 'liste', state: 'archived' })).toEqual([])
    expect(await names({ q: 'liste', state: 'trash' })).toEqual(['Moreau'])
    expect((await claire.call(findPatients, { query: { q: 'david@example.org' } })).rows).toEqual([])
    const body = { revision: 3, city: 'Metz' }
    expect((await claire.refused(updatePatient, { params, body })).code).toBe('patient_in_trash')
    expect((await claire.refused(archivePatient, { params })).code).toBe('patient_in_trash')
    await lea.call(restorePatient, { params })
    expect(await names({ q: 'liste', state: 'archived' })).toEqual(['Moreau'])
    await lea.call(unarchivePatient, { params })
    expect(await names({ q: 'liste' })).toContain('Moreau')
  })
})

test('whoever is about to be added twice is shown before: by name, whichever field it stands in, or by telephone', async () => {
  const { id } = await add({ firstName: 'Maëlle', lastName: 'Double', phone: '06 39 98 44 44' })
  const same = async (query: { firstName?: string; lastName?: string; phone?: string }) =>
    (await claire.call(findDoubles, { query })).rows
  expect(await same({ firstName: 'maelle', lastName: 'DOUBLE' })).toMatchObject([{ id, same: 'name' }])
  expect(await same({ firstName: 'Double', lastName: 'Maëlle' })).toMatchObject([{ id, same: 'name' }])
  expect(await same({ phone: '+33639984444' })).toMatchObject([{ id, same: 'phone' }])
  expect(await same({ lastName: 'Double' })).toEqual([])
})

test('a way to come to the practice is added once, renamed, and offered no more while who came so keeps it', async () => {
  const origin = await lea.call(addOrigin, { body: { name: 'Médecine du travail' } })
  expect((await claire.call(addOrigin, { body: { name: 'MEDECINE DU TRAVAIL' } })).id).toBe(origin.id)
  const { id } = await add({ firstName: 'Rémi', lastName: 'Venu', originId: origin.id })
  await claire.call(addOrigin, { body: { name: 'Annuaire' } })
  const taken = { params: { id: origin.id }, body: { name: 'annuaire' } }
  expect((await claire.refused(updateOrigin, taken)).code).toBe('origin_name_taken')
  await claire.call(updateOrigin, { params: { id: origin.id }, body: { name: 'Médecin du travail' } })
  await claire.call(updateOrigin, { params: { id: origin.id }, body: { archived: true } })
  const { rows } = await claire.call(listOrigins)
  expect(rows.find((one) => one.id === origin.id)).toEqual({
    id: origin.id,
    name: 'Médecin du travail',
    archived: true,
    patients: 1,
  })
  expect((await claire.call(getPatient, { params: { id } })).origin?.name).toBe('Médecin du travail')
})

describe('a minor', () => {
  const parent = {
    role: 'parental_authority',
    firstName: 'Samia',
    lastName: 'Haddad',
    phone: '0639981111',
  } as const
  const msp = { monSoutienPsy: true }
  const ordinary = { monSoutienPsy: false }

  test('is shown with a warning until somebody answers for them', async () => {
    const { id, authorityMissing } = await add({ firstName: 'Ilyès', lastName: 'Haddad', bornOn: born(9) })
    expect(authorityMissing).toBe(true)
    await lea.call(addRelative, { params: { id }, body: { ...parent, role: 'emergency' } })
    expect((await claire.call(getPatient, { params: { id } })).authorityMissing).toBe(true)
    await lea.call(addRelative, { params: { id }, body: parent })
    expect((await claire.call(getPatient, { params: { id } })).authorityMissing).toBe(false)
  })

  test('comes to an ordinary session with a warning, and to « Mon soutien psy » only with consent, until it is withdrawn', async () => {
    const { id } = await add({ firstName: 'Lina', lastName: 'Haddad', bornOn: born(12) })
    const seen = (how: { monSoutienPsy: boolean }, on = today) => mayBeSeen(db, id, on, how)
    expect(await seen(ordinary)).toEqual(['authority_missing'])
    await expect(seen(msp)).rejects.toThrow(new Refused({ code: 'consent_missing', status: 422 }))
    const mother = await claire.call(addRelative, { params: { id }, body: parent })
    expect(await seen(ordinary)).toEqual(['care_consent_missing'])
    const consent = {
      subject: 'mon_soutien_psy',
      relativeId: mother.id,
      givenOn: today,
      how: 'written',
    } as const
    // A child's own word does not do.
    await claire.call(giveConsent, { params: { id }, body: { ...consent, relativeId: null } })
    await expect(seen(msp)).rejects.toThrow('consent_missing')
    const given = await claire.call(giveConsent, { params: { id }, body: consent })
    expect(await seen(msp)).toEqual([])
    expect((await claire.refused(giveConsent, { params: { id }, body: consent })).code).toBe('consent_stands')
    const beside = { params: { id, relativeId: mother.id } }
    expect((await claire.refused(removeRelative, beside)).code).toBe('relative_consents')
    const withdrawal = { params: { id, consentId: given.id }, body: { withdrawnOn: today } }
    expect(await claire.call(withdrawConsent, withdrawal)).toMatchObject({ withdrawnOn: today })
    await expect(seen(msp)).rejects.toThrow('consent_missing')
    expect((await claire.refused(withdrawConsent, withdrawal)).code).toBe('consent_withdrawn')
    // What was agreed to once stays provable, and with it by whom.
    expect((await claire.refused(removeRelative, beside)).code).toBe('relative_consents')
    const past = (await claire.call(getPatient, { params: { id } })).consents
    expect(past).toContainEqual(expect.objectContaining({ id: given.id, withdrawnOn: today }))
  })

  test('comes with a warning where one holder withdrew what another still agrees to, until they agree again', async () => {
    const { id } = await add({ firstName: 'Mila', lastName: 'Haddad', bornOn: born(8) })
    const params = { id }
    const agree = async (relativeId: string, subject: 'care' | 'mon_soutien_psy') =>
      claire.call(giveConsent, { params, body: { subject, relativeId, givenOn: today, how: 'oral' } })
    const mother = await claire.call(addRelative, { params, body: parent })
    const father = await claire.call(addRelative, { params, body: { ...parent, firstName: 'Karim' } })
    for (const [subject, how] of [
      ['care', ordinary],
      ['mon_soutien_psy', msp],
    ] as const) {
      const seen = (on = today) => mayBeSeen(db, id, on, how)
      await agree(mother.id, subject)
      const { id: consentId } = await agree(father.id, subject)
      expect(await seen()).toEqual([])
      await claire.call(withdrawConsent, { params: { id, consentId }, body: { withdrawnOn: today } })
      expect(await seen()).toEqual(['holder_withdrew'])
      await agree(father.id, subject)
      expect(await seen()).toEqual([])
    }
  })

  test('is one no more on their eighteenth birthday', async () => {
    const { id } = await add({ firstName: 'Nino', lastName: 'Majeur', bornOn: '2010-05-06' })
    expect(await mayBeSeen(db, id, '2028-05-05', ordinary)).toEqual(['authority_missing'])
    expect(await mayBeSeen(db, id, '2028-05-06', msp)).toEqual([])
  })

  test('is not agreed for on a day to come, by nobody who is unknown, nor withdrawn before it was given', async () => {
    const { id } = await add({ firstName: 'Zoé', lastName: 'Haddad', bornOn: born(5) })
    const mother = await claire.call(addRelative, { params: { id }, body: parent })
    const body = { subject: 'care', relativeId: mother.id, givenOn: today, how: 'oral' } as const
    const refused = async (over: object) =>
      (await claire.refused(giveConsent, { params: { id }, body: { ...body, ...over } })).fields?.[0]?.code
    expect(await refused({ givenOn: dayOf(inDays(2)) })).toBe('date_in_future')
    expect(await refused({ relativeId: randomUUID() })).toBe('relative_unknown')
    const { id: consentId } = await claire.call(giveConsent, { params: { id }, body })
    const early = { params: { id, consentId }, body: { withdrawnOn: '2020-01-01' } }
    expect((await claire.refused(withdrawConsent, early)).fields?.[0]?.code).toBe('withdrawn_before_given')
  })

  test('has who stands beside them changed by the secretary, twenty at the most', async () => {
    const { id } = await add({ firstName: 'Tom', lastName: 'Entouré' })
    const first = await lea.call(addRelative, { params: { id }, body: parent })
    const changed = { ...parent, pays: true, email: 'samia@example.org' }
    await lea.call(updateRelative, { params: { id, relativeId: first.id }, body: changed })
    expect((await claire.call(getPatient, { params: { id } })).relatives).toMatchObject([
      { ...changed, phoneShown: '06 39 98 11 11' },
    ])
    for (let at = 1; at < 20; at++) await lea.call(addRelative, { params: { id }, body: parent })
    expect((await lea.refused(addRelative, { params: { id }, body: parent })).code).toBe('too_many_relatives')
    await lea.call(removeRelative, { params: { id, relativeId: first.id } })
  })
})

test('sessions of « Mon soutien psy » are counted by the calendar year, kept and planned ones', async () => {
  const { id } = await add({ firstName: 'Ugo', lastName: 'Compté', monSoutienPsy: true })
  const { rows } = await sql<{ id: string }>`
    insert into acts (name, minutes, mon_soutien_psy) values ('Mon soutien psy', 50, true) returning id`.execute(
    db,
  )
  const actId = rows[0]!.id
  const [first, last] = [
    new Date(`${today.slice(0, 4)}-01-01T12:00:00Z`),
    new Date(`${today.slice(0, 4)}-12-31T12:00:00Z`),
  ]
  const daysTo = (at: Date) => (at.getTime() - Date.now()) / 86_400_000
  await book({ patientId: id, days: daysTo(first), status: 'kept', actId })
  await book({ patientId: id, days: daysTo(first) - 0.5, status: 'cancelled', actId })
  await book({ patientId: id, days: daysTo(first) - 1, status: 'kept', actId })
  await book({ patientId: id, days: daysTo(last), actId })
  await book({ patientId: id, days: daysTo(last) + 1, actId })
  await book({ patientId: id, days: daysTo(last) - 1 })
  expect((await claire.call(getPatient, { params: { id } })).sessions.used).toBe(2)
})
