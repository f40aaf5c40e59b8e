/** Calls as whoever answers the telephone writes them down. */
import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'
import { Id, Instant, line, text } from '#platform/contract/ids.ts'
import { pageOf, pageQuery } from '#platform/contract/page.ts'
import { refusal } from '#platform/contract/refusal.ts'
import { member, one, revision, WhichPatient, Who } from './common.ts'

export const callSubjects = [
  'appointment',
  'cancellation',
  'callback',
  'message',
  'new_patient',
  'invoice',
  'other',
] as const
export const CallSubject = z.enum(callSubjects)
export type CallSubject = z.infer<typeof CallSubject>

/** `open`: nobody dealt with it yet. */
export const callStates = ['open', 'handled'] as const
export const CallState = z.enum(callStates)
export type CallState = z.infer<typeof CallState>

export const Call = z.object({
  id: Id,
  calledAt: Instant,
  /** By the practice's clock, `2026-11-23T09:05`. */
  calledLocal: z.string(),
  /** Who it is for; null: whoever reads it. */
  for: Who.nullable(),
  patient: WhichPatient.nullable(),
  /** Who called, where they are no patient, or call for one. */
  caller: z.string(),
  /** As it is read, and as it is dialled: the one that was told, else the patient's own. Empty: none is known. */
  phone: z.string(),
  phoneDialled: z.string(),
  /** What was told, without the patient's own. */
  phoneTold: z.string(),
  subject: CallSubject,
  message: z.string(),
  urgent: z.boolean(),
  takenBy: Who.nullable(),
  handledAt: Instant.nullable(),
  handledBy: Who.nullable(),
  /** What was booked out of it. */
  appointment: z.object({ id: Id, startsLocal: z.string() }).nullable(),
  /** Tasks made of it that are still to be done. */
  openTasks: z.int(),
  revision: z.int(),
})
export type Call = z.infer<typeof Call>

export const CallFilter = z.object({
  /** Words of the caller, the patient or the message, or digits of the number. */
  q: line(100).optional(),
  state: CallState.optional(),
  subject: CallSubject.optional(),
  forId: Id.optional(),
  patientId: Id.optional(),
  /** Taken today, by the practice's calendar. */
  when: z.enum(['today']).optional(),
  urgent: z.enum(['yes']).optional(),
})
export type CallFilter = z.infer<typeof CallFilter>

export const listCalls = endpoint({
  ...member,
  method: 'GET',
  path: '/calls',
  may: 'calls.read',
  summary: 'Calls: those to be handled first, the urgent ones before the others, then the latest',
  input: { query: CallFilter.extend(pageQuery) },
  output: pageOf(Call).extend({
    /** Whatever is filtered: how many nobody dealt with yet, and how many of them are urgent. */
    open: z.int(),
    urgent: z.int(),
  }),
  refreshedBy: ['calls', 'tasks', 'agenda', 'patients'],
})

export const getCall = endpoint({
  ...member,
  method: 'GET',
  path: '/calls/:id',
  may: 'calls.read',
  summary: 'One call',
  input: one,
  output: Call,
  refreshedBy: ['calls', 'tasks', 'agenda', 'patients'],
})

const said = {
  caller: line(120),
  patientId: Id.nullable(),
  phone: line(32),
  forId: Id.nullable(),
  subject: CallSubject,
  message: text(2_000),
  urgent: z.boolean(),
}

/** Somebody else was faster; `details.current` is what stands now. */
export const callChanged = refusal('call_changed')

const fromNobody = { path: ['caller'], params: { code: 'caller_or_patient' } }

export const logCall = endpoint({
  ...member,
  method: 'POST',
  path: '/calls',
  may: 'calls.manage',
  records: 'call.logged',
  summary: 'Writes down a call that was just taken',
  input: {
    body: z
      .object({
        caller: said.caller.default(''),
        patientId: said.patientId.default(null),
        phone: said.phone.default(''),
        forId: said.forId.default(null),
        subject: CallSubject,
        message: said.message.default(''),
        urgent: said.urgent.default(false),
      })
      .refine(({ caller, patientId }) => caller !== '' || patientId !== null, fromNobody),
  },
  output: Call,
  status: 201,
  touches: ['calls'],
})

export const updateCall = endpoint({
  ...member,
  method: 'PATCH',
  path: '/calls/:id',
  may: 'calls.manage',
  records: 'call.updated',
  summary: 'Changes what was written down of a call',
  input: { ...one, body: z.object({ revision, ...z.object(said).partial().shape }) },
  output: Call,
  refusals: [callChanged],
  touches: ['calls'],
})

export const handleCall = endpoint({
  ...member,
  method: 'POST',
  path: '/calls/:id/handling',
  may: 'calls.manage',
  records: 'call.handled',
  summary: 'Says that a call was dealt with; one that was already stays as it was',
  input: one,
  output: Call,
  touches: ['calls'],
})

export const reopenCall = endpoint({
  ...member,
  method: 'DELETE',
  path: '/calls/:id/handling',
  may: 'calls.manage',
  records: 'call.reopened',
  summary: 'Takes back that a call was dealt with',
  input: one,
  output: Call,
  touches: ['calls'],
})

export const keepBooking = endpoint({
  ...member,
  method: 'PUT',
  path: '/calls/:id/appointment',
  may: 'calls.manage',
  records: 'call.booked',
  summary:
    'Keeps which appointment was booked out of a call, and with it whose call it was; the call is dealt with',
  input: { ...one, body: z.object({ appointmentId: Id }) },
  output: Call,
  touches: ['calls'],
})
