/** From what the server says of some days to the columns that are drawn. */
import type { Agenda, Appointment } from '#contract/agenda'
import { DAY, daysFrom, minuteOn, weekdayOf } from '../wall-clock.ts'
import { lanesOf } from './lanes.ts'
import type { Block, Column, Range } from './model.ts'

/** Shorter ones are drawn as long as this: a word must fit. */
const LEAST = 20

export type Wanted = {
  from: string
  days: number
  /** Whose appointments; each has a column of their own when `apart`. */
  who: readonly string[]
  apart: boolean
}

/** @param nameAbsence its words, with whose it is where a column holds several people's */
export function columnsOf(
  agenda: Agenda,
  wanted: Wanted,
  nameAbsence: (absence: Agenda['absences'][number], shared: boolean) => string,
): Column[] {
  const groups = wanted.apart ? wanted.who.map((id) => [id]) : [wanted.who]
  return daysFrom(wanted.from, wanted.days).flatMap((date) =>
    groups.map((who) => columnOf(agenda, date, who, nameAbsence)),
  )
}

function columnOf(
  agenda: Agenda,
  date: string,
  who: readonly string[],
  nameAbsence: (absence: Agenda['absences'][number], shared: boolean) => string,
): Column {
  const theirs = <T extends { practitionerId: string }>(things: readonly T[]) =>
    things.filter(({ practitionerId }) => who.includes(practitionerId))
  const [only] = who
  return {
    key: `${date} ${who.length === 1 ? only : ''}`,
    date,
    practitionerId: who.length === 1 && only ? only : null,
    blocks: blocksOf(date, theirs(agenda.appointments)),
    open: theirs(agenda.hours)
      .filter(({ weekday }) => weekday === weekdayOf(date))
      .map(({ fromMinute, toMinute }) => ({ from: fromMinute, to: toMinute })),
    absences: theirs(agenda.absences).flatMap((absence) =>
      within(date, absence).map((range) => ({
        ...range,
        id: absence.id,
        words: nameAbsence(absence, who.length > 1),
      })),
    ),
    slots: theirs(agenda.openSlots).flatMap((slot) =>
      within(date, slot).map((range) => ({ ...range, id: slot.id, label: slot.label })),
    ),
    holiday: agenda.holidays.find(({ on }) => on === date)?.name ?? null,
  }
}

/** What of it lies on that day: nothing, or one stretch. */
function within(
  date: string,
  { startsLocal, endsLocal }: { startsLocal: string; endsLocal: string },
): Range[] {
  const from = Math.max(0, minuteOn(date, startsLocal))
  const to = Math.min(DAY, minuteOn(date, endsLocal))
  return from < to ? [{ from, to }] : []
}

function blocksOf(date: string, appointments: readonly Appointment[]): Block[] {
  const spans = appointments.flatMap((appointment) => {
    const from = minuteOn(date, appointment.startsLocal)
    // In the night clocks are put back, one may end at an earlier hour than it began.
    const to = Math.max(from + 5, minuteOn(date, appointment.endsLocal))
    if (to <= 0 || from >= DAY) return []
    return [{ id: appointment.id, appointment, from, to }]
  })
  const lanes = lanesOf(spans.map(({ id, from, to }) => ({ id, from, to: Math.max(to, from + LEAST) })))
  return spans
    .map(({ id, ...span }) => ({ ...span, ...(lanes.get(id) ?? { lane: 0, lanes: 1, spread: 1 }) }))
    .toSorted((one, other) => one.from - other.from || one.lane - other.lane)
}

/** The hours a calendar shows: of a usual day, and whatever lies outside it. */
export function hoursOf(columns: readonly Column[]): { first: number; last: number } {
  const ranges = columns.flatMap(({ blocks, open, slots }) => [...blocks, ...open, ...slots])
  const first = Math.min(8 * 60, ...ranges.map(({ from }) => from))
  const last = Math.max(19 * 60, ...ranges.map(({ to }) => to))
  return { first: Math.max(0, Math.floor(first / 60) * 60), last: Math.min(DAY, Math.ceil(last / 60) * 60) }
}
