/** The agenda as it is drawn: some days, all that stands in them, and where there is room. */
import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'
import { holidayNames } from '#platform/contract/french-holidays.ts'
import { Day, Id, Instant } from '#platform/contract/ids.ts'
import { Absence, OpenSlot } from './absences.ts'
import { Appointment } from './appointment.ts'
import { HoursOfDay } from './hours.ts'
import { LocalTime, Minutes, wrong } from './wall-clock.ts'

export const Practitioner = z.object({ memberId: Id, name: z.string() })
export type Practitioner = z.infer<typeof Practitioner>

export const Holiday = z.object({ on: Day, name: z.enum(holidayNames) })
export type Holiday = z.infer<typeof Holiday>

/** A month and the weeks at its edges. */
export const agendaDays = 62

export const Agenda = z.object({
  timeZone: z.string(),
  /** The practice's own day and time as this was answered. */
  nowLocal: LocalTime,
  /** Whose agenda there is in this practice, whoever was asked for. */
  practitioners: z.array(Practitioner),
  /** Who works there no more and still has appointments in these days: seen, not booked. */
  departed: z.array(Practitioner),
  appointments: z.array(Appointment),
  absences: z.array(Absence),
  openSlots: z.array(OpenSlot),
  hours: z.array(HoursOfDay),
  holidays: z.array(Holiday),
})
export type Agenda = z.infer<typeof Agenda>

const days = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1

export const getAgenda = endpoint({
  realm: 'member',
  method: 'GET',
  path: '/agenda',
  may: 'agenda.read',
  summary: 'Everything that stands in some days of the practice, both included, and its usual hours',
  input: {
    query: z
      .object({ from: Day, to: Day, practitionerId: Id.optional() })
      .refine(({ from, to }) => from <= to && days(from, to) <= agendaDays, wrong('to', 'agenda_days_wrong')),
  },
  output: Agenda,
  refreshedBy: ['agenda', 'agenda_settings', 'practice', 'patients'],
})

export const FreeSlot = z.object({ practitionerId: Id, startsAt: Instant, startsLocal: LocalTime })
export type FreeSlot = z.infer<typeof FreeSlot>

export const freeSlots = endpoint({
  realm: 'member',
  method: 'GET',
  path: '/agenda/free',
  may: 'agenda.read',
  summary:
    'Where there is room for so many minutes: usual hours and open slots, less what stands there, by half-days',
  input: {
    query: z.object({
      minutes: z.coerce.number().pipe(Minutes),
      practitionerId: Id.optional(),
      /** The practice's today unless told; what is past is never offered. */
      from: Day.optional(),
      days: z.coerce.number().int().min(1).max(92).default(14),
      /** Only in the mornings, only in the afternoons. */
      half: z.enum(['morning', 'afternoon']).optional(),
    }),
  },
  output: z.object({
    /** Days that have room, in their order. Noon begins the afternoon. */
    days: z.array(z.object({ on: Day, morning: z.array(FreeSlot), afternoon: z.array(FreeSlot) })),
  }),
  refreshedBy: ['agenda', 'agenda_settings'],
})
