/** Which appointments are listed, as the address says it: figures link here. */
import { z } from 'zod'
import { appointmentStatuses, type AppointmentStatus } from '#contract/agenda'
import { Day, Id } from '#platform/contract/ids.ts'

const isStatus = (said: string): said is AppointmentStatus =>
  (appointmentStatuses as readonly string[]).includes(said)

export const ListState = z.object({
  /** One, or several separated by commas. */
  status: z
    .string()
    .refine((said) => said.split(',').every(isStatus))
    .optional(),
  when: z.enum(['next', 'past']).optional(),
  from: Day.optional(),
  to: Day.optional(),
  practitionerId: Id.optional(),
  patientId: Id.optional(),
})
export type ListState = z.infer<typeof ListState>

/** What `toSettle` leads to. */
export const isToSettle = ({ status, when }: ListState) => status === 'planned' && when === 'past'

export const statusesOf = ({ status }: ListState): AppointmentStatus[] =>
  (status?.split(',') ?? []).filter(isStatus)

/** Where an appointment stands in the calendar, open. */
export const placeOf = ({ id, startsLocal }: { id: string; startsLocal: string }) =>
  `/agenda?on=${startsLocal.slice(0, 10)}&appointment=${id}`
