/** Away, and open besides the usual hours. */
import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'
import { Id, Instant, line } from '#platform/contract/ids.ts'
import { refusal } from '#platform/contract/refusal.ts'
import { Appointment } from './appointment.ts'
import { LocalTime, wrong } from './wall-clock.ts'

export const absenceKinds = ['holiday', 'illness', 'training', 'other'] as const
export const AbsenceKind = z.enum(absenceKinds)
export type AbsenceKind = z.infer<typeof AbsenceKind>

const stretch = {
  id: Id,
  practitionerId: Id,
  startsAt: Instant,
  endsAt: Instant,
  startsLocal: LocalTime,
  endsLocal: LocalTime,
  label: z.string(),
}
export const Absence = z.object({ ...stretch, kind: AbsenceKind })
export type Absence = z.infer<typeof Absence>
export const OpenSlot = z.object(stretch)
export type OpenSlot = z.infer<typeof OpenSlot>

const said = {
  /** May be left out where there is one, or by a practitioner who means themselves. */
  practitionerId: Id.optional(),
  startsLocal: LocalTime,
  endsLocal: LocalTime,
  label: line(120).default(''),
}
const forward = ({ startsLocal, endsLocal }: { startsLocal: string; endsLocal: string }) =>
  startsLocal < endsLocal
const backwards = wrong('endsLocal', 'ends_before_it_starts')
const member = { realm: 'member', may: 'agenda.manage', stepUp: false, touches: ['agenda'] } as const
const one = { params: z.object({ id: Id }) }

/** With what was booked there before: it stays until somebody moves it, or cancels it (`markAppointments`). */
export const AbsenceWithTouched = z.object({ absence: Absence, touched: z.array(Appointment) })
export type AbsenceWithTouched = z.infer<typeof AbsenceWithTouched>

/** Somebody else was faster; `details.current` is what stands now. */
export const absenceChanged = refusal('absence_changed')

export const listAbsences = endpoint({
  realm: 'member',
  method: 'GET',
  path: '/absences',
  may: 'agenda.read',
  summary:
    'Absences and open slots that are not over yet, each absence with the appointments that stand in it',
  output: z.object({ absences: z.array(AbsenceWithTouched), openSlots: z.array(OpenSlot) }),
  refreshedBy: ['agenda', 'practice'],
})

export const addAbsence = endpoint({
  ...member,
  method: 'POST',
  path: '/absences',
  records: 'absence.added',
  summary: 'Says that a practitioner is away, and which appointments that touches',
  input: { body: z.object({ ...said, kind: AbsenceKind }).refine(forward, backwards) },
  output: AbsenceWithTouched,
  status: 201,
})

export const changeAbsence = endpoint({
  ...member,
  method: 'PUT',
  path: '/absences/:id',
  records: 'absence.changed',
  summary: 'Changes when or why a practitioner is away',
  input: {
    ...one,
    body: z
      .object({
        /** When it was, as it stood on the screen. */
        was: z.object({ startsLocal: LocalTime, endsLocal: LocalTime }),
        startsLocal: LocalTime,
        endsLocal: LocalTime,
        label: line(120),
        kind: AbsenceKind,
      })
      .refine(forward, backwards),
  },
  output: AbsenceWithTouched,
  refusals: [absenceChanged],
})

export const removeAbsence = endpoint({
  ...member,
  method: 'DELETE',
  path: '/absences/:id',
  records: 'absence.removed',
  impersonated: 'refused',
  summary: 'The practitioner is not away after all',
  input: one,
  output: z.undefined(),
  status: 204,
})

export const addOpenSlot = endpoint({
  ...member,
  method: 'POST',
  path: '/open-slots',
  records: 'open_slot.added',
  summary: 'Opens time besides the usual hours, a day at most',
  input: { body: z.object(said).refine(forward, backwards) },
  output: OpenSlot,
  status: 201,
})

export const removeOpenSlot = endpoint({
  ...member,
  method: 'DELETE',
  path: '/open-slots/:id',
  records: 'open_slot.removed',
  impersonated: 'refused',
  summary: 'Closes it again',
  input: one,
  output: z.undefined(),
  status: 204,
})
