/** What the calendar shows, as its address says it: `/agenda?view=week&on=2026-11-23&who=…`. */
import { addressState, aDay, anId, oneOf, type StateOf } from '#platform/ui/address-state.ts'
import { addDays, addMonths, daysBetween, firstOfMonth, mondayOf, weekdayOf } from './wall-clock.ts'

export const views = ['day', 'week', 'month'] as const
export type View = (typeof views)[number]

/** `2026-11-23T09:30`, by the practice's clock. */
const aLocalTime = (said: string) =>
  aDay(said.slice(0, 10)) && /^.{10}T([01]\d|2[0-3]):[0-5]\d$/.test(said) ? said : undefined

export const AgendaState = addressState({
  view: oneOf(views),
  on: aDay,
  /** Whose appointments, separated by commas; everybody's unless told. */
  who: (said) => (said.split(',').every(anId) ? said : undefined),
  /** The appointment whose panel is open. */
  appointment: anId,
  /** The booking dialog is open, for this patient, at this time. */
  book: oneOf(['1']),
  patient: anId,
  at: aLocalTime,
  with: anId,
})
export type AgendaState = StateOf<typeof AgendaState>

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
