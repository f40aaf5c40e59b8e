import { beforeAll, describe, expect, test } from 'vitest'
import {
  bookAppointment,
  findAppointments,
  getAgenda,
  getAppointment,
  listAppointments,
  markAppointment,
  markAppointments,
  moveAppointment,
  moveAppointments,
  removeAppointment,
  updateAppointment,
} from '#contract/agenda'
import type { CallInput } from '#platform/contract/endpoint.ts'
import { sql } from '#platform/server/db.ts'
import type { TenantDb } from '#platform/server/tenant-db.ts'
import { entriesOf } from '../../../tests/harness/audit.ts'
import { tenancyServer, type TestMember, type TestPractice } from '../../../tests/harness/tenants.ts'

// In a far year: the practice's database refuses what was intended more than an hour ago by its own clock.
const now = new Date('2096-11-22T09:00:00Z')
const server = await tenancyServer({ clock: { now: () => now } })
let moreau: TestPractice
let claire: TestMember
let ines: TestMember
let lea: TestMember
let karim: string
let session: string
let supported: string

const inPractice = server.tenants.databases.within
const practice = <R>(work: Parameters<typeof inPractice<R>>[2]) =>
  inPractice(moreau.tenantId, 'practitioner', work)

const patient = async (firstName: string, lastName: string) => {
  const row = await practice((db) =>
    db
      .insertInto('patients')
      .values({ practitionerId: claire.memberId, firstName, lastName })
      .returning('id')
      .executeTakeFirstOrThrow(),
  )
  return row.id
}

beforeAll(async () => {
  moreau = await server.openPractice('Claire Moreau')
  claire = moreau.holder
  ines = await moreau.join({ firstName: 'Inès', lastName: 'Garnier', profile: 'practitioner' })
  lea = await moreau.join({ firstName: 'Léa', lastName: 'Fabre', profile: 'secretary' })
  karim = await patient('Karim', 'Benali')
  ;[session, supported] = await practice(async (db) => {
    const rows = await db
      .insertInto('acts')
      .values([
        { name: 'Séance individuelle', minutes: 60 },
        { name: 'Mon soutien psy', minutes: 45, monSoutienPsy: true },
      ])
      .returning('id')
      .execute()
    const ids = rows.map(({ id }) => id) as [string, string] // two were inserted
    await db
      .insertInto('tariffs')
      .values([
        { actId: ids[0], fromOn: '2096-01-01', feeCents: 6_000 },
        { actId: ids[0], fromOn: '2097-01-01', feeCents: 6_500 },
        { actId: ids[1], fromOn: '2020-01-01', feeCents: 4_000 },
      ])
      .execute()
    return ids
  })
}, 60_000)

type Booking = CallInput<typeof bookAppointment>['body']
const book = (startsLocal: string, over: Partial<Booking> = {}, by = claire) =>
  by
    .call(bookAppointment, {
      body: { practitionerId: claire.memberId, patientId: karim, actId: session, startsLocal, ...over },
    })
    .then(({ appointment }) => appointment)

async function payIn(db: TenantDb, appointmentId: string, cents: number) {
  const payment = await db
    .insertInto('payments')
    .values({
      patientId: karim,
      practitionerId: claire.memberId,
      receivedOn: '2096-11-22',
      cents,
      method: 'card',
      requestId: crypto.randomUUID(),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await db.insertInto('paymentAllocations').values({ paymentId: payment.id, appointmentId, cents }).execute()
}
const pay = (appointmentId: string, cents: number) => practice((db) => payIn(db, appointmentId, cents))

/** Claire's, of that session; signed where a time is told. */
const noteOf = (appointmentId: string, lockedAt: Date | null = null) =>
  practice(async (db) => {
    const said = { authorId: claire.memberId, kind: 'record', patientId: karim, appointmentId, lockedAt }
    const { id } = await db
      .insertInto('notes')
      .values({ ...said, bodySealed: Buffer.from('sealed') })
      .returning('id')
      .executeTakeFirstOrThrow()
    return id
  })

/** Once somebody waits for what this transaction holds. */
async function awaited(db: TenantDb) {
  for (;;) {
    const { rows } = await sql`select from pg_stat_activity
      where pg_backend_pid() = any(pg_blocking_pids(pid))`.execute(db)
    if (rows.length > 0) return
  }
}

describe('an appointment', () => {
  test('is as long as its act and costs what the act costs that day', async () => {
    const first = await book('2096-11-23T09:00', {}, lea)
    expect(first).toMatchObject({
      patient: { id: karim, name: 'Karim Benali' },
      startsAt: '2096-11-23T08:00:00.000Z',
      endsLocal: '2096-11-23T10:00',
      minutes: 60,
      status: 'planned',
    })
    expect(await claire.call(getAppointment, { params: { id: first.id } })).toMatchObject({
      feeCents: 6_000,
      dueCents: 6_000,
      paidCents: 0,
      bookedBy: 'Léa Fabre',
      practitionerName: 'Claire Moreau',
    })
    expect(await book('2097-01-04T09:00')).toMatchObject({ feeCents: 6_500 })
    const agreed = await book('2096-11-23T11:00', { feeCents: 4_500, minutes: 30 })
    expect(agreed).toMatchObject({ feeCents: 4_500, minutes: 30 })
  })

  test('without a patient has a title and no fee', async () => {
    const body = { practitionerId: claire.memberId, startsLocal: '2096-11-23T18:00', minutes: 90 }
    const { appointment } = await claire.call(bookAppointment, { body: { ...body, title: 'Supervision' } })
    expect(appointment).toMatchObject({ patient: null, title: 'Supervision', feeCents: 0, act: null })
    const refusal = await claire.refused(bookAppointment, { body })
    expect(refusal.fields?.[0]).toMatchObject({ path: 'patientId', code: 'patient_or_title' })
  })

  test('stands where nobody else does: the database refuses, and says what is there to who may know', async () => {
    const standing = await book('2096-11-24T09:00')
    const body = {
      practitionerId: claire.memberId,
      title: 'Réunion',
      minutes: 30,
      startsLocal: '2096-11-24T09:45',
    }
    const refusal = await lea.refused(bookAppointment, { body })
    expect(refusal).toMatchObject({
      status: 409,
      code: 'appointment_overlaps',
      details: {
        with: {
          id: standing.id,
          startsLocal: '2096-11-24T09:00',
          endsLocal: '2096-11-24T10:00',
          patientName: 'Karim Benali',
        },
      },
    })
    expect(refusal.message).not.toContain('Benali')
    // One that begins as the other ends is beside it; so is a colleague's.
    await lea.call(bookAppointment, { body: { ...body, startsLocal: '2096-11-24T10:00' } })
    await lea.call(bookAppointment, { body: { ...body, practitionerId: ines.memberId } })
  })

  test('booked by two at once is booked by one', async () => {
    const answers = await Promise.all(
      [claire, lea, ines, lea].map((who) =>
        who.ask(bookAppointment, {
          body: {
            practitionerId: claire.memberId,
            patientId: karim,
            actId: session,
            startsLocal: '2096-11-25T09:00',
          },
        }),
      ),
    )
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409, 409, 409])
  })

  test('moved by two at once goes where the first put it, and the second sees where', async () => {
    const { id, revision } = await book('2096-11-26T09:00')
    const params = { id }
    await claire.call(moveAppointment, {
      params,
      body: { revision, startsLocal: '2096-11-26T14:00', minutes: 45 },
    })
    const refusal = await lea.refused(moveAppointment, {
      params,
      body: { revision, startsLocal: '2096-11-26T16:00' },
    })
    expect(refusal).toMatchObject({
      status: 409,
      code: 'appointment_changed',
      details: { current: { startsLocal: '2096-11-26T14:00', minutes: 45, revision: revision + 1 } },
    })
  })

  test('changes places with another in one go, where one after the other would not do', async () => {
    const [one, other] = [await book('2096-11-27T09:00'), await book('2096-11-27T10:00')]
    const moves = [
      { id: one.id, revision: 1, startsLocal: other.startsLocal },
      { id: other.id, revision: 1, startsLocal: one.startsLocal },
    ]
    const { appointments } = await claire.call(moveAppointments, { body: { appointments: moves } })
    expect(appointments.map(({ id }) => id)).toEqual([other.id, one.id])
    const bothAt = moves.map((move) => ({ ...move, revision: 2, startsLocal: '2096-11-27T15:00' }))
    expect(await claire.refused(moveAppointments, { body: { appointments: bothAt } })).toMatchObject({
      code: 'appointment_overlaps',
      details: { with: null },
    })
  })

  test('is handed to a colleague, whose agenda it then stands in', async () => {
    const { id, revision } = await book('2096-11-27T18:00')
    const body = { revision, startsLocal: '2096-11-27T18:00', practitionerId: ines.memberId }
    await claire.call(moveAppointment, { params: { id }, body })
    const query = { from: '2096-11-27', to: '2096-11-27', practitionerId: ines.memberId }
    const { appointments, practitioners } = await claire.call(getAgenda, { query })
    expect(appointments.map((one) => one.id)).toEqual([id])
    expect(practitioners.map(({ name }) => name)).toEqual(['Inès Garnier', 'Claire Moreau'])
  })

  test('needs to be told whose it is where several could be meant, and nobody else’s than theirs', async () => {
    const body = { patientId: karim, actId: session, startsLocal: '2096-12-24T09:00' }
    const unsaid = await lea.refused(bookAppointment, { body })
    expect(unsaid.fields?.[0]).toMatchObject({ path: 'practitionerId', code: 'practitioner_unknown' })
    const hers = await lea.refused(bookAppointment, { body: { ...body, practitionerId: lea.memberId } })
    expect(hers.fields?.[0]).toMatchObject({ code: 'practitioner_unknown' })
    const { appointment } = await ines.call(bookAppointment, { body })
    expect(appointment.practitionerId).toBe(ines.memberId)
  })

  test('booked by mistake is removed, but not once something names it', async () => {
    const mistake = await book('2096-12-23T09:00')
    await lea.call(removeAppointment, { params: { id: mistake.id }, query: { revision: 1 } })
    expect((await lea.refused(getAppointment, { params: { id: mistake.id } })).status).toBe(404)
    const paid = await book('2096-12-23T10:00')
    await pay(paid.id, 1_000)
    const refusal = await lea.refused(removeAppointment, { params: { id: paid.id }, query: { revision: 1 } })
    expect(refusal).toMatchObject({ status: 409, code: 'appointment_in_use' })
  })

  test('that has begun stays, whether a note tells of it or not', async () => {
    const [told, silent] = [await book('2096-11-22T10:00'), await book('2096-11-19T10:00')]
    await noteOf(told.id)
    for (const { id } of [told, silent])
      expect(await lea.refused(removeAppointment, { params: { id }, query: { revision: 1 } })).toMatchObject({
        status: 409,
        code: 'appointment_in_use',
      })
  })

  test('to come is removed alike with a note and without one, and the note stays, signed or not', async () => {
    const these = [await book('2096-12-22T09:00'), await book('2096-12-22T10:00')]
    const notes = [await noteOf(these[0]?.id ?? ''), await noteOf(these[1]?.id ?? '', now)]
    for (const { id } of these) await lea.call(removeAppointment, { params: { id }, query: { revision: 1 } })
    const kept = await practice((db) =>
      db
        .selectFrom('notes')
        .where('id', 'in', notes)
        .orderBy('id')
        .select(['id', 'appointmentId', 'patientId'])
        .execute(),
    )
    expect(kept).toEqual(notes.toSorted().map((id) => ({ id, appointmentId: null, patientId: karim })))
  })

  test('is not taken from a signed note by anything but its own removal', async () => {
    const { id } = await book('2096-12-22T11:00')
    const note = await noteOf(id, now)
    const without = practice((db) =>
      db.updateTable('notes').set({ appointmentId: null }).where('id', '=', note).execute(),
    )
    await expect(without).rejects.toThrow('a signed note stays signed')
  })
})

describe('how it came out', () => {
  const mark = (
    who: TestMember,
    id: string,
    revision: number,
    status: 'planned' | 'kept' | 'cancelled' | 'late_cancelled' | 'no_show',
    dueCents?: number,
  ) => ({
    who,
    input: { params: { id }, body: { revision, status, ...(dueCents !== undefined && { dueCents }) } },
  })
  const marked = async ({ who, input }: ReturnType<typeof mark>) =>
    (await who.call(markAppointment, input)).appointment

  test('decides what is owed: all of it, the practice’s share rounded half up, or nothing', async () => {
    await practice((db) =>
      db
        .updateTable('practice')
        .set({ lateSharePercent: 50, noShowSharePercent: 33, lateWindowHours: 24 })
        .execute(),
    )
    const { id } = await book('2096-11-22T09:00', { feeCents: 4_501 })
    expect(await marked(mark(claire, id, 1, 'late_cancelled'))).toMatchObject({ dueCents: 2_251 })
    expect(await marked(mark(claire, id, 2, 'no_show'))).toMatchObject({ dueCents: 1_485 })
    expect(await marked(mark(claire, id, 3, 'no_show', 1_000))).toMatchObject({ dueCents: 1_000 })
    expect(await marked(mark(claire, id, 4, 'cancelled'))).toMatchObject({ dueCents: 0, feeCents: 4_501 })
    expect(await marked(mark(claire, id, 5, 'kept'))).toMatchObject({ dueCents: 4_501, status: 'kept' })
    const tooMuch = await claire.refused(markAppointment, mark(claire, id, 6, 'no_show', 4_502).input)
    expect(tooMuch.fields?.[0]).toMatchObject({ path: 'dueCents', code: 'due_above_fee' })
  })

  test('is proposed by the practice’s own rule: too late within its window', async () => {
    const [soon, later] = [await book('2096-11-22T20:00'), await book('2096-12-01T20:00')]
    const rule = async (id: string) => (await claire.call(getAppointment, { params: { id } })).rule
    expect(await rule(soon.id)).toMatchObject({ cancelAs: 'late_cancelled', lateDueCents: 3_000 })
    expect(await rule(later.id)).toMatchObject({ cancelAs: 'cancelled', noShowDueCents: 1_980 })
  })

  test('is not known before it begins', async () => {
    const { id } = await book('2096-12-02T09:00')
    const refusal = await claire.refused(markAppointment, mark(claire, id, 1, 'no_show').input)
    expect(refusal).toMatchObject({ status: 422, code: 'appointment_not_yet' })
  })

  test('is taken back, unless somebody has taken its time meanwhile', async () => {
    const { id } = await book('2096-12-03T09:00')
    await marked(mark(lea, id, 1, 'cancelled'))
    expect(await marked(mark(lea, id, 2, 'planned'))).toMatchObject({ status: 'planned', dueCents: null })
    await marked(mark(lea, id, 3, 'cancelled'))
    const taker = await book('2096-12-03T09:30')
    expect(await lea.refused(markAppointment, mark(lea, id, 4, 'planned').input)).toMatchObject({
      code: 'appointment_overlaps',
      details: { with: { id: taker.id } },
    })
  })

  test('never makes it owe less than was paid', async () => {
    const { id } = await book('2096-12-03T14:00')
    await pay(id, 6_000)
    const refusal = await claire.refused(markAppointment, mark(claire, id, 1, 'cancelled').input)
    expect(refusal).toMatchObject({ status: 409, code: 'appointment_paid', details: { paidCents: 6_000 } })
    const cheaper = await claire.refused(updateAppointment, {
      params: { id },
      body: { revision: 1, feeCents: 5_999 },
    })
    expect(cheaper.code).toBe('appointment_paid')
  })

  test('of several is all of them, or none', async () => {
    const these = [await book('2096-12-04T09:00'), await book('2096-12-04T10:00')]
    const all = (status: 'cancelled' | 'planned', revision: number) => ({
      body: { appointments: these.map(({ id }) => ({ id, status, revision })) },
    })
    const { appointments } = await lea.call(markAppointments, all('cancelled', 1))
    expect(appointments.map(({ status }) => status)).toEqual(['cancelled', 'cancelled'])
    await book('2096-12-04T10:30')
    expect((await lea.refused(markAppointments, all('planned', 2))).code).toBe('appointment_overlaps')
    const first = these[0]?.id ?? ''
    expect(await lea.call(getAppointment, { params: { id: first } })).toMatchObject({ status: 'cancelled' })
  })

  test('marked as kept, then moved ahead, is to come again', async () => {
    const { id } = await book('2096-11-22T07:00')
    await marked(mark(claire, id, 1, 'no_show'))
    const { appointment } = await claire.call(moveAppointment, {
      params: { id },
      body: { revision: 2, startsLocal: '2096-12-05T07:00' },
    })
    expect(appointment).toMatchObject({ status: 'planned', dueCents: 6_000 })
  })
})

describe('money', () => {
  test('is not shown to a secretary who was not granted it, nor set by her', async () => {
    const cashier = await moreau.join({ firstName: 'Nora', lastName: 'Petit', profile: 'secretary' })
    const mine = await book('2096-12-07T09:00', {}, cashier)
    expect(mine).toMatchObject({ feeCents: null, dueCents: null, paidCents: null })
    const body = {
      practitionerId: claire.memberId,
      patientId: karim,
      actId: session,
      startsLocal: '2096-12-07T11:00',
    }
    expect(await cashier.refused(bookAppointment, { body: { ...body, feeCents: 1 } })).toMatchObject({
      status: 403,
      code: 'appointment_fee_reserved',
    })
    const change = { params: { id: mine.id }, body: { revision: 1, feeCents: 0 } }
    expect((await cashier.refused(updateAppointment, change)).code).toBe('appointment_fee_reserved')
  })

  test('is not guessed either: a fee she names is refused whether or not it is the one', async () => {
    const body = {
      practitionerId: claire.memberId,
      patientId: karim,
      actId: session,
      startsLocal: '2096-12-07T14:00',
    }
    const { id } = await book('2096-12-07T16:00', { feeCents: 4_500 })
    for (const feeCents of [6_000, 4_500]) {
      expect((await lea.refused(bookAppointment, { body: { ...body, feeCents } })).code).toBe(
        'appointment_fee_reserved',
      )
      const change = { params: { id }, body: { revision: 1, feeCents } }
      expect((await lea.refused(updateAppointment, change)).code).toBe('appointment_fee_reserved')
    }
    // What was agreed is not told by where it is refused.
    const { appointment } = await lea.call(updateAppointment, {
      params: { id },
      body: { revision: 1, patientId: null, title: 'Réunion' },
    })
    expect(appointment).toMatchObject({ patient: null, title: 'Réunion' })
  })

  test('is in no refusal and behind no fee note for whoever may not read fees', async () => {
    const { id } = await book('2096-12-07T18:00')
    await pay(id, 6_000)
    const params = { id }
    const cancelling = { params, body: { revision: 1, status: 'cancelled' as const } }
    const handingOver = { params, body: { revision: 1, patientId: null, title: 'Réunion' } }
    const refusals = [
      await lea.refused(markAppointment, cancelling),
      await lea.refused(updateAppointment, handingOver),
    ]
    for (const refusal of refusals) expect(refusal.code).toBe('appointment_paid')
    expect(JSON.stringify(refusals)).not.toMatch(/6000|Cents/)
    const feeNoteId = await practice(async (db) => {
      const note = await db
        .insertInto('feeNotes')
        .values({
          practitionerId: claire.memberId,
          patientId: karim,
          number: 'NH-2096-0001',
          issuedOn: '2096-11-22',
          totalCents: 6_000,
          content: '{}',
          contentSha256: Buffer.alloc(32),
        })
        .returning('id')
        .executeTakeFirstOrThrow()
      const line = { position: 1, appointmentId: id, doneOn: '2096-12-07', label: 'Séance', cents: 6_000 }
      await db
        .insertInto('feeNoteLines')
        .values({ feeNoteId: note.id, ...line })
        .execute()
      return note.id
    })
    expect((await claire.call(getAppointment, { params })).feeNoteId).toBe(feeNoteId)
    expect((await lea.call(getAppointment, { params })).feeNoteId).toBeNull()
  })

  test('that comes in while somebody cancels is seen by who cancels', async () => {
    const { id } = await book('2096-12-08T18:00')
    const { cancelling } = await practice(async (db) => {
      await payIn(db, id, 6_000)
      const asked = claire.ask(markAppointment, {
        params: { id },
        body: { revision: 1, status: 'cancelled' },
      })
      await awaited(db)
      return { cancelling: asked }
    })
    expect((await cancelling).status).toBe(409)
    expect((await claire.call(getAppointment, { params: { id } })).status).toBe('planned')
  })

  test('another act brings its own price, and what was agreed stands otherwise', async () => {
    const { id } = await book('2096-12-08T09:00', { feeCents: 5_000 })
    const change = (revision: number, body: object) =>
      claire
        .call(updateAppointment, { params: { id }, body: { revision, ...body } })
        .then(({ appointment }) => appointment)
    expect(await change(1, { remark: 'Deuxième étage' })).toMatchObject({
      feeCents: 5_000,
      remark: 'Deuxième étage',
    })
    expect(await change(2, { actId: supported })).toMatchObject({
      feeCents: 5_000,
      act: { monSoutienPsy: true },
    })
    expect(await change(3, { actId: session })).toMatchObject({ feeCents: 6_000, dueCents: 6_000 })
    expect(await change(4, { patientId: null, title: 'Réunion' })).toMatchObject({
      feeCents: 0,
      patient: null,
    })
    expect(await change(5, { patientId: karim })).toMatchObject({ feeCents: 6_000 })
  })
})

describe('« Mon soutien psy »', () => {
  test('costs what it costs everybody, whoever asks for more', async () => {
    expect(await book('2096-12-09T09:00', { actId: supported })).toMatchObject({ feeCents: 5_000 })
    const body = {
      practitionerId: claire.memberId,
      patientId: karim,
      actId: supported,
      startsLocal: '2096-12-09T10:00',
    }
    const refusal = await claire.refused(bookAppointment, { body: { ...body, feeCents: 6_000 } })
    expect(refusal).toMatchObject({ status: 422, code: 'mon_soutien_psy_fee_fixed' })
  })

  test('is twelve sessions a patient and calendar year: cancelled ones do not count, the thirteenth is refused', async () => {
    const awa = await patient('Awa', 'Diop')
    const at = (month: number, day: number) =>
      `2097-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}T12:00`
    const over = { patientId: awa, actId: supported }
    const first = await book(at(1, 4), over)
    for (let month = 2; month <= 12; month++) await book(at(month, 4), over)
    const thirteenth = {
      body: { practitionerId: claire.memberId, ...over, startsLocal: '2097-12-31T23:00' },
    }
    expect(await claire.refused(bookAppointment, thirteenth)).toMatchObject({
      status: 409,
      code: 'mon_soutien_psy_used_up',
    })
    // The next year begins at the practice's midnight.
    const next = await book('2098-01-01T00:00', over)
    const back = { params: { id: next.id }, body: { revision: 1, startsLocal: '2097-12-31T22:00' } }
    expect((await claire.refused(moveAppointment, back)).code).toBe('mon_soutien_psy_used_up')
    await claire.call(markAppointment, {
      params: { id: first.id },
      body: { revision: 1, status: 'cancelled' },
    })
    await claire.call(bookAppointment, thirteenth)
    const restore = { params: { id: first.id }, body: { revision: 2, status: 'planned' as const } }
    expect((await claire.refused(markAppointment, restore)).code).toBe('mon_soutien_psy_used_up')
    const other = await book('2097-12-30T12:00', { patientId: awa })
    const turned = { params: { id: other.id }, body: { revision: 1, actId: supported } }
    expect((await claire.refused(updateAppointment, turned)).code).toBe('mon_soutien_psy_used_up')
  })
})

describe('a minor', () => {
  const child = async (firstName: string) => {
    const id = await patient(firstName, 'Roche')
    await practice((db) =>
      db.updateTable('patients').set({ bornOn: '2087-05-04' }).where('id', '=', id).execute(),
    )
    return id
  }
  const said = (patientId: string, actId: string, startsLocal: string) =>
    claire.call(bookAppointment, { body: { practitionerId: claire.memberId, patientId, actId, startsLocal } })
  const agreed = (patientId: string, subject: string) =>
    practice(async (db) => {
      const mother = { patientId, role: 'parental_authority', firstName: 'Anne', lastName: 'Roche' }
      const relative = await db
        .insertInto('relatives')
        .values(mother)
        .returning('id')
        .executeTakeFirstOrThrow()
      await db
        .insertInto('consents')
        .values({ patientId, relativeId: relative.id, subject, givenOn: '2096-01-01', how: 'written' })
        .execute()
    })

  test('is booked with a warning where nobody is known to answer for them', async () => {
    const noe = await child('Noé')
    expect((await said(noe, session, '2096-12-16T09:00')).warnings).toEqual(['authority_missing'])
    await agreed(noe, 'care')
    expect((await said(noe, session, '2096-12-16T10:00')).warnings).toEqual([])
  })

  test('has « Mon soutien psy » only once who answers for them has agreed to it', async () => {
    const zelie = await child('Zélie')
    const body = {
      practitionerId: claire.memberId,
      patientId: zelie,
      actId: supported,
      startsLocal: '2096-12-17T09:00',
    }
    expect(await claire.refused(bookAppointment, { body })).toMatchObject({
      status: 422,
      code: 'consent_missing',
    })
    await agreed(zelie, 'mon_soutien_psy')
    expect((await said(zelie, supported, '2096-12-17T09:00')).warnings).toEqual([])
  })
})

describe('who may know', () => {
  test('the vendor’s log names no patient and repeats nothing that was typed', async () => {
    const secret = 'Rappeler après la garde à vue'
    const { id } = await book('2096-12-10T09:00', { title: secret, remark: secret })
    await claire.call(updateAppointment, { params: { id }, body: { revision: 1, remark: `${secret} !` } })
    await claire.call(moveAppointment, {
      params: { id },
      body: { revision: 2, startsLocal: '2096-12-10T11:00' },
    })
    const lines = await entriesOf(server, { object: id })
    expect(lines.map(({ verb, result }) => `${verb} ${result}`).toSorted()).toEqual([
      'appointment.booked done',
      'appointment.booked intended',
      'appointment.moved done',
      'appointment.moved intended',
      'appointment.updated done',
      'appointment.updated intended',
    ])
    expect(JSON.stringify(lines)).not.toMatch(/garde à vue|Benali|Karim/)
    const updated = lines.find(({ verb, result }) => verb === 'appointment.updated' && result === 'done')
    expect(updated?.after).toMatchObject({ changed: ['remark'] })
  })

  test('another practice’s appointment is not found', async () => {
    const caron = await server.openPractice('Yves Caron')
    const { id } = await book('2096-12-11T09:00')
    const answers = await Promise.all([
      caron.holder.refused(getAppointment, { params: { id } }),
      caron.holder.refused(moveAppointment, {
        params: { id },
        body: { revision: 1, startsLocal: '2096-12-11T10:00' },
      }),
      caron.holder.refused(removeAppointment, { params: { id }, query: { revision: 1 } }),
    ])
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404])
  })

  test('a secretary’s own space has an agenda of its own, without patients', async () => {
    const space = await server.openPractice('Zoé Fontaine', 'secretary')
    const body = { title: 'Permanence', minutes: 120, startsLocal: '2096-12-11T09:00' }
    const { appointment } = await space.holder.call(bookAppointment, { body })
    expect(appointment).toMatchObject({ practitionerId: space.holder.memberId, patient: null })
    const refusal = await space.holder.refused(bookAppointment, { body: { ...body, patientId: karim } })
    expect(refusal.fields?.[0]).toMatchObject({ code: 'patient_unknown' })
  })
})

describe('a patient', () => {
  test('who is being erased is booked no more: whoever books waits, and then sees it', async () => {
    const milo = await patient('Milo', 'Roche')
    const { booking } = await practice(async (db) => {
      await db.selectFrom('patients').where('id', '=', milo).select('id').forUpdate().execute()
      const asked = lea.ask(bookAppointment, {
        body: {
          practitionerId: claire.memberId,
          patientId: milo,
          actId: session,
          startsLocal: '2096-12-18T09:00',
        },
      })
      await awaited(db)
      await db.updateTable('patients').set({ erasedAt: now }).where('id', '=', milo).execute()
      return { booking: asked }
    })
    expect((await booking).status).toBe(400)
  })
})

describe('looking up', () => {
  let lina: string
  beforeAll(async () => {
    lina = await patient('Lina', 'Élouard')
    const over = { patientId: lina }
    await book('2096-11-20T08:00', over)
    await book('2096-12-14T08:00', over)
    await book('2096-12-15T08:00', over)
  })

  test('a patient’s next ones begin with the soonest, the past ones with the latest, page by page', async () => {
    const days = async (when: 'next' | 'past') =>
      (await claire.call(listAppointments, { query: { patientId: lina, when } })).rows.map(
        ({ startsLocal }) => startsLocal.slice(0, 10),
      )
    expect(await days('next')).toEqual(['2096-12-14', '2096-12-15'])
    expect(await days('past')).toEqual(['2096-11-20'])
    const first = await claire.call(listAppointments, { query: { patientId: lina, limit: 2 } })
    expect(first).toMatchObject({ total: 3, rows: [{ startsLocal: '2096-12-15T08:00' }, {}] })
    const rest = await claire.call(listAppointments, {
      query: { patientId: lina, limit: 2, after: first.next ?? '' },
    })
    expect(rest).toMatchObject({ next: null, rows: [{ startsLocal: '2096-11-20T08:00' }] })
  })

  test('days and statuses filter, both days included', async () => {
    const query = { patientId: lina, from: '2096-12-14', to: '2096-12-14', status: 'planned,kept' }
    expect(await claire.call(listAppointments, { query })).toMatchObject({ total: 1 })
    expect(await claire.call(listAppointments, { query: { ...query, status: 'no_show' } })).toMatchObject({
      total: 0,
    })
  })

  test('finds by name without accents, what is to come first', async () => {
    const { rows } = await lea.call(findAppointments, { query: { q: 'elouard' } })
    expect(rows.map(({ name, startsLocal }) => `${name} ${startsLocal}`)).toEqual([
      'Lina Élouard 2096-12-14T08:00',
      'Lina Élouard 2096-12-15T08:00',
      'Lina Élouard 2096-11-20T08:00',
    ])
    expect((await lea.call(findAppointments, { query: { q: '100%' } })).rows).toEqual([])
  })
})
