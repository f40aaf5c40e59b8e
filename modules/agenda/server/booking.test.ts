import { beforeAll, describe, expect, test } from 'vitest'
import {
  bookAppointment,
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
import { entriesOf } from '../../../tests/harness/audit.ts'
import { tenancyServer, type TestMember, type TestPractice } from '../../../tests/harness/tenants.ts'

let now = new Date('2026-11-22T09:00:00Z')
const server = await tenancyServer({ clock: { now: () => now } })
let moreau: TestPractice
let claire: TestMember
let lea: TestMember
let karim: string
let session: string

beforeAll(async () => {
  moreau = await server.openPractice('Claire Moreau')
  claire = moreau.holder
  lea = await moreau.join({ firstName: 'Léa', lastName: 'Fabre', profile: 'secretary' })
  await server.tenants.databases.within(moreau.tenantId, 'practitioner', async (db) => {
    const patient = { practitionerId: claire.memberId, firstName: 'Karim', lastName: 'Benali' }
    karim = (await db.insertInto('patients').values(patient).returning('id').executeTakeFirstOrThrow()).id
    const act = { name: 'Séance individuelle', minutes: 60 }
    session = (await db.insertInto('acts').values(act).returning('id').executeTakeFirstOrThrow()).id
    await db
      .insertInto('tariffs')
      .values([
        { actId: session, fromOn: '2026-01-01', feeCents: 6_000 },
        { actId: session, fromOn: '2027-01-01', feeCents: 6_500 },
      ])
      .execute()
  })
}, 60_000)

test('books', async () => {
  const { appointment, outside } = await claire.call(bookAppointment, {
    body: { patientId: karim, actId: session, startsLocal: '2026-11-23T09:00' },
  })
  expect(outside).toBe(null)
  console.log(appointment)
  console.log(await claire.call(getAgenda, { query: { from: '2026-11-23', to: '2026-11-29' } }))
  console.log(await claire.call(getAppointment, { params: { id: appointment.id } }))
  console.log(
    await lea.refused(bookAppointment, {
      body: { patientId: karim, actId: session, startsLocal: '2026-11-23T09:30' },
    }),
  )
  const moved = await claire.call(moveAppointment, {
    params: { id: appointment.id },
    body: { revision: 1, startsLocal: '2026-11-24T10:00' },
  })
  console.log(moved)
  console.log(
    await claire.call(markAppointment, {
      params: { id: appointment.id },
      body: { revision: 2, status: 'late_cancelled' },
    }),
  )
  console.log(
    await claire.call(updateAppointment, {
      params: { id: appointment.id },
      body: { revision: 3, feeCents: 5000 },
    }),
  )
  console.log(
    await lea.call(listAppointments, {
      query: { patientId: karim, when: 'next', status: 'planned,late_cancelled' },
    }),
  )
  console.log(await lea.call(removeAppointment, { params: { id: appointment.id }, query: { revision: 4 } }))
  void [describe, entriesOf, markAppointments, moveAppointments]
  now = new Date('2026-11-22T09:00:00Z')
})
