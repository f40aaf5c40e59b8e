/** What is done to one appointment, or to several at once. */
import { z } from 'zod'
import { consentMissing, PatientWarning } from '#contract/patients'
import { endpoint } from '#platform/contract/endpoint.ts'
import { Id, Revision, line, text } from '#platform/contract/ids.ts'
import { refusal } from '#platform/contract/refusal.ts'
import { Appointment, AppointmentStatus, Outside, Place } from './appointment.ts'
import { LocalTime, Minutes, wrong } from './wall-clock.ts'

/** The database refuses it: somebody is in two places. `details.with` is what stands there (InTheWay). */
export const appointmentOverlaps = refusal('appointment_overlaps')
/** Somebody else was faster; `details.current` is what stands now. */
export const appointmentChanged = refusal('appointment_changed')
/** More was paid than it would owe: the difference is refunded first. */
export const appointmentPaid = refusal('appointment_paid')
/** A fee note stands on it. */
export const appointmentInvoiced = refusal('appointment_invoiced')
/** Kept, or missed, before it began. */
export const appointmentNotYet = refusal('appointment_not_yet', 422)
/** It has begun, or a payment, a fee note or a message names it. It can be cancelled. */
export const appointmentInUse = refusal('appointment_in_use')
/** Whoever may not handle fees takes the act's own. */
export const feeReserved = refusal('appointment_fee_reserved', 403)
export const monSoutienPsyUsedUp = refusal('mon_soutien_psy_used_up')
export const monSoutienPsyFeeFixed = refusal('mon_soutien_psy_fee_fixed', 422)

const member = { realm: 'member', may: 'agenda.manage', stepUp: false, touches: ['agenda'] } as const
const oneAppointment = { params: z.object({ id: Id }) }
const Fee = z.int().min(0).max(10_000_000)

/** Done, and whether the practice is closed at that time: allowed, and worth a word. */
export const Settled = z.object({ appointment: Appointment, outside: Outside })
export type Settled = z.infer<typeof Settled>

/** The same, and what is to be settled before a minor comes: who answers for them, whether they agreed. */
export const Booked = Settled.extend({ warnings: z.array(PatientWarning) })

/** What is booked besides its time. */
export const What = z.object({
  /** May be left out where there is one, or by a practitioner who means themselves. */
  practitionerId: Id.optional(),
  /** With a patient, or with a title: supervision, a meeting. */
  patientId: Id.optional(),
  title: line(120).default(''),
  actId: Id.optional(),
  /** Unless told as long as the act. */
  minutes: Minutes.optional(),
  /** Unless told the act's price on that day; only for whoever handles fees. */
  feeCents: Fee.optional(),
  place: Place.default('office'),
  remark: text(1_000).default(''),
})
type Said = {
  patientId?: string | undefined
  title: string
  actId?: string | undefined
  minutes?: number | undefined
}
export const saysForWhom = ({ patientId, title }: Said) => patientId !== undefined || title !== ''
export const saysHowLong = ({ actId, minutes }: Said) => actId !== undefined || minutes !== undefined
export const forNobody = wrong('patientId', 'patient_or_title')
export const noLength = wrong('minutes', 'act_or_minutes')

export const bookAppointment = endpoint({
  ...member,
  method: 'POST',
  path: '/appointments',
  records: 'appointment.booked',
  summary: 'Books an appointment with a patient, or time for something else',
  input: {
    body: What.extend({ startsLocal: LocalTime })
      .refine(saysForWhom, forNobody)
      .refine(saysHowLong, noLength),
  },
  output: Booked,
  status: 201,
  refusals: [appointmentOverlaps, feeReserved, monSoutienPsyUsedUp, monSoutienPsyFeeFixed, consentMissing],
})

export const moveAppointment = endpoint({
  ...member,
  method: 'PUT',
  path: '/appointments/:id/time',
  records: 'appointment.moved',
  summary:
    'Puts an appointment at another time, makes it longer or shorter, or hands it to another practitioner',
  input: {
    ...oneAppointment,
    body: z.object({
      revision: Revision,
      startsLocal: LocalTime,
      minutes: Minutes.optional(),
      practitionerId: Id.optional(),
    }),
  },
  output: Settled,
  refusals: [appointmentOverlaps, appointmentChanged, appointmentInvoiced, monSoutienPsyUsedUp],
})

export const updateAppointment = endpoint({
  ...member,
  method: 'PATCH',
  path: '/appointments/:id',
  records: 'appointment.updated',
  summary: 'Changes whom or what an appointment is for, its act, fee, place or remark; its time is moved',
  input: {
    ...oneAppointment,
    body: z.object({
      revision: Revision,
      /** Null: no patient's any more; then it needs a title. */
      patientId: Id.nullable().optional(),
      title: line(120).optional(),
      /** Another act brings its own price unless a fee is told; its length stays. */
      actId: Id.nullable().optional(),
      feeCents: Fee.optional(),
      place: Place.optional(),
      remark: text(1_000).optional(),
    }),
  },
  output: Booked,
  refusals: [
    appointmentChanged,
    appointmentPaid,
    appointmentInvoiced,
    feeReserved,
    monSoutienPsyUsedUp,
    monSoutienPsyFeeFixed,
    consentMissing,
  ],
})

export const markAppointment = endpoint({
  ...member,
  method: 'PUT',
  path: '/appointments/:id/status',
  records: 'appointment.marked',
  summary:
    'Says how an appointment came out, or takes that back: planned again, where its time is still free',
  input: {
    ...oneAppointment,
    body: z.object({
      revision: Revision,
      status: AppointmentStatus,
      /** Of one cancelled late or missed: unless told the practice's share of the fee. Only for whoever handles fees. */
      dueCents: Fee.optional(),
    }),
  },
  output: Settled,
  refusals: [
    appointmentOverlaps,
    appointmentChanged,
    appointmentPaid,
    appointmentInvoiced,
    appointmentNotYet,
    feeReserved,
    monSoutienPsyUsedUp,
  ],
})

export const removeAppointment = endpoint({
  ...member,
  method: 'DELETE',
  path: '/appointments/:id',
  records: 'appointment.removed',
  impersonated: 'refused',
  summary: 'Removes what was booked by mistake, as if it had never been',
  input: { ...oneAppointment, query: z.object({ revision: z.coerce.number().pipe(Revision) }) },
  output: z.undefined(),
  status: 204,
  refusals: [appointmentChanged, appointmentInUse],
})

/** Of all those that an absence touches, or to take such a thing back: all of them, or none. */
export const markAppointments = endpoint({
  ...member,
  method: 'POST',
  path: '/appointments/marks',
  records: 'appointments.marked',
  about: 'appointment',
  summary: 'Says of several appointments how they came out, all or none',
  input: {
    body: z.object({
      appointments: z
        .array(z.object({ id: Id, revision: Revision, status: AppointmentStatus }))
        .min(1)
        .max(200),
    }),
  },
  output: z.object({ appointments: z.array(Appointment) }),
  refusals: [
    appointmentOverlaps,
    appointmentChanged,
    appointmentPaid,
    appointmentInvoiced,
    appointmentNotYet,
    monSoutienPsyUsedUp,
  ],
})

/** All of them, or none; they may change places with each other. */
export const moveAppointments = endpoint({
  ...member,
  method: 'POST',
  path: '/appointments/moves',
  records: 'appointments.moved',
  about: 'appointment',
  summary: 'Puts several appointments at other times, all or none',
  input: {
    body: z.object({
      appointments: z
        .array(z.object({ id: Id, revision: Revision, startsLocal: LocalTime }))
        .min(1)
        .max(200),
    }),
  },
  output: z.object({ appointments: z.array(Appointment) }),
  refusals: [appointmentOverlaps, appointmentChanged, appointmentInvoiced, monSoutienPsyUsedUp],
})
