/** What the calendar shows, as its address says it: `/agenda?view=week&on=2026-11-23&who=…`. */
import { z } from 'zod'
import { LocalTime } from '#contract/agenda'
import { Day, Id } from '#platform/contract/ids.ts'
import { addDays, addMonths, daysBetween, firstOfMonth, mondayOf, weekdayOf } from './wall-clock.ts'

export const views = ['day', 'week', 'month'] as const
export type View = (typeof views)[number]

export const AgendaState = z.object({
  view: z.enum(views).optional(),
  on: Day.optional(),
  /** Whose appointments, separated by commas; everybody's unless told. */
  who: z
    .string()
    .refine((said) => said.split(',').every((id) => Id.safeParse(id).success))
    .optional(),
  /** The appointment whose panel is open. */
  appointment: Id.optional(),
  /** The booking dialog is open, for this patient, at this time. */
  book: z.literal('1').optional(),
  patient: Id.optional(),
  at: LocalTime.optional(),
  with: Id.optional(),
})
export type AgendaState = z.infer<typeof AgendaState>

/** Which days a view shows around a day. */
export function periodOf(view: View, on: string): { from: string; days: number } {
  if (view === 'day') return { from: on, days: 1 }
  if (view === 'week') return { from: mondayOf(on), days: 7 }
  const from = mondayOf(firstOfMonth(on))
  const last = addDays(addMonths(firstOfMonth(on), 1), -1)
  return { from, days: daysBetween(from, last) + 1 + (7 - weekdayOf(last)) }
}

export function stepped(view: View, on: string, direction: -1 | 1): string {
  if (view === 'day') return addDays(on, direction)
  return view === 'week' ? addDays(on, 7 * direction) : addMonths(on, direction)
}
