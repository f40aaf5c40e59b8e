/** Usual hours, by the practice's clock. */
import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'
import { Id } from '#platform/contract/ids.ts'
import { refusal } from '#platform/contract/refusal.ts'
import { wrong } from './wall-clock.ts'

/** One stretch of one weekday (1: Monday), in minutes since midnight. */
export const Stretch = z
  .object({
    weekday: z.int().min(1).max(7),
    fromMinute: z.int().min(0).max(1_439),
    toMinute: z.int().min(1).max(1_440),
  })
  .refine(({ fromMinute, toMinute }) => fromMinute < toMinute, wrong('toMinute', 'hours_backwards'))
export type Stretch = z.infer<typeof Stretch>

export const HoursOfDay = z.object({
  practitionerId: Id,
  weekday: z.int(),
  fromMinute: z.int(),
  toMinute: z.int(),
})
export type HoursOfDay = z.infer<typeof HoursOfDay>

/** Somebody else was faster; `details.current` is what stands now. */
export const hoursChanged = refusal('working_hours_changed')
/** Two stretches of one day overlap. */
export const hoursOverlap = refusal('working_hours_overlap', 422)

const Week = z.array(Stretch).max(42)

export const getWorkingHours = endpoint({
  realm: 'member',
  method: 'GET',
  path: '/working-hours',
  may: 'agenda.read',
  summary: 'Whose usual hours are which',
  output: z.object({
    people: z.array(z.object({ practitionerId: Id, name: z.string(), week: z.array(HoursOfDay) })),
  }),
  refreshedBy: ['agenda_settings', 'practice'],
})

export const setWorkingHours = endpoint({
  realm: 'member',
  method: 'PUT',
  path: '/working-hours/:id',
  may: 'agenda.manage',
  stepUp: false,
  records: 'working_hours.changed',
  about: 'member',
  summary: 'Sets the usual hours of a practitioner (`:id`), the whole week at once',
  input: {
    params: z.object({ id: Id }),
    /** `was`: the week that was on the screen. */
    body: z.object({ was: Week, week: Week }),
  },
  output: z.object({ week: z.array(HoursOfDay) }),
  refusals: [hoursChanged, hoursOverlap],
  touches: ['agenda_settings'],
})
