import type { Appointment } from '#contract/agenda'
import type { HolidayName } from '#platform/contract/french-holidays.ts'
import { isCancelled } from '../status.ts'

/** Minutes of the column's day. */
export type Range = { from: number; to: number }

/** An appointment where it stands in a column. */
export type Block = Range & {
  appointment: Appointment
  lane: number
  lanes: number
  spread: number
}

/** How full a day is: who cancelled leaves an hour free. */
export const countOf = (blocks: readonly Block[]) =>
  blocks.filter(({ appointment }) => !isCancelled(appointment.status)).length

/** One day of one practitioner, or of all that are shown together. */
export type Column = {
  key: string
  date: string
  /** Null where the appointments of several people stand in one column. */
  practitionerId: string | null
  blocks: readonly Block[]
  /** When somebody usually works; what lies outside is shaded. */
  open: readonly Range[]
  absences: readonly (Range & { id: string; words: string })[]
  slots: readonly (Range & { id: string; label: string })[]
  holiday: HolidayName | null
}

/** Where in the calendar one is: at an appointment, or at an hour that is free. */
export type Stop = { column: number; minute: number; id?: string | undefined }
