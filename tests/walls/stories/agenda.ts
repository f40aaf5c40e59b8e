import { randomUUID } from 'node:crypto'
import * as agenda from '#contract/agenda'
import { practiceChanged } from '#contract/cabinet'
import { consentMissing } from '#contract/patients'
import type { Refusal } from '#platform/contract/refusal.ts'
import type { AnyEndpoint } from '#platform/contract/endpoint.ts'
import type { TenancyServer, TestMember } from '../../harness/tenants.ts'
import type { Call, RefusalStory, WriteStory } from './story.ts'

const places = new WeakMap<TenancyServer, ReturnType<typeof open>>()

/** One practice for all stories of a server: each has days, patients and acts of its own. */
function place(server: TenancyServer) {
  const known = places.get(server) ?? open(server)
  places.set(server, known)
  return known
}

async function open(server: TenancyServer, whose = 'Aline Schmitt') {
  const practice = await server.openPractice(whose)
  let days = 70
  // Ten weeks ahead at least, and weeks apart, so that series have theirs too.
  const day = () => new Date(Date.now() + (days += 21) * 86_400_000).toISOString().slice(0, 10)
  return { practice, as: practice.holder, day }
}

const within = async <R>(
  server: TenancyServer,
  work: Parameters<typeof server.tenants.databases.within<R>>[2],
): Promise<R> =>
  server.tenants.databases.within((await place(server)).practice.tenantId, 'practitioner', work)

async function patient(server: TenancyServer): Promise<string> {
  const { as } = await place(server)
  const said = { practitionerId: as.memberId, firstName: 'Karim', lastName: 'Benali' }
  return within(server, async (db) => {
    const row = await db.insertInto('patients').values(said).returning('id').executeTakeFirstOrThrow()
    return row.id
  })
}

async function act(server: TenancyServer, monSoutienPsy = false): Promise<string> {
  return within(server, async (db) => {
    const said = { name: randomUUID(), minutes: 60, monSoutienPsy }
    const { id } = await db.insertInto('acts').values(said).returning('id').executeTakeFirstOrThrow()
    await db.insertInto('tariffs').values({ actId: id, fromOn: '2020-01-01', feeCents: 6_000 }).execute()
    return id
  })
}

const at = (day: string, time = '10:00') => `${day}T${time}`

async function booking(server: TenancyServer) {
  const { as, day } = await place(server)
  const [patientId, actId] = [await patient(server), await act(server)]
  return { as, on: day(), body: { practitionerId: as.memberId, patientId, actId } }
}

/** Somebody's appointment at ten, on a day of its own. */
async function booked(server: TenancyServer, over: { actId?: string; patientId?: string } = {}) {
  const { as, on, body } = await booking(server)
  const { appointment } = await as.call(agenda.bookAppointment, {
    body: { ...body, ...over, startsLocal: at(on) },
  })
  return { as, on, appointment, params: { id: appointment.id } }
}

/** Somebody stands at eleven of that day. */
async function alsoAtEleven(server: TenancyServer, on: string) {
  const { as } = await place(server)
  await as.call(agenda.bookAppointment, {
    body: { title: 'Supervision', minutes: 60, startsLocal: at(on, '11:00') },
  })
}

async function seriesOfThree(server: TenancyServer) {
  const { as, on, body } = await booking(server)
  const rhythm = { startsLocal: at(on), everyWeeks: 1, count: 3, keep: threeWeeks(on) }
  const { appointments } = await as.call(agenda.bookSeries, { body: { ...body, ...rhythm } })
  const first = appointments[0]
  if (!first) throw new Error('a series of three has a first one')
  return { as, on, appointments, first, params: { id: first.id } }
}

/** A public holiday among them is booked all the same: the days are whatever today makes of them. */
const threeWeeks = (on: string) =>
  [0, 7, 14].map((days) => new Date(Date.parse(on) + days * 86_400_000).toISOString().slice(0, 10))

async function paid(server: TenancyServer) {
  const one = await booked(server)
  const { as, appointment } = one
  const patientId = appointment.patient?.id ?? ''
  await within(server, async (db) => {
    const { id } = await db
      .insertInto('payments')
      .values({
        patientId,
        practitionerId: as.memberId,
        receivedOn: one.on,
        cents: 6_000,
        method: 'card',
        requestId: randomUUID(),
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    await db
      .insertInto('paymentAllocations')
      .values({ paymentId: id, appointmentId: appointment.id, cents: 6_000 })
      .execute()
  })
  return one
}

/** A fee note stands on it. */
async function invoiced(server: TenancyServer, appointment: agenda.Appointment) {
  const { as } = await place(server)
  await within(server, async (db) => {
    const { id } = await db
      .insertInto('feeNotes')
      .values({
        practitionerId: as.memberId,
        patientId: appointment.patient?.id ?? '',
        number: randomUUID(),
        issuedOn: '2026-01-01',
        totalCents: 6_000,
        content: '{}',
        contentSha256: Buffer.alloc(32),
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    const line = { appointmentId: appointment.id, doneOn: '2026-01-01', label: 'Séance', cents: 6_000 }
    await db
      .insertInto('feeNoteLines')
      .values({ feeNoteId: id, position: 1, ...line })
      .execute()
  })
}

/** A patient with twelve sessions of « Mon soutien psy » in the year of that day. */
async function usedUp(server: TenancyServer, on: string) {
  const { as } = await place(server)
  const [patientId, actId] = [await patient(server), await act(server, true)]
  const year = on.slice(0, 4)
  await within(server, (db) =>
    db
      .insertInto('appointments')
      .values(
        Array.from({ length: agenda.sessionsAYear }, (_, month) => {
          const starts =
            Date.parse(`${year}-${String(month + 1).padStart(2, '0')}-02T20:00:00Z`) + Math.random() * 60_000
          // Nights are nobody's: a minute each, wherever in it.
          return {
            practitionerId: as.memberId,
            patientId,
            actId,
            startsAt: new Date(starts),
            endsAt: new Date(starts + 1),
          }
        }),
      )
      .execute(),
  )
  return { patientId, actId }
}

const cashier = new WeakMap<TenancyServer, Promise<TestMember>>()
/** Books, and was granted no money. */
async function secretary(server: TenancyServer) {
  const { practice } = await place(server)
  const known =
    cashier.get(server) ?? practice.join({ firstName: 'Léa', lastName: 'Fabre', profile: 'secretary' })
  cashier.set(server, known)
  return known
}

async function anAct(server: TenancyServer) {
  const { as } = await place(server)
  return { as, params: { id: await act(server) } }
}

async function absence(server: TenancyServer) {
  const { as, day } = await place(server)
  const on = day()
  const body = {
    startsLocal: at(on, '00:00'),
    endsLocal: at(on, '23:00'),
    label: '',
    kind: 'training' as const,
  }
  const added = await as.call(agenda.addAbsence, { body })
  return { as, body, params: { id: added.absence.id } }
}

/** Whose hours no other story sets. */
async function colleague(server: TenancyServer) {
  const { practice } = await place(server)
  return practice.join({ firstName: 'Inès', lastName: 'Garnier', profile: 'practitioner' })
}

const morning = { weekday: 1, fromMinute: 540, toMinute: 720 }

// ─────────────────────────── calls that succeed

const book = async (server: TenancyServer) => {
  const { as, on, body } = await booking(server)
  return { as, input: { body: { ...body, startsLocal: at(on) } } }
}
const move = async (server: TenancyServer) => {
  const { as, on, params } = await booked(server)
  return { as, input: { params, body: { revision: 1, startsLocal: at(on, '15:00') } } }
}
const update = async (server: TenancyServer) => {
  const { as, params } = await booked(server)
  return { as, input: { params, body: { revision: 1, place: 'video' } } }
}
const mark = async (server: TenancyServer) => {
  const { as, params } = await booked(server)
  return { as, input: { params, body: { revision: 1, status: 'cancelled' } } }
}
const remove = async (server: TenancyServer) => {
  const { as, params } = await booked(server)
  return { as, input: { params, query: { revision: 1 } } }
}
const bookSeries = async (server: TenancyServer) => {
  const { as, on, body } = await booking(server)
  const rhythm = { startsLocal: at(on), everyWeeks: 1, count: 3, keep: threeWeeks(on) }
  return { as, input: { body: { ...body, ...rhythm } } }
}
const cancelSeries = async (server: TenancyServer) => {
  const { as, params } = await seriesOfThree(server)
  return { as, input: { params, body: { revision: 1, change: { kind: 'cancel' } } } }
}
const tariff = async (server: TenancyServer) => {
  const { as, params } = await anAct(server)
  return { as, input: { params: { ...params, fromOn: '2020-01-01' } } }
}

export const writes: WriteStory[] = [
  { endpoint: agenda.bookAppointment, tell: book },
  { endpoint: agenda.moveAppointment, tell: move },
  { endpoint: agenda.updateAppointment, tell: update },
  { endpoint: agenda.markAppointment, tell: mark },
  { endpoint: agenda.removeAppointment, tell: remove },
  {
    endpoint: agenda.markAppointments,
    tell: async (server) => {
      const { as, appointment } = await booked(server)
      return {
        as,
        input: { body: { appointments: [{ id: appointment.id, revision: 1, status: 'cancelled' }] } },
      }
    },
  },
  {
    endpoint: agenda.moveAppointments,
    tell: async (server) => {
      const { as, on, appointment } = await booked(server)
      const to = { id: appointment.id, revision: 1, startsLocal: at(on, '16:00') }
      return { as, input: { body: { appointments: [to] } } }
    },
  },
  { endpoint: agenda.bookSeries, tell: bookSeries },
  { endpoint: agenda.changeSeries, tell: cancelSeries },
  {
    endpoint: agenda.setWorkingHours,
    tell: async (server) => {
      const { as } = await place(server)
      const { memberId } = await colleague(server)
      return { as, input: { params: { id: memberId }, body: { was: [], week: [morning] } } }
    },
  },
  {
    endpoint: agenda.addAbsence,
    tell: async (server) => {
      const { as, day } = await place(server)
      const on = day()
      const body = { startsLocal: at(on, '08:00'), endsLocal: at(on, '19:00'), kind: 'illness' }
      return { as, input: { body } }
    },
  },
  {
    endpoint: agenda.changeAbsence,
    tell: async (server) => {
      const { as, params, body } = await absence(server)
      const { startsLocal, endsLocal } = body
      const was = { startsLocal, endsLocal }
      return { as, input: { params, body: { ...body, was, kind: 'other' } } }
    },
  },
  { endpoint: agenda.removeAbsence, tell: async (server) => withParams(await absence(server)) },
  {
    endpoint: agenda.addOpenSlot,
    tell: async (server) => {
      const { as, day } = await place(server)
      const on = day()
      return { as, input: { body: { startsLocal: at(on, '19:00'), endsLocal: at(on, '21:00') } } }
    },
  },
  {
    endpoint: agenda.removeOpenSlot,
    tell: async (server) => {
      const { as, day } = await place(server)
      const on = day()
      const body = { startsLocal: at(on, '19:00'), endsLocal: at(on, '21:00') }
      const { id } = await as.call(agenda.addOpenSlot, { body })
      return { as, input: { params: { id } } }
    },
  },
  {
    endpoint: agenda.addAct,
    tell: async (server) => {
      const { as } = await place(server)
      return { as, input: { body: { name: 'Bilan', minutes: 90, feeCents: 12_000 } } }
    },
  },
  {
    endpoint: agenda.addUsualActs,
    tell: async (server) => ({ as: (await open(server, 'Maud Keller')).as }),
  },
  {
    endpoint: agenda.updateAct,
    tell: async (server) => {
      const { as, params } = await anAct(server)
      return { as, input: { params, body: { revision: 1, minutes: 50 } } }
    },
  },
  {
    endpoint: agenda.setTariff,
    tell: async (server) => {
      const { as, input } = await tariff(server)
      return { as, input: { ...input, body: { revision: 1, feeCents: 7_000 } } }
    },
  },
  {
    endpoint: agenda.removeTariff,
    tell: async (server) => {
      const { as, input } = await tariff(server)
      return { as, input: { ...input, query: { revision: 1 } } }
    },
  },
  {
    endpoint: agenda.setAgendaRules,
    tell: async (server) => {
      const { as } = await place(server)
      const rules = await as.call(agenda.getAgendaRules)
      return { as, input: { body: { ...rules, lateSharePercent: 50 } } }
    },
  },
]

const withParams = ({ as, params }: { as: TestMember; params: { id: string } }): Call => ({
  as,
  input: { params },
})

// ─────────────────────────── refusals

/** The same call, with a revision nobody saw. */
const stale =
  (tell: WriteStory['tell']): WriteStory['tell'] =>
  async (server) => {
    const { as, input } = await tell(server)
    const { body, query } = input as { body?: object; query?: object }
    return {
      as,
      input: {
        ...input,
        ...(body && { body: { ...body, revision: 99 } }),
        ...(query && { query: { ...query, revision: 99 } }),
      },
    }
  }

const refused = (endpoint: AnyEndpoint, refusal: Refusal, tell: WriteStory['tell']): RefusalStory => ({
  endpoint,
  refusal,
  tell,
})

/** Of an appointment on which a fee note stands. */
const ofInvoiced =
  (
    input: (on: string, appointment: agenda.Appointment) => Omit<NonNullable<Call['input']>, 'params'>,
    many = false,
  ) =>
  async (server: TenancyServer): Promise<Call> => {
    const { as, on, appointment, params } = await booked(server)
    await invoiced(server, appointment)
    return { as, input: { ...(!many && { params }), ...input(on, appointment) } }
  }

const ofPaid =
  (input: (appointment: agenda.Appointment) => Omit<NonNullable<Call['input']>, 'params'>, many = false) =>
  async (server: TenancyServer): Promise<Call> => {
    const { as, appointment, params } = await paid(server)
    return { as, input: { ...(!many && { params }), ...input(appointment) } }
  }

/** One more of a patient who had twelve: cancelled, and wanted again. */
async function thirteenth(server: TenancyServer) {
  const { as, on, appointment, params } = await booked(server)
  const cancelled = await as.call(agenda.markAppointment, {
    params,
    body: { revision: 1, status: 'cancelled' },
  })
  const { patientId, actId } = await usedUp(server, on)
  await within(server, (db) =>
    db.updateTable('appointments').set({ patientId, actId }).where('id', '=', appointment.id).execute(),
  )
  return { as, params, id: appointment.id, revision: cancelled.appointment.revision }
}

/** One in the year before that of twelve: moved there, it would be one too many. */
async function fromTheYearBefore(server: TenancyServer) {
  const { as, on, appointment, params } = await booked(server)
  const year = Number(on.slice(0, 4)) + 1
  const startsLocal = `${year}-12-29T10:00`
  const { patientId, actId } = await usedUp(server, startsLocal)
  await within(server, (db) =>
    db.updateTable('appointments').set({ patientId, actId }).where('id', '=', appointment.id).execute(),
  )
  return { as, params, id: appointment.id, startsLocal }
}

const overlapping: RefusalStory[] = [
  refused(agenda.bookAppointment, agenda.appointmentOverlaps, async (server) => {
    const { as, on } = await booked(server)
    return { as, input: { body: { title: 'Réunion', minutes: 30, startsLocal: at(on, '10:30') } } }
  }),
  refused(agenda.moveAppointment, agenda.appointmentOverlaps, async (server) => {
    const { as, on, params } = await booked(server)
    await alsoAtEleven(server, on)
    return { as, input: { params, body: { revision: 1, startsLocal: at(on, '10:30') } } }
  }),
  refused(agenda.markAppointment, agenda.appointmentOverlaps, async (server) => {
    const { as, on, params } = await booked(server)
    const { appointment } = await as.call(agenda.markAppointment, {
      params,
      body: { revision: 1, status: 'cancelled' },
    })
    await as.call(agenda.bookAppointment, { body: { title: 'Réunion', minutes: 30, startsLocal: at(on) } })
    return { as, input: { params, body: { revision: appointment.revision, status: 'planned' } } }
  }),
  refused(agenda.markAppointments, agenda.appointmentOverlaps, async (server) => {
    const { as, on, params } = await booked(server)
    await as.call(agenda.markAppointment, { params, body: { revision: 1, status: 'cancelled' } })
    await as.call(agenda.bookAppointment, { body: { title: 'Réunion', minutes: 30, startsLocal: at(on) } })
    return { as, input: { body: { appointments: [{ ...params, revision: 2, status: 'planned' }] } } }
  }),
  refused(agenda.moveAppointments, agenda.appointmentOverlaps, async (server) => {
    const { as, on, params } = await booked(server)
    await alsoAtEleven(server, on)
    return {
      as,
      input: { body: { appointments: [{ ...params, revision: 1, startsLocal: at(on, '11:00') }] } },
    }
  }),
  refused(agenda.bookSeries, agenda.seriesOverlaps, async (server) => {
    const { as, input } = await bookSeries(server)
    await as.call(agenda.bookSeries, input)
    return { as, input }
  }),
  refused(agenda.changeSeries, agenda.seriesOverlaps, async (server) => {
    const { as, on, params } = await seriesOfThree(server)
    await alsoAtEleven(server, on)
    const change = { kind: 'move', startsLocal: at(on, '11:00') }
    return { as, input: { params, body: { revision: 1, change } } }
  }),
]

const changedMeanwhile: RefusalStory[] = [
  refused(agenda.moveAppointment, agenda.appointmentChanged, stale(move)),
  refused(agenda.updateAppointment, agenda.appointmentChanged, stale(update)),
  refused(agenda.markAppointment, agenda.appointmentChanged, stale(mark)),
  refused(agenda.removeAppointment, agenda.appointmentChanged, stale(remove)),
  refused(agenda.changeSeries, agenda.appointmentChanged, stale(cancelSeries)),
  refused(agenda.markAppointments, agenda.appointmentChanged, async (server) => {
    const { as, params } = await booked(server)
    return { as, input: { body: { appointments: [{ ...params, revision: 2, status: 'cancelled' }] } } }
  }),
  refused(agenda.moveAppointments, agenda.appointmentChanged, async (server) => {
    const { as, on, params } = await booked(server)
    return {
      as,
      input: { body: { appointments: [{ ...params, revision: 2, startsLocal: at(on, '16:00') }] } },
    }
  }),
  refused(agenda.changeAbsence, agenda.absenceChanged, async (server) => {
    const { as, params, body } = await absence(server)
    const { startsLocal, endsLocal } = body
    const was = { startsLocal: startsLocal.replace('T00', 'T01'), endsLocal }
    return { as, input: { params, body: { ...body, was } } }
  }),
  refused(agenda.updateAct, agenda.actChanged, async (server) => {
    const { as, params } = await anAct(server)
    return { as, input: { params, body: { revision: 2, minutes: 50 } } }
  }),
  refused(agenda.updateAct, agenda.actInUse, async (server) => {
    const { as, appointment } = await booked(server)
    const id = appointment.act?.id ?? ''
    return { as, input: { params: { id }, body: { revision: 1, monSoutienPsy: true } } }
  }),
  refused(agenda.setTariff, agenda.actChanged, async (server) => {
    const { as, input } = await tariff(server)
    return { as, input: { ...input, body: { revision: 2, feeCents: 1 } } }
  }),
  refused(agenda.removeTariff, agenda.actChanged, async (server) => {
    const { as, input } = await tariff(server)
    return { as, input: { ...input, query: { revision: 2 } } }
  }),
  refused(agenda.setWorkingHours, agenda.hoursChanged, async (server) => {
    const { as } = await place(server)
    const { memberId } = await colleague(server)
    return { as, input: { params: { id: memberId }, body: { was: [morning], week: [] } } }
  }),
  refused(agenda.setAgendaRules, practiceChanged, async (server) => {
    const { as } = await place(server)
    return { as, input: { body: { ...(await as.call(agenda.getAgendaRules)), revision: 99 } } }
  }),
]

const money: RefusalStory[] = [
  refused(
    agenda.updateAppointment,
    agenda.appointmentPaid,
    ofPaid(() => ({ body: { revision: 1, feeCents: 1 } })),
  ),
  refused(
    agenda.markAppointment,
    agenda.appointmentPaid,
    ofPaid(() => ({ body: { revision: 1, status: 'cancelled' } })),
  ),
  refused(
    agenda.markAppointments,
    agenda.appointmentPaid,
    ofPaid(({ id }) => ({ body: { appointments: [{ id, revision: 1, status: 'cancelled' }] } }), true),
  ),
  refused(agenda.changeSeries, agenda.appointmentPaid, async (server) => {
    const { as, params } = await seriesOfPaid(server)
    return { as, input: { params, body: { revision: 1, change: { kind: 'cancel' } } } }
  }),
  refused(
    agenda.updateAppointment,
    agenda.appointmentInvoiced,
    ofInvoiced(() => ({ body: { revision: 1, feeCents: 1 } })),
  ),
  refused(
    agenda.markAppointment,
    agenda.appointmentInvoiced,
    ofInvoiced(() => ({ body: { revision: 1, status: 'cancelled' } })),
  ),
  refused(
    agenda.markAppointments,
    agenda.appointmentInvoiced,
    ofInvoiced(
      (_on, { id }) => ({ body: { appointments: [{ id, revision: 1, status: 'cancelled' }] } }),
      true,
    ),
  ),
  refused(
    agenda.moveAppointment,
    agenda.appointmentInvoiced,
    ofInvoiced((on) => ({ body: { revision: 1, startsLocal: at(dayAfter(on)) } })),
  ),
  refused(
    agenda.moveAppointments,
    agenda.appointmentInvoiced,
    ofInvoiced(
      (on, { id }) => ({ body: { appointments: [{ id, revision: 1, startsLocal: at(dayAfter(on)) }] } }),
      true,
    ),
  ),
  refused(agenda.changeSeries, agenda.appointmentInvoiced, async (server) => {
    const { as, first, params } = await seriesOfThree(server)
    await invoiced(server, first)
    return { as, input: { params, body: { revision: 1, change: { kind: 'cancel' } } } }
  }),
  refused(agenda.bookAppointment, agenda.feeReserved, async (server) => {
    const { input } = await book(server)
    return { as: await secretary(server), input: { body: { ...input.body, feeCents: 1 } } }
  }),
  refused(agenda.bookSeries, agenda.feeReserved, async (server) => {
    const { input } = await bookSeries(server)
    return { as: await secretary(server), input: { body: { ...input.body, feeCents: 1 } } }
  }),
  refused(agenda.updateAppointment, agenda.feeReserved, async (server) => {
    const { params } = await booked(server)
    return { as: await secretary(server), input: { params, body: { revision: 1, feeCents: 1 } } }
  }),
  refused(agenda.markAppointment, agenda.feeReserved, async (server) => {
    const { params } = await booked(server)
    const body = { revision: 1, status: 'late_cancelled', dueCents: 1 }
    return { as: await secretary(server), input: { params, body } }
  }),
]

/** A series whose first one was paid. */
async function seriesOfPaid(server: TenancyServer) {
  const series = await seriesOfThree(server)
  await within(server, (db) =>
    db
      .insertInto('payments')
      .values({
        patientId: series.first.patient?.id ?? '',
        practitionerId: series.as.memberId,
        receivedOn: series.on,
        cents: 100,
        method: 'cash',
        requestId: randomUUID(),
      })
      .returning('id')
      .executeTakeFirstOrThrow()
      .then(({ id }) =>
        db
          .insertInto('paymentAllocations')
          .values({ paymentId: id, appointmentId: series.first.id, cents: 100 })
          .execute(),
      ),
  )
  return series
}

const dayAfter = (on: string) => new Date(Date.parse(on) + 86_400_000).toISOString().slice(0, 10)

const monSoutienPsy: RefusalStory[] = [
  refused(agenda.bookAppointment, agenda.monSoutienPsyUsedUp, async (server) => {
    const { as, on } = await booking(server)
    return { as, input: { body: { ...(await usedUp(server, on)), startsLocal: at(on) } } }
  }),
  refused(agenda.bookSeries, agenda.monSoutienPsyUsedUp, async (server) => {
    const { as, on } = await booking(server)
    const rhythm = { startsLocal: at(on), everyWeeks: 1, count: 1, keep: [on] }
    return { as, input: { body: { ...(await usedUp(server, on)), ...rhythm } } }
  }),
  refused(agenda.updateAppointment, agenda.monSoutienPsyUsedUp, async (server) => {
    const { as, on, params } = await booked(server)
    return { as, input: { params, body: { revision: 1, ...(await usedUp(server, on)) } } }
  }),
  refused(agenda.markAppointment, agenda.monSoutienPsyUsedUp, async (server) => {
    const { as, params, revision } = await thirteenth(server)
    return { as, input: { params, body: { revision, status: 'planned' } } }
  }),
  refused(agenda.markAppointments, agenda.monSoutienPsyUsedUp, async (server) => {
    const { as, id, revision } = await thirteenth(server)
    return { as, input: { body: { appointments: [{ id, revision, status: 'planned' }] } } }
  }),
  refused(agenda.moveAppointment, agenda.monSoutienPsyUsedUp, async (server) => {
    const { as, params, startsLocal } = await fromTheYearBefore(server)
    return { as, input: { params, body: { revision: 1, startsLocal } } }
  }),
  refused(agenda.moveAppointments, agenda.monSoutienPsyUsedUp, async (server) => {
    const { as, id, startsLocal } = await fromTheYearBefore(server)
    return { as, input: { body: { appointments: [{ id, revision: 1, startsLocal }] } } }
  }),
  refused(agenda.changeSeries, agenda.monSoutienPsyUsedUp, async (server) => {
    const { as, id, startsLocal } = await fromTheYearBefore(server)
    await within(server, async (db) => {
      const rhythm = { everyWeeks: 1, firstOn: '2026-01-01', lastOn: '2026-01-01', startsLocal: '10:00' }
      const series = await db
        .insertInto('appointmentSeries')
        .values({ practitionerId: as.memberId, ...rhythm })
        .returning('id')
        .executeTakeFirstOrThrow()
      await db.updateTable('appointments').set({ seriesId: series.id }).where('id', '=', id).execute()
    })
    return { as, input: { params: { id }, body: { revision: 1, change: { kind: 'move', startsLocal } } } }
  }),
  refused(agenda.bookAppointment, agenda.monSoutienPsyFeeFixed, async (server) => {
    const { as, input } = await book(server)
    const body = { ...input.body, actId: await act(server, true), feeCents: 9_000 }
    return { as, input: { body } }
  }),
  refused(agenda.bookSeries, agenda.monSoutienPsyFeeFixed, async (server) => {
    const { as, input } = await bookSeries(server)
    const body = { ...input.body, actId: await act(server, true), feeCents: 9_000 }
    return { as, input: { body } }
  }),
  refused(agenda.updateAppointment, agenda.monSoutienPsyFeeFixed, async (server) => {
    const { as, params } = await booked(server, { actId: await act(server, true) })
    return { as, input: { params, body: { revision: 1, feeCents: 9_000 } } }
  }),
]

const nobodyAgreed: RefusalStory[] = [
  refused(agenda.bookAppointment, consentMissing, async (server) => {
    const { as, input } = await book(server)
    return { as, input: { body: { ...input.body, ...(await childSupported(server)) } } }
  }),
  refused(agenda.bookSeries, consentMissing, async (server) => {
    const { as, input } = await bookSeries(server)
    return { as, input: { body: { ...input.body, ...(await childSupported(server)) } } }
  }),
  refused(agenda.updateAppointment, consentMissing, async (server) => {
    const { as, params } = await booked(server)
    return { as, input: { params, body: { revision: 1, ...(await childSupported(server)) } } }
  }),
]

/** A child for whom nobody has agreed to « Mon soutien psy ». */
async function childSupported(server: TenancyServer) {
  const patientId = await patient(server)
  const bornOn = `${new Date().getFullYear() - 9}-01-01`
  await within(server, (db) =>
    db.updateTable('patients').set({ bornOn }).where('id', '=', patientId).execute(),
  )
  return { patientId, actId: await act(server, true) }
}

const others: RefusalStory[] = [
  refused(agenda.markAppointment, agenda.appointmentNotYet, async (server) => {
    const { as, params } = await booked(server)
    return { as, input: { params, body: { revision: 1, status: 'kept' } } }
  }),
  refused(agenda.markAppointments, agenda.appointmentNotYet, async (server) => {
    const { as, params } = await booked(server)
    return { as, input: { body: { appointments: [{ ...params, revision: 1, status: 'no_show' }] } } }
  }),
  refused(agenda.removeAppointment, agenda.appointmentInUse, async (server) => {
    const { as, params } = await paid(server)
    return { as, input: { params, query: { revision: 1 } } }
  }),
  refused(agenda.bookSeries, agenda.seriesEmpty, async (server) => {
    const { as, on, body } = await booking(server)
    const rhythm = { startsLocal: at(on), everyWeeks: 1, count: 1, skip: [on] }
    return { as, input: { body: { ...body, ...rhythm } } }
  }),
  refused(agenda.changeSeries, agenda.seriesNotPlanned, async (server) => {
    const { as, params } = await seriesOfThree(server)
    await as.call(agenda.markAppointment, { params, body: { revision: 1, status: 'cancelled' } })
    return { as, input: { params, body: { revision: 2, change: { kind: 'cancel' } } } }
  }),
  refused(agenda.changeSeries, agenda.seriesEmpty, async (server) => {
    const { as, on, params } = await seriesOfThree(server)
    const change = { kind: 'move', startsLocal: at(on, '15:00'), skip: threeWeeks(on) }
    return { as, input: { params, body: { revision: 1, change } } }
  }),
  refused(agenda.setWorkingHours, agenda.hoursOverlap, async (server) => {
    const { as } = await place(server)
    const { memberId } = await colleague(server)
    const week = [morning, { ...morning, fromMinute: 600 }]
    return { as, input: { params: { id: memberId }, body: { was: [], week } } }
  }),
  refused(agenda.addUsualActs, agenda.actsAlreadyThere, async (server) => ({ as: (await anAct(server)).as })),
]

export const refusals: RefusalStory[] = [
  ...overlapping,
  ...changedMeanwhile,
  ...money,
  ...monSoutienPsy,
  ...nobodyAgreed,
  ...others,
]
