import { beforeAll, describe, expect, test } from 'vitest'
import { addAct, bookAppointment, removeAppointment } from '#contract/agenda'
import {
  addTask,
  completeTask,
  getCall,
  handleCall,
  keepBooking,
  listCalls,
  listTasks,
  logCall,
  removeTask,
  reopenCall,
  reopenTask,
  updateCall,
  updateTask,
} from '#contract/calls'
import { getMemberSession, switchPractice } from '#contract/identity'
import { createPatient } from '#contract/patients'
import { addressOf, shownMember } from '#platform/contract/endpoint.ts'
import { entriesOf } from '../../../tests/harness/audit.ts'
import { tenancyServer, type TestMember, type TestPractice } from '../../../tests/harness/tenants.ts'

/** A quarter past midnight on a Monday in Paris, still Sunday by Greenwich. */
let now = '2037-11-22T23:15:00Z'
const server = await tenancyServer({ clock: { now: () => new Date(now) } })
let practice: TestPractice
let claire: TestMember
let lea: TestMember
let nora: { id: string }
beforeAll(async () => {
  practice = await server.openPractice('Claire Moreau')
  claire = practice.holder
  lea = await practice.join({ firstName: 'Léa', lastName: 'Fabre', profile: 'secretary' })
  nora = await lea.call(createPatient, {
    body: { firstName: 'Nora', lastName: 'Benali', phone: '06 39 98 12 34' },
  })
})

const log = (body: Parameters<typeof lea.call<typeof logCall>>[1]['body']) => lea.call(logCall, { body })

describe('a call', () => {
  test('is written down by the secretary, with the patient’s own number where none was told', async () => {
    const call = await log({ patientId: nora.id, subject: 'appointment', forId: claire.memberId })
    expect(call).toMatchObject({
      calledLocal: '2037-11-23T00:15',
      patient: { id: nora.id, name: 'Nora Benali' },
      phone: '06 39 98 12 34',
      phoneDialled: '+33639981234',
      phoneTold: '',
      for: { name: 'Claire Moreau' },
      takenBy: { name: 'Léa Fabre' },
      handledAt: null,
      revision: 1,
    })
    expect(await claire.call(getCall, { params: { id: call.id } })).toEqual(call)
  })

  test('has somebody at the other end', async () => {
    const refusal = await lea.refused(logCall, { body: { caller: ' ', subject: 'other' } })
    expect(refusal).toMatchObject({ status: 400, fields: [{ path: 'caller' }] })
    const { id } = await log({ caller: 'La mairie', subject: 'other' })
    const emptied = await lea.refused(updateCall, { params: { id }, body: { revision: 1, caller: '' } })
    expect(emptied).toMatchObject({ status: 400, fields: [{ path: 'caller' }] })
  })

  test('stands first while nobody dealt with it, the urgent ones before the others', async () => {
    now = '2037-11-22T23:20:00Z'
    const early = await log({ caller: 'Tôt', subject: 'message', forId: lea.memberId })
    now = '2037-11-22T23:25:00Z'
    const late = await log({ caller: 'Tard', subject: 'message', forId: lea.memberId })
    const urgent = await log({ caller: 'Vite', subject: 'callback', forId: lea.memberId, urgent: true })
    const done = await log({ caller: 'Fait', subject: 'message', forId: lea.memberId })
    await lea.call(handleCall, { params: { id: done.id } })
    const names = async (query: object) =>
      (await claire.call(listCalls, { query: { when: 'today', forId: lea.memberId, ...query } })).rows.map(
        ({ caller }) => caller,
      )
    expect(await names({})).toEqual(['Vite', 'Tard', 'Tôt', 'Fait'])
    expect(await names({ state: 'open' })).toEqual(['Vite', 'Tard', 'Tôt'])
    expect(await names({ subject: 'callback' })).toEqual(['Vite'])
    const first = await claire.call(listCalls, { query: { forId: lea.memberId, limit: 2 } })
    const rest = await claire.call(listCalls, {
      query: { forId: lea.memberId, limit: 2, after: first.next ?? undefined },
    })
    expect([...first.rows, ...rest.rows].map(({ id }) => id)).toEqual([urgent.id, late.id, early.id, done.id])
    expect(rest.next).toBeNull()
    expect(first).toMatchObject({ total: 4, urgent: 1 })
  })

  test('is found by words of who called and what was said, without accents, and by digits', async () => {
    const { id } = await log({
      caller: 'Hélène Dubœuf',
      phone: '03 53 01 75 23',
      subject: 'message',
      message: 'Demande une attestation',
    })
    for (const q of ['helene', 'ATTESTATION', '01 75 23'])
      expect((await lea.call(listCalls, { query: { q } })).rows.map((row) => row.id)).toEqual([id])
    expect((await lea.call(listCalls, { query: { q: 'benali' } })).rows.length).toBeGreaterThan(0)
    expect((await lea.call(listCalls, { query: { q: '100%' } })).rows).toEqual([])
  })

  test('is dealt with once, by whoever was first, and that can be taken back', async () => {
    const { id } = await log({ caller: 'La pharmacie', subject: 'callback' })
    const first = await lea.call(handleCall, { params: { id } })
    const second = await claire.call(handleCall, { params: { id } })
    expect(second).toEqual(first)
    expect(first.handledBy?.name).toBe('Léa Fabre')
    expect(await claire.call(reopenCall, { params: { id } })).toMatchObject({
      handledAt: null,
      handledBy: null,
    })
  })

  test('that two change at once is changed by the first, and the second is shown what stands now', async () => {
    const { id, revision } = await log({ caller: 'M. Petit', subject: 'other' })
    await lea.call(updateCall, { params: { id }, body: { revision, urgent: true } })
    expect(
      await claire.refused(updateCall, { params: { id }, body: { revision, message: 'Rappeler' } }),
    ).toMatchObject({ status: 409, code: 'call_changed', details: { current: { urgent: true } } })
  })

  test('keeps the appointment that was booked out of it, learns whose call it was, and is dealt with', async () => {
    const act = await claire.call(addAct, { body: { name: 'Séance', minutes: 45, feeCents: 6000 } })
    const { id } = await log({ caller: 'Sa mère', subject: 'appointment' })
    const { appointment } = await lea.call(bookAppointment, {
      body: {
        patientId: nora.id,
        actId: act.id,
        practitionerId: claire.memberId,
        startsLocal: '2037-12-01T10:00',
      },
    })
    expect(
      await lea.call(keepBooking, { params: { id }, body: { appointmentId: appointment.id } }),
    ).toMatchObject({
      appointment: { id: appointment.id, startsLocal: '2037-12-01T10:00' },
      patient: { id: nora.id },
      handledBy: { name: 'Léa Fabre' },
    })
    expect(
      await lea.refused(keepBooking, { params: { id }, body: { appointmentId: nora.id } }),
    ).toMatchObject({ status: 400, fields: [{ code: 'call_appointment_unknown' }] })
    // Whose call it is is known by now: an appointment of somebody else is none of it.
    const sami = await lea.call(createPatient, { body: { firstName: 'Sami', lastName: 'Benali' } })
    const of = await log({ patientId: sami.id, subject: 'appointment' })
    expect(
      await lea.refused(keepBooking, { params: { id: of.id }, body: { appointmentId: appointment.id } }),
    ).toMatchObject({ status: 400, fields: [{ code: 'call_appointment_unknown' }] })
    // Booked by mistake: what is taken back is taken back on the call as well.
    await lea.call(removeAppointment, { params: { id: appointment.id }, query: { revision: 1 } })
    expect(await lea.call(getCall, { params: { id } })).toMatchObject({ appointment: null })
  })

  test('leaves in the central log neither who called nor what was said', async () => {
    const before = (await entriesOf(server)).map((entry) => entry.id)
    const { id } = await log({
      caller: 'Zébulon Quinquaud',
      phone: '06 39 98 76 54',
      subject: 'message',
      message: 'Très inquiète depuis hier',
    })
    await lea.call(updateCall, { params: { id }, body: { revision: 1, message: 'Elle va mieux' } })
    await lea.call(addTask, { body: { title: 'Rappeler Zébulon', callId: id } })
    const written = JSON.stringify(await entriesOf(server, { besides: before }))
    for (const told of [id, 'call.logged', 'call.updated', 'task.added']) expect(written).toContain(told)
    for (const word of ['Zébulon', 'Quinquaud', '987654', '98 76 54', 'inquiète', 'mieux'])
      expect(written).not.toContain(word)
  })
})

describe('a task', () => {
  test('is late, due today, later or without a day, by the practice’s calendar', async () => {
    const add = (title: string, dueOn: string | null, assigneeId: string | null = null) =>
      claire.call(addTask, { body: { title, dueOn, assigneeId } })
    await add('Sans date', null)
    await add('Demain', '2037-11-24')
    await add('Aujourd’hui', '2037-11-23', lea.memberId)
    await add('Hier', '2037-11-22', lea.memberId)
    const query = { q: '' }
    const { rows, counts, today } = await lea.call(listTasks, { query })
    const own = rows.filter(({ callId }) => callId === null)
    expect(own.map(({ title, time }) => `${title}: ${time}`)).toEqual([
      'Hier: late',
      'Aujourd’hui: today',
      'Demain: later',
      'Sans date: undated',
    ])
    expect(today).toBe('2037-11-23')
    expect(counts).toMatchObject({ late: 1, today: 1, later: 1 })
    const mine = await lea.call(listTasks, { query: { assigneeId: lea.memberId } })
    expect(mine.rows.map(({ title }) => title)).toEqual(['Hier', 'Aujourd’hui'])
    expect(mine.counts).toEqual({ late: 1, today: 1, later: 0, undated: 0 })
    expect((await lea.call(listTasks, { query: { due: 'yes' } })).total).toBe(2)
  })

  test('is done by one click and not done again by another; removed, it is gone', async () => {
    const { id } = await lea.call(addTask, { body: { title: 'Commander du papier' } })
    const done = await lea.call(completeTask, { params: { id } })
    expect(await claire.call(completeTask, { params: { id } })).toEqual(done)
    expect(done).toMatchObject({ time: 'done', doneBy: { name: 'Léa Fabre' } })
    const list = await lea.call(listTasks, { query: { time: 'done' } })
    expect(list.rows[0]?.title).toBe('Commander du papier')
    expect(await lea.call(reopenTask, { params: { id } })).toMatchObject({ time: 'undated', doneAt: null })
    await lea.call(removeTask, { params: { id } })
    expect(await lea.refused(completeTask, { params: { id } })).toMatchObject({ status: 404 })
  })

  test('is given to somebody who works there, and changed by whoever saw it last', async () => {
    const { id, revision } = await claire.call(addTask, { body: { title: 'Écrire au médecin' } })
    expect(
      await claire.refused(updateTask, { params: { id }, body: { revision, assigneeId: nora.id } }),
    ).toMatchObject({ status: 400, fields: [{ path: 'assigneeId', code: 'member_not_here' }] })
    await claire.call(updateTask, { params: { id }, body: { revision, assigneeId: lea.memberId } })
    expect(await lea.refused(updateTask, { params: { id }, body: { revision, title: 'Non' } })).toMatchObject(
      { status: 409, code: 'task_changed', details: { current: { assignee: { name: 'Léa Fabre' } } } },
    )
  })
})

test('whoever was not granted calls sees none; whoever may not see patients is told no name of theirs', async () => {
  const { id } = await log({ patientId: nora.id, subject: 'message' })
  const grant = (rights: string[]) =>
    server.db.updateTable('members').set({ rights }).where('id', '=', lea.memberId).execute()
  await grant(['agenda', 'patients'])
  const without = await server.asMember(lea.memberId)
  expect(await without.refused(listCalls, { query: {} })).toMatchObject({ status: 403 })
  await grant(['calls'])
  const alone = await server.asMember(lea.memberId)
  expect(await alone.call(getCall, { params: { id } })).toMatchObject({
    patient: { id: nora.id, name: null },
    phone: '',
  })
  expect((await alone.call(listCalls, { query: { q: 'benali' } })).rows).toEqual([])
})

test('a window that still shows the practice its browser has left reads and writes nothing of the other', async () => {
  const hers = {
    firstName: 'Sofia',
    lastName: 'Lopez',
    profile: 'secretary',
    email: 's@example.com',
  } as const
  const lefevre = await server.openPractice('Hugo Lefèvre')
  const [here, there] = [await practice.join(hers), await lefevre.join(hers)]
  const sofia = await server.asMember(here.memberId)
  const headers = { [shownMember]: here.memberId }
  const body = { caller: 'Mme Petit', subject: 'other', message: 'Pour Claire seulement' }
  const writes = () => sofia.send('POST', addressOf(logCall), { headers, body })
  expect((await writes()).status).toBe(201)
  await sofia.call(switchPractice, { body: { memberId: there.memberId } })
  const refused = await writes()
  expect(refused.status).toBe(409)
  expect(refused.text).toContain('practice_switched')
  expect((await sofia.send('GET', addressOf(listCalls), { headers })).status).toBe(409)
  expect((await sofia.call(listCalls, { query: {} })).rows).toEqual([])
  // Where it is now, and the way back, it may ask; what was being written is written where it belongs.
  expect((await sofia.send('GET', addressOf(getMemberSession), { headers })).status).toBe(200)
  await sofia.send('POST', addressOf(switchPractice), { headers, body: { memberId: here.memberId } })
  expect((await writes()).status).toBe(201)
})
