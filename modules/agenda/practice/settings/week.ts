/** A week of usual hours as it is typed: what is sent are minutes since midnight. */
import type { Stretch } from '#contract/agenda'

export const weekdays = [1, 2, 3, 4, 5, 6, 7] as const
export type Weekday = (typeof weekdays)[number]

/** `09:00` to `12:00`; midnight at the end of a day is typed `00:00`. */
export type Hours = { from: string; to: string }
export type Week = Readonly<Record<Weekday, readonly Hours[]>>

const empty: Week = { 1: [], 2: [], 3: [], 4: [], 5: [], 6: [], 7: [] }

/** Monday to Friday, as most begin; to be changed. */
export const usualWeek: Week = Object.fromEntries(
  weekdays.map((day) => [
    day,
    day > 5
      ? []
      : [
          { from: '09:00', to: '12:00' },
          { from: '14:00', to: '19:00' },
        ],
  ]),
) as unknown as Week // each weekday is a key

export function weekOf(stretches: readonly Stretch[]): Week {
  return stretches.reduce(
    (week, { weekday, fromMinute, toMinute }) => ({
      ...week,
      [weekday]: [
        ...(week[weekday as Weekday] ?? []),
        { from: clock(fromMinute), to: clock(toMinute % 1_440) },
      ],
    }),
    empty,
  )
}

/** What is sent, in the order of the week. */
export function stretchesOf(week: Week): Stretch[] {
  return weekdays.flatMap((weekday) =>
    week[weekday]
      .map(({ from, to }) => ({ weekday, fromMinute: minute(from), toMinute: minute(to) || 1_440 }))
      .toSorted((one, other) => one.fromMinute - other.fromMinute),
  )
}

/** Days on which something does not hold: a time is missing, an end before its beginning, two that overlap. */
export function wrongDays(week: Week): Weekday[] {
  return weekdays.filter((weekday) => {
    if (week[weekday].some(({ from, to }) => !from || !to)) return true
    const day = stretchesOf({ ...empty, [weekday]: week[weekday] })
    return day.some(({ fromMinute, toMinute }, index) => {
      const next = day[index + 1]
      return fromMinute >= toMinute || (next !== undefined && next.fromMinute < toMinute)
    })
  })
}

/** Two hours after what stands there, or nine o'clock: something to begin with. */
export function anotherOn(day: readonly Hours[]): Hours {
  const last = day.at(-1)
  const from = last?.to ? Math.min(minute(last.to) + 120, 22 * 60) : 9 * 60
  return { from: clock(from), to: clock(Math.min(from + 180, 23 * 60)) }
}

/** What a day has, every working day has. */
export const onEveryWorkingDay = (week: Week, hours: readonly Hours[]): Week => ({
  ...week,
  1: hours,
  2: hours,
  3: hours,
  4: hours,
  5: hours,
})

const clock = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

const minute = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))
