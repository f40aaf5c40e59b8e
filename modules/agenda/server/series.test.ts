import fc from 'fast-check'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  addAbsence,
  addAct,
  addOpenSlot,
  addUsualActs,
  bookAppointment,
  bookSeries,
  changeAbsence,
  changeSeries,
  freeSlots,
  getAgenda,
  getAppointment,
  getWorkingHours,
  listAbsences,
  listActs,
  markAppointment,
  markAppointments,
  moveAppointment,
  moveAppointments,
  previewSeries,
  removeAbsence,
  setAgendaRules,
  getAgendaRules,
  setTariff,
  setWorkingHours,
  updateAct,
} from '#contract/agenda'
import type { CallInput } from '#platform/contract/endpoint.ts'
import { sql } from '#platform/server/db.ts'
import { entriesOf } from '../../../tests/harness/audit.ts'
import { tenancyServer, type TestMember, type TestPractice } from '../../../tests/harness/tenants.ts'

// The year 2037 has the days and the Easter of 2026; a practice's database refuses what was intended more than an hour ago
// by its own clock, so a test's clock stands ahead of it.
const server = await tenancyServer({ clock: { now: () => new Date('2037-03-02T07:10:00Z') } })
let moreau: TestPractice
let claire: TestMember
let lea: TestMember

beforeAll(async () => {
  moreau = await server.openPractice('Claire Moreau')
  claire = moreau.holder
  lea = await moreau.join({ firstName: 'Léa', lastName: 'Fabre', profile: 'secretary' })
  const weekdays = [1, 2, 3, 4, 5]
  const week = weekdays.flatMap((weekday) => [
    { weekday, fromMinute: 9 * 60, toMinute: 12 * 60 },
    { weekday, fromMinute: 14 * 60, toMinute: 18 * 60 },
  ])
  await claire.call(setWorkingHours, { params: { id: claire.memberId }, body: { was: [], week } })
}, 60_000)

/** An empty agenda. */
beforeEach(() =>
  server.tenants.databases.within(moreau.tenantId, 'practitioner', async (db) => {
    await db.deleteFrom('appointments').execute()
    await db.deleteFrom('absences').execute()
    await db.deleteFrom('openSlots').execute()
  }),
)

const inPractice = <R>(work: Parameters<typeof server.tenants.databases.within<R>>[2]) =>
  server.tenants.databases.within(moreau.tenantId, 'practitioner', work)

const aPatient = async () => {
  const said = { practitionerId: claire.memberId, firstName: 'Karim', lastName: 'Benali' }
  const { id } = await inPractice((db) =>
    db.insertInto('patients').values(said).returning('id').executeTakeFirstOrThrow(),
  )
  return id
}

const inZone = (timeZone: string) =>
  server.tenants.databases.within(moreau.tenantId, 'practitioner', (db) =>
    db.updateTable('practice').set({ timeZone }).execute(),
  )

const book = (startsLocal: string, minutes = 60) =>
  claire.call(bookAppointment, { body: { title: 'Supervision', minutes, startsLocal } })

type Series = Partial<CallInput<typeof bookSeries>['body']>
const weekly = (startsLocal: string, over: Series = {}) =>
  claire.call(bookSeries, { body: { title: 'Groupe', minutes: 60, startsLocal, everyWeeks: 1, ...over } })

describe('when clocks change', () => {
  test('an hour that spring skips is refused, and one that autumn shows twice is the first of the two', async () => {
    const skipped = await claire.refused(bookAppointment, {
      body: { title: 'Garde', minutes: 30, startsLocal: '2026-03-29T02:30' },
    })
    expect(skipped.fields?.[0]).toMatchObject({ path: 'startsLocal', code: 'local_time_skipped' })
    const { appointment } = await book('2026-10-25T02:30', 30)
    expect(appointment).toMatchObject({ startsAt: '2026-10-25T00:30:00.000Z', endsLocal: '2026-10-25T02:00' })
  })

  test('an appointment across it is as long as it was said to be', async () => {
    const spring = (await book('2026-03-29T01:30', 60)).appointment
    expect(spring).toMatchObject({ minutes: 60, endsLocal: '2026-03-29T03:30' })
    const autumn = (await book('2026-10-25T01:30', 120)).appointment
    expect(autumn).toMatchObject({ minutes: 120, endsLocal: '2026-10-25T02:30' })
    const { appointment } = await claire.call(moveAppointment, {
      params: { id: autumn.id },
      body: { revision: 1, startsLocal: '2026-10-26T01:30' },
    })
    expect(appointment).toMatchObject({ minutes: 120, endsLocal: '2026-10-26T03:30' })
  })

  test('the week around it has its seven days, and what stands at their edges', async () => {
    await book('2026-03-29T23:30', 30)
    await book('2026-03-30T00:00', 30)
    const startsIn = async (from: string, to: string) =>
      (await claire.call(getAgenda, { query: { from, to } })).appointments.map((one) => one.startsLocal)
    expect(await startsIn('2026-03-23', '2026-03-29')).toEqual(['2026-03-29T23:30'])
    expect(await startsIn('2026-03-30', '2026-04-05')).toEqual(['2026-03-30T00:00'])
    await book('2026-10-25T23:30', 30)
    expect(await startsIn('2026-10-25', '2026-10-25')).toEqual(['2026-10-25T23:30'])
  })

  test('a series stays at its hour, whatever instant that is', async () => {
    const { appointments } = await weekly('2026-03-19T18:00', { count: 3 })
    expect(appointments.map(({ startsLocal }) => startsLocal)).toEqual([
      '2026-03-19T18:00',
      '2026-03-26T18:00',
      '2026-04-02T18:00',
    ])
    expect(appointments.map(({ startsAt }) => startsAt.slice(11, 16))).toEqual(['17:00', '17:00', '16:00'])
  })

  test('a series leaves out the one hour that is not', async () => {
    const { appointments, skipped } = await weekly('2026-03-22T02:15', { count: 3, minutes: 30 })
    expect(appointments.map(({ startsLocal }) => startsLocal)).toEqual([
      '2026-03-22T02:15',
      '2026-04-05T02:15',
    ])
    expect(skipped).toMatchObject([{ on: '2026-03-29', state: 'missing' }])
  })

  test('any series keeps its local hour, in any of the practice’s zones', async () => {
    const zones = ['Europe/Paris', 'Indian/Reunion', 'America/Miquelon', 'Pacific/Noumea']
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...zones),
        fc.integer({ min: 0, max: 300 }),
        fc.integer({ min: 4 * 60, max: 23 * 60 + 59 }),
        fc.integer({ min: 1, max: 8 }),
        async (zone, days, minute, everyWeeks) => {
          await inZone(zone)
          const day = new Date(Date.parse('2026-03-03') + days * 86_400_000).toISOString().slice(0, 10)
          const hour = new Date(minute * 60_000).toISOString().slice(11, 16)
          const query = { startsLocal: `${day}T${hour}`, everyWeeks, count: 30, minutes: 45 }
          const { occurrences } = await claire.call(previewSeries, { query })
          expect(occurrences).toHaveLength(30)
          for (const [index, { startsLocal, state }] of occurrences.entries()) {
            expect(startsLocal.slice(11)).toBe(hour)
            expect(state).not.toBe('missing')
            const since = Date.parse(startsLocal.slice(0, 10)) - Date.parse(day)
            expect(since).toBe(index * everyWeeks * 7 * 86_400_000)
          }
        },
      ),
      { numRuns: 8 },
    )
    await inZone('Europe/Paris')
  }, 30_000)
})

describe('a series', () => {
  test('is shown with what stands in its way before anything is written', async () => {
    const taken = (await book('2037-04-13T10:30')).appointment
    await claire.call(addAbsence, {
      body: { startsLocal: '2037-04-20T00:00', endsLocal: '2037-04-25T00:00', kind: 'holiday' },
    })
    const query = { startsLocal: '2037-03-30T10:00', everyWeeks: 1, until: '2037-04-27', minutes: 60 }
    const { occurrences } = await lea.call(previewSeries, { query })
    expect(occurrences.map(({ on, state, outside }) => [on, state, outside])).toEqual([
      ['2037-03-30', 'free', null],
      ['2037-04-06', 'skipped', 'holiday'],
      ['2037-04-13', 'taken', null],
      ['2037-04-20', 'skipped', 'absence'],
      ['2037-04-27', 'free', null],
    ])
    expect(occurrences[2]?.taken).toMatchObject({
      id: taken.id,
      startsLocal: '2037-04-13T10:30',
      title: 'Supervision',
    })
    const body = {
      title: 'Groupe',
      minutes: 60,
      startsLocal: query.startsLocal,
      everyWeeks: 1,
      until: query.until,
    }
    expect(await lea.refused(bookSeries, { body })).toMatchObject({
      code: 'series_overlaps',
      details: { taken: [{ on: '2037-04-13' }] },
    })
    const booked = await lea.call(bookSeries, {
      body: { ...body, skip: ['2037-04-13'], keep: ['2037-04-06'] },
    })
    expect(booked.appointments.map(({ startsLocal }) => startsLocal.slice(0, 10))).toEqual([
      '2037-03-30',
      '2037-04-06',
      '2037-04-27',
    ])
    expect(booked.skipped.map(({ on }) => on)).toEqual(['2037-04-13', '2037-04-20'])
  })

  test('ends on a day or after so many times, two years of weeks at most', async () => {
    const said = { minutes: 60, title: 'Groupe', startsLocal: '2037-03-03T10:00', everyWeeks: 1 }
    const both = await claire.refused(bookSeries, { body: { ...said, count: 3, until: '2037-05-01' } })
    expect(both.fields?.[0]).toMatchObject({ path: 'until', code: 'until_or_count' })
    expect((await claire.refused(bookSeries, { body: said })).fields?.[0]?.code).toBe('until_or_count')
    expect((await claire.refused(bookSeries, { body: { ...said, count: 105 } })).status).toBe(400)
    const far = await claire.refused(bookSeries, { body: { ...said, until: '2039-03-01' } })
    expect(far.fields?.[0]?.code).toBe('until_wrong')
  })

  test('moves from one of them on: as many days, to the same hour, even onto one another’s days', async () => {
    const { appointments } = await weekly('2037-06-02T10:00', { count: 4 })
    const [, second] = appointments
    const { appointments: moved, before } = await lea.call(changeSeries, {
      params: { id: second?.id ?? '' },
      body: { revision: 1, change: { kind: 'move', startsLocal: '2037-06-16T10:00', minutes: 45 } },
    })
    expect(moved.map(({ startsLocal, minutes }) => `${startsLocal} ${minutes}`)).toEqual([
      '2037-06-16T10:00 45',
      '2037-06-23T10:00 45',
      '2037-06-30T10:00 45',
    ])
    // And back again.
    const revisions = new Map(moved.map(({ id, revision }) => [id, revision]))
    const back = before.map(({ id, startsLocal }) => ({ id, startsLocal, revision: revisions.get(id) ?? 0 }))
    const { appointments: restored } = await lea.call(moveAppointments, { body: { appointments: back } })
    expect(restored.map(({ startsLocal }) => startsLocal.slice(0, 10))).toEqual([
      '2037-06-09',
      '2037-06-16',
      '2037-06-23',
    ])
  })

  test('that cannot all move says which, and moves without them when told', async () => {
    const { appointments } = await weekly('2037-06-02T10:00', { count: 3 })
    await book('2037-06-10T14:30')
    const params = { id: appointments[0]?.id ?? '' }
    const change = { kind: 'move' as const, startsLocal: '2037-06-03T14:00' }
    const refusal = await claire.refused(changeSeries, { params, body: { revision: 1, change } })
    expect(refusal).toMatchObject({
      code: 'series_overlaps',
      details: { taken: [{ on: '2037-06-09', startsLocal: '2037-06-10T14:00' }] },
    })
    await claire.call(changeSeries, {
      params,
      body: { revision: 1, change: { ...change, skip: ['2037-06-09'] } },
    })
    const { appointments: now } = await claire.call(getAgenda, {
      query: { from: '2037-06-01', to: '2037-06-20' },
    })
    expect(now.filter(({ seriesId }) => seriesId).map(({ startsLocal }) => startsLocal)).toEqual([
      '2037-06-03T14:00',
      '2037-06-09T10:00',
      '2037-06-17T14:00',
    ])
  })

  test('is cancelled from one of them on, and that is taken back', async () => {
    const { appointments } = await weekly('2037-06-02T10:00', { count: 3 })
    const params = { id: appointments[1]?.id ?? '' }
    const { appointments: gone } = await lea.call(changeSeries, {
      params,
      body: { revision: 1, change: { kind: 'cancel' } },
    })
    expect(gone.map(({ status }) => status)).toEqual(['cancelled', 'cancelled'])
    const again = gone.map(({ id, revision }) => ({ id, revision, status: 'planned' as const }))
    await lea.call(markAppointments, { body: { appointments: again } })
    const { appointments: all } = await claire.call(getAgenda, {
      query: { from: '2037-06-01', to: '2037-06-30' },
    })
    expect(all.map(({ status }) => status)).toEqual(['planned', 'planned', 'planned'])
  })
})

describe('a series that has begun', () => {
  test('goes on from one that is still planned: what came out stays, and shifts nothing', async () => {
    const { appointments } = await weekly('2037-02-23T10:00', { count: 3 })
    const [first, second] = appointments
    const kept = { revision: 1, status: 'kept' as const }
    await claire.call(markAppointment, { params: { id: first?.id ?? '' }, body: kept })
    const change = { kind: 'move' as const, startsLocal: '2037-02-23T11:00' }
    const refusal = await claire.refused(changeSeries, {
      params: { id: first?.id ?? '' },
      body: { revision: 2, change },
    })
    expect(refusal.code).toBe('series_not_planned')
    const { appointments: moved } = await claire.call(changeSeries, {
      params: { id: second?.id ?? '' },
      body: { revision: 1, change: { ...change, startsLocal: '2037-03-02T11:00' } },
    })
    expect(moved.map(({ startsLocal }) => startsLocal)).toEqual(['2037-03-02T11:00', '2037-03-09T11:00'])
  })

  /** It is ten past eight on 2 March: the first begins tomorrow at ten, within the practice's two days. */
  async function soon() {
    const patientId = await aPatient()
    const act = await claire.call(addAct, { body: { name: 'Suivi', minutes: 45, feeCents: 6_000 } })
    const body = { patientId, actId: act.id, startsLocal: '2037-03-03T10:00', everyWeeks: 1, count: 3 }
    const { appointments } = await claire.call(bookSeries, { body })
    return { id: appointments[0]?.id ?? '' }
  }

  test('is cancelled late where the practice’s rule says so, and says before what that costs', async () => {
    const params = await soon()
    expect((await claire.call(getAppointment, { params })).series?.late).toEqual({
      count: 1,
      dueCents: 6_000,
    })
    const { appointments } = await claire.call(changeSeries, {
      params,
      body: { revision: 1, change: { kind: 'cancel' } },
    })
    expect(appointments.map(({ status, dueCents }) => [status, dueCents])).toEqual([
      ['late_cancelled', 6_000],
      ['cancelled', 0],
      ['cancelled', 0],
    ])
  })

  test('is cancelled for nothing when asked for', async () => {
    const params = await soon()
    const { appointments } = await claire.call(changeSeries, {
      params,
      body: { revision: 1, change: { kind: 'cancel', late: 'free' } },
    })
    expect(appointments.map(({ dueCents }) => dueCents)).toEqual([0, 0, 0])
  })
})

test('a practitioner who has left is still in the days their appointments stand in, and is booked no more', async () => {
  const ines = await moreau.join({ firstName: 'Inès', lastName: 'Garnier', profile: 'practitioner' })
  const startsLocal = '2037-06-04T10:00'
  const body = { practitionerId: ines.memberId, title: 'Supervision', minutes: 60, startsLocal }
  const { appointment } = await claire.call(bookAppointment, { body })
  await server.tenants.databases.within(moreau.tenantId, 'keeper', (db) =>
    db
      .updateTable('profiles')
      .set({ leftAt: new Date('2037-03-01T00:00:00Z') })
      .where('memberId', '=', ines.memberId)
      .execute(),
  )
  const day = { from: '2037-06-04', to: '2037-06-04' }
  const agenda = await claire.call(getAgenda, { query: day })
  expect(agenda.practitioners.map(({ memberId }) => memberId)).toEqual([claire.memberId])
  expect(agenda.departed).toEqual([{ memberId: ines.memberId, name: 'Inès Garnier' }])
  expect(agenda.appointments.map(({ id }) => id)).toEqual([appointment.id])
  const alone = await claire.call(getAgenda, { query: { ...day, practitionerId: ines.memberId } })
  expect(alone.appointments.map(({ id }) => id)).toEqual([appointment.id])
  const other = await claire.call(getAgenda, { query: { from: '2037-06-05', to: '2037-06-05' } })
  expect(other.departed).toEqual([])
  const again = { ...body, startsLocal: '2037-06-04T14:00' }
  expect((await claire.refused(bookAppointment, { body: again })).fields?.[0]?.code).toBe(
    'practitioner_unknown',
  )
})

describe('an act', () => {
  test('costs its oldest price on the days before that one began', async () => {
    const act = await claire.call(addAct, { body: { name: 'Bilan', minutes: 90, feeCents: 12_000 } })
    const body = { patientId: await aPatient(), actId: act.id, startsLocal: '2037-02-10T09:00' }
    const { appointment } = await claire.call(bookAppointment, { body })
    expect(appointment.feeCents).toBe(12_000)
  })

  test('becomes « Mon soutien psy » only while no appointment is for it', async () => {
    const { id } = await claire.call(addAct, { body: { name: 'Atelier', minutes: 60, feeCents: 5_000 } })
    const params = { id }
    await claire.call(updateAct, { params, body: { revision: 1, monSoutienPsy: true } })
    await claire.call(updateAct, { params, body: { revision: 2, monSoutienPsy: false } })
    await claire.call(bookAppointment, {
      body: { patientId: await aPatient(), actId: id, startsLocal: '2037-06-10T09:00' },
    })
    const refusal = await claire.refused(updateAct, { params, body: { revision: 3, monSoutienPsy: true } })
    expect(refusal.code).toBe('act_in_use')
    // Said as it stands, it changes nothing.
    await claire.call(updateAct, { params, body: { revision: 3, name: 'Groupe', monSoutienPsy: false } })
  })
})

describe('where the practice is closed', () => {
  test('one books all the same, and is told why', async () => {
    await claire.call(addAbsence, {
      body: { startsLocal: '2037-06-04T00:00', endsLocal: '2037-06-05T00:00', kind: 'training' },
    })
    await claire.call(addOpenSlot, {
      body: { startsLocal: '2037-06-06T09:00', endsLocal: '2037-06-06T12:00' },
    })
    const outside = async (startsLocal: string) => (await book(startsLocal)).outside
    expect(await outside('2037-06-03T09:00')).toBe(null)
    expect(await outside('2037-06-03T11:30')).toBe('hours')
    expect(await outside('2037-06-04T09:00')).toBe('absence')
    expect(await outside('2037-05-25T09:00')).toBe('holiday')
    expect(await outside('2037-06-06T11:00')).toBe(null)
    expect(await outside('2037-06-06T12:00')).toBe('hours')
  })

  test('an absence names what stands in it, to be moved or cancelled', async () => {
    const { appointment } = await book('2037-06-08T17:30')
    await book('2037-06-08T19:00')
    const body = { startsLocal: '2037-06-08T18:00', endsLocal: '2037-06-08T19:00', kind: 'illness' as const }
    const added = await lea.call(addAbsence, { body })
    expect(added.touched.map(({ id }) => id)).toEqual([appointment.id])
    expect((await claire.call(listAbsences)).absences).toMatchObject([{ touched: [{ id: appointment.id }] }])
    const params = { id: added.absence.id }
    const { startsLocal, endsLocal } = body
    await lea.call(changeAbsence, { params, body: { ...body, label: '', was: { startsLocal, endsLocal } } })
    await lea.call(removeAbsence, { params })
    expect((await claire.call(listAbsences)).absences).toEqual([])
    // Why somebody is away is nothing of the vendor's.
    const written = await entriesOf(server, { object: added.absence.id, result: 'done' })
    expect(written.map(({ verb }) => verb).toSorted()).toEqual([
      'absence.added',
      'absence.changed',
      'absence.removed',
    ])
    expect(JSON.stringify(written)).toContain('2037-06-08T16:00:00.000Z')
    expect(JSON.stringify(written)).not.toContain('illness')
  })
})

describe('free slots', () => {
  const free = async (over: Partial<CallInput<typeof freeSlots>['query']> = {}) => {
    const { days } = await lea.call(freeSlots, {
      query: { minutes: 60, from: '2037-06-02', days: 1, ...over },
    })
    return days.map(({ on, morning, afternoon }) => ({
      on,
      morning: morning.map(({ startsLocal }) => startsLocal.slice(11)),
      afternoon: afternoon.map(({ startsLocal }) => startsLocal.slice(11)),
    }))
  }

  test('are the usual hours and open slots, less appointments, absences and holidays', async () => {
    await book('2037-06-02T10:00')
    await claire.call(addAbsence, {
      body: { startsLocal: '2037-06-02T16:00', endsLocal: '2037-06-02T23:00', kind: 'other' },
    })
    await claire.call(addOpenSlot, {
      body: { startsLocal: '2037-06-02T12:00', endsLocal: '2037-06-02T13:30' },
    })
    expect(await free()).toEqual([
      { on: '2037-06-02', morning: ['09:00', '11:00'], afternoon: ['12:00', '14:00', '15:00'] },
    ])
    expect(await free({ half: 'afternoon', minutes: 90 })).toEqual([
      { on: '2037-06-02', morning: [], afternoon: ['12:00', '14:00'] },
    ])
    // Whit Monday, and a Sunday.
    expect(await free({ from: '2037-05-24', days: 2 })).toEqual([])
  })

  test('a cancelled one is free again, and what is past is not offered', async () => {
    const { appointment } = await book('2037-06-02T10:00')
    const body = { appointments: [{ id: appointment.id, revision: 1, status: 'cancelled' as const }] }
    await claire.call(markAppointments, { body })
    expect(await free()).toMatchObject([{ morning: ['09:00', '10:00', '11:00'] }])
    // It is ten past eight on 2 March, a Monday.
    expect(await free({ from: '2037-02-27', minutes: 120 })).toMatchObject([
      { on: '2037-03-02', morning: ['09:00'] },
    ])
  })

  test('of the day clocks change keep the hours of the clock', async () => {
    await claire.call(addOpenSlot, {
      body: { startsLocal: '2037-03-29T01:00', endsLocal: '2037-03-29T05:00' },
    })
    expect(await free({ from: '2037-03-29' })).toMatchObject([{ morning: ['01:00', '03:00', '04:00'] }])
  })
})

describe('settings', () => {
  test('hours are set a week at once, seen as they stood', async () => {
    const { people } = await lea.call(getWorkingHours)
    const was = (people.find(({ practitionerId }) => practitionerId === claire.memberId)?.week ?? []).map(
      ({ weekday, fromMinute, toMinute }) => ({ weekday, fromMinute, toMinute }),
    )
    expect(was).toHaveLength(10)
    const params = { id: claire.memberId }
    const { week } = await lea.call(setWorkingHours, { params, body: { was, week: was.slice(0, 2) } })
    expect(week).toHaveLength(2)
    const refusal = await claire.refused(setWorkingHours, { params, body: { was, week: [] } })
    expect(refusal).toMatchObject({ code: 'working_hours_changed', details: { current: week } })
    await claire.call(setWorkingHours, { params, body: { was: was.slice(0, 2), week: was } })
  })

  test('a practice begins with the usual acts when it asks for them, and prices them by date', async () => {
    await inPractice(async (db) => {
      await db.deleteFrom('tariffs').execute()
      await db.deleteFrom('acts').execute()
    })
    // Pressed twice, they are added once: neither adds any before both are under way.
    const { presses } = await server.tenants.databases.within(moreau.tenantId, 'owner', async (db) => {
      await sql`lock table acts in share row exclusive mode`.execute(db)
      const presses = Promise.allSettled([claire.call(addUsualActs), claire.call(addUsualActs)])
      const waiting = async () => {
        const { rows } = await sql<{ many: number }>`
          select count(*) as many from pg_locks where not granted`.execute(db)
        return rows[0]?.many
      }
      await expect.poll(waiting, { timeout: 20_000 }).toBe(2)
      return { presses }
    })
    expect((await presses).map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    const { rows } = await claire.call(listActs)
    expect(rows.map(({ name, minutes, tariffs }) => [name, minutes, tariffs[0]?.feeCents])).toEqual([
      ['Séance individuelle', 60, 6_000],
      ['Première consultation', 60, 6_000],
      ['Séance enfant ou adolescent', 45, 5_500],
      ['Séance de couple', 75, 8_000],
      ['Mon soutien psy', 45, 5_000],
    ])
    const id = rows[0]?.id ?? ''
    const priced = await claire.call(setTariff, {
      params: { id, fromOn: '2037-09-01' },
      body: { revision: 1, feeCents: 6_500 },
    })
    expect(priced).toMatchObject({
      revision: 2,
      tariffs: [{ fromOn: '2037-09-01', feeCents: 6_500 }, { feeCents: 6_000 }],
    })
    await claire.call(updateAct, { params: { id }, body: { revision: 2, archived: true } })
    // Of what there is; not of what it costs, for whoever was granted no fees.
    expect((await lea.call(listActs)).rows.at(-1)).toMatchObject({ id, archived: true, tariffs: [] })
    const refusal = await claire.refused(bookAppointment, {
      body: { title: 'Bilan', actId: id, startsLocal: '2037-06-02T09:00' },
    })
    expect(refusal.fields?.[0]).toMatchObject({ path: 'actId', code: 'act_unknown' })
  })

  test('acts, prices and rules are the practitioner’s', async () => {
    const act = { name: 'Bilan', minutes: 90, feeCents: 12_000 }
    expect((await lea.refused(addAct, { body: act })).status).toBe(403)
    const rules = await lea.call(getAgendaRules)
    expect((await lea.refused(setAgendaRules, { body: rules })).status).toBe(403)
    await claire.call(setAgendaRules, { body: { ...rules, holidays: 'alsace_moselle' } })
    const { holidays } = await claire.call(getAgenda, { query: { from: '2037-12-21', to: '2037-12-27' } })
    expect(holidays).toEqual([
      { on: '2037-12-25', name: 'christmas' },
      { on: '2037-12-26', name: 'st_stephen' },
    ])
  })
})

test('whatever is booked and moved at random, nobody is ever in two places', async () => {
  const slot = fc.record({
    quarter: fc.integer({ min: 0, max: 40 }),
    minutes: fc.constantFrom(15, 45, 60, 90),
  })
  const localOf = (quarter: number) =>
    `2037-07-06T${String(8 + Math.floor(quarter / 4)).padStart(2, '0')}:${String((quarter % 4) * 15).padStart(2, '0')}`
  const deed = fc.oneof(
    slot.map((to) => ({ kind: 'book' as const, ...to })),
    fc.record({ kind: fc.constant('move' as const), which: fc.nat(), to: slot }),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(deed, { minLength: 6, maxLength: 12 }), async (deeds) => {
      await server.tenants.databases.within(moreau.tenantId, 'practitioner', (db) =>
        db.deleteFrom('appointments').execute(),
      )
      const query = { from: '2037-07-06', to: '2037-07-06' }
      for (const one of deeds) {
        const { appointments } = await claire.call(getAgenda, { query })
        const [to, moved] =
          one.kind === 'book'
            ? [one, undefined]
            : [one.to, appointments[one.which % Math.max(1, appointments.length)]]
        const startsLocal = localOf(to.quarter)
        const from = Date.parse(`${startsLocal}Z`)
        const isFree = appointments.every(
          ({ id, startsLocal: starts, endsLocal }) =>
            id === moved?.id ||
            Date.parse(`${endsLocal}Z`) <= from ||
            from + to.minutes * 60_000 <= Date.parse(`${starts}Z`),
        )
        const { status } = moved
          ? await claire.ask(moveAppointment, {
              params: { id: moved.id },
              body: { revision: moved.revision, startsLocal, minutes: to.minutes },
            })
          : await claire.ask(bookAppointment, { body: { title: 'x', minutes: to.minutes, startsLocal } })
        expect(status).toBe(isFree ? (moved ? 200 : 201) : 409)
      }
      const { appointments } = await claire.call(getAgenda, { query })
      for (const [index, { endsAt }] of appointments.entries())
        expect((appointments[index + 1]?.startsAt ?? endsAt) >= endsAt).toBe(true)
    }),
    { numRuns: 5 },
  )
}, 60_000)
