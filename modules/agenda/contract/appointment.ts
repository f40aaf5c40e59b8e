/** An appointment: what it looks like, and how it is looked up. */
import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'
import { Day, Id, Instant, line } from '#platform/contract/ids.ts'
import { Cents } from '#platform/contract/money.ts'
import { pageOf, pageQuery } from '#platform/contract/page.ts'
import { LocalTime } from './wall-clock.ts'

export const appointmentStatuses = ['planned', 'kept', 'cancelled', 'late_cancelled', 'no_show'] as const
export const AppointmentStatus = z.enum(appointmentStatuses)
export type AppointmentStatus = z.infer<typeof AppointmentStatus>

export const places = ['office', 'video', 'phone', 'home'] as const
export const Place = z.enum(places)
export type Place = z.infer<typeof Place>

export const Appointment = z.object({
  id: Id,
  practitionerId: Id,
  /** The name is null for whoever may not read patients. Without a patient there is a title. */
  patient: z.object({ id: Id, name: z.string().nullable() }).nullable(),
  title: z.string(),
  act: z
    .object({ id: Id, name: z.string(), colour: z.int().min(0).max(7), monSoutienPsy: z.boolean() })
    .nullable(),
  startsAt: Instant,
  endsAt: Instant,
  /** By the practice's clock, and so is the end; `minutes` is what really passes between them. */
  startsLocal: LocalTime,
  endsLocal: LocalTime,
  minutes: z.int(),
  status: AppointmentStatus,
  place: Place,
  remark: z.string(),
  seriesId: Id.nullable(),
  /** What was agreed, what is owed of it as things came out, and what was paid: null for whoever may not read fees. */
  feeCents: Cents.nullable(),
  dueCents: Cents.nullable(),
  paidCents: Cents.nullable(),
  /** Grows with each change: who changes something says which one they saw. */
  revision: z.int(),
})
export type Appointment = z.infer<typeof Appointment>

/** Where the practice is closed at that time: outside usual hours and open slots, in an absence, on a public holiday. */
export const Outside = z.enum(['hours', 'absence', 'holiday']).nullable()
export type Outside = z.infer<typeof Outside>

/** What stands in the way: `details.with` of `appointment_overlaps`, and `taken` of a series' preview. */
export const InTheWay = z.object({
  id: Id,
  startsLocal: LocalTime,
  endsLocal: LocalTime,
  /** Null where it is no patient's, or the asking person may not know whose. */
  patientName: z.string().nullable(),
  title: z.string(),
})
export type InTheWay = z.infer<typeof InTheWay>

export const AppointmentDetail = Appointment.extend({
  practitionerName: z.string(),
  bookedBy: z.string().nullable(),
  bookedAt: Instant,
  /** When it was last marked as something. */
  statusAt: Instant.nullable(),
  outside: Outside,
  /** A fee note stands on it: its patient, fee and outcome stay until that note is cancelled. Null without fees. */
  feeNoteId: Id.nullable(),
  series: z
    .object({
      id: Id,
      everyWeeks: z.int(),
      firstOn: Day,
      lastOn: Day,
      /** This one and those after it that are planned and to come. */
      following: z.int(),
      /** How many of these the practice's rule would cancel late now, and what that would leave due (null without fees). */
      late: z.object({ count: z.int(), dueCents: Cents.nullable() }),
    })
    .nullable(),
  /** What cancelling it now is by the practice's own rule, and what the outcomes would make it owe (null without fees). */
  rule: z.object({
    cancelAs: z.enum(['cancelled', 'late_cancelled']),
    lateWindowHours: z.int(),
    lateDueCents: Cents.nullable(),
    noShowDueCents: Cents.nullable(),
  }),
})
export type AppointmentDetail = z.infer<typeof AppointmentDetail>

export const getAppointment = endpoint({
  realm: 'member',
  method: 'GET',
  path: '/appointments/:id',
  may: 'agenda.read',
  summary: 'One appointment, its series, and what each outcome would make it owe',
  input: { params: z.object({ id: Id }) },
  output: AppointmentDetail,
  refreshedBy: ['agenda'],
})

export const listAppointments = endpoint({
  realm: 'member',
  method: 'GET',
  path: '/appointments',
  may: 'agenda.read',
  summary:
    'Appointments of a patient, of a time, of a status: the lines behind a figure, and a patient’s past and next ones',
  input: {
    query: z.object({
      patientId: Id.optional(),
      practitionerId: Id.optional(),
      /** Days of the practice, both included. */
      from: Day.optional(),
      to: Day.optional(),
      /** `next`: not over yet, the soonest first; `past`: the latest first. Without it the latest first. */
      when: z.enum(['next', 'past']).optional(),
      /** One, or several separated by commas. */
      status: z
        .string()
        .transform((said) => said.split(','))
        .pipe(z.array(AppointmentStatus).min(1))
        .optional(),
      ...pageQuery,
    }),
  },
  output: pageOf(Appointment),
  refreshedBy: ['agenda'],
})

export const findAppointments = endpoint({
  realm: 'member',
  method: 'GET',
  path: '/appointments/found',
  may: 'agenda.read',
  summary: 'Appointments by their title or their patient’s name, those to come first; 10 at most',
  input: { query: z.object({ q: line(100).min(1) }) },
  output: z.object({ rows: z.array(z.object({ id: Id, name: z.string(), startsLocal: LocalTime })) }),
})
