/** A calendar while it is changed. */
import { type Calendar, type SlaCalendar, weekdays, type Weekday } from '#contract/support'
import type { Territory } from '#platform/contract/french-holidays.ts'

/** A day unlike its week: with hours of its own, or with none. */
export type SpecialDay = { day: string; name: string; windows: [string, string][] }
export type CalendarDraft = {
  name: string
  territory: Territory
  timezone: string
  hours: Record<Weekday, [string, string][]>
  /** All that it is closed on by name of the law, whatever the year. */
  holidays: string[]
  special: SpecialDay[]
  names: Record<string, string>
}

const working: [string, string][] = [
  ['09:00', '12:30'],
  ['14:00', '18:00'],
]

export const blankCalendar = (): CalendarDraft => ({
  name: '',
  territory: 'national',
  timezone: 'Europe/Paris',
  hours: {
    mon: working,
    tue: working,
    wed: working,
    thu: working,
    fri: working,
    sat: [],
    sun: [],
  },
  holidays: [],
  special: [],
  names: {},
})

export function calendarDraftOf({ name, territory, calendar }: SlaCalendar): CalendarDraft {
  const names = calendar.names ?? {}
  return {
    name,
    territory,
    timezone: calendar.timezone,
    names,
    holidays: calendar.holidays,
    hours: Object.fromEntries(
      weekdays.map((day) => [day, calendar.hours[day] ?? []]),
    ) as CalendarDraft['hours'],
    special: Object.entries(calendar.overrides)
      .map(([day, windows]) => ({ day, windows, name: names[day] ?? '' }))
      .toSorted((one, other) => (one.day < other.day ? -1 : 1)),
  }
}

export function calendarOf(draft: CalendarDraft): Calendar {
  const special = draft.special.filter(({ day }) => day !== '')
  const holidays = new Set(draft.holidays)
  const names = {
    ...Object.fromEntries(Object.entries(draft.names).filter(([day]) => holidays.has(day))),
    ...Object.fromEntries(
      special.flatMap(({ day, name }) => (name.trim() === '' ? [] : [[day, name.trim()]])),
    ),
  }
  return {
    timezone: draft.timezone,
    hours: Object.fromEntries(
      weekdays.filter((day) => draft.hours[day].length > 0).map((day) => [day, draft.hours[day]]),
    ),
    holidays: draft.holidays.toSorted(),
    overrides: Object.fromEntries(special.map(({ day, windows }) => [day, windows])),
    ...(Object.keys(names).length > 0 && { names }),
  }
}

/** Those of the years before one's eyes are taken as they were looked over; others stay. */
export function takeHolidays(
  draft: CalendarDraft,
  offered: readonly { on: string; name: string }[],
  taken: (on: string) => boolean,
): CalendarDraft {
  const before = new Set(offered.map(({ on }) => on))
  const now = offered.filter(({ on }) => taken(on))
  return {
    ...draft,
    holidays: [...draft.holidays.filter((on) => !before.has(on)), ...now.map(({ on }) => on)],
    names: { ...draft.names, ...Object.fromEntries(now.map(({ on, name }) => [on, name])) },
  }
}
