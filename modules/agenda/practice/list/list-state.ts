/** Which appointments are listed, as the address says it: figures link here. */
import { appointmentStatuses, type AppointmentStatus } from '#contract/agenda'
import { addressState, aDay, anId, oneOf, type StateOf } from '#platform/ui/address-state.ts'

const isStatus = (said: string): said is AppointmentStatus =>
  (appointmentStatuses as readonly string[]).includes(said)

export const ListState = addressState({
  /** One, or several separated by commas. */
  status: (said) => (said.split(',').every(isStatus) ? said : undefined),
  when: oneOf(['next', 'past']),
  from: aDay,
  to: aDay,
  practitionerId: anId,
  patientId: anId,
})
export type ListState = StateOf<typeof ListState>

/** What `toSettle` leads to. */
export const isToSettle = ({ status, when }: ListState) => status === 'planned' && when === 'past'

export const statusesOf = ({ status }: ListState): AppointmentStatus[] =>
  (status?.split(',') ?? []).filter(isStatus)

/** Where an appointment stands in the calendar, open. */
export const placeOf = ({ id, startsLocal }: { id: string; startsLocal: string }) =>
  `/agenda?on=${startsLocal.slice(0, 10)}&appointment=${id}`
