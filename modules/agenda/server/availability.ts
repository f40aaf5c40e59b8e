/** Where a practitioner is there to be booked: usual hours and open slots, less absences and public holidays. */
import { holidaysBetween } from '#platform/contract/french-holidays.ts'
import type { Outside } from '#contract/agenda'
import { absencesBetween, openSlotsBetween, hoursOf } from './availability-queries.ts'
import type { House } from './house.ts'
import { dayAfter, localDay } from './local-time.ts'
import type { TenantTables } from '#platform/server/tenant-db.ts'

/** From an instant to another, in milliseconds. */
export type Span = { from: number; to: number }
type Stretch = { weekday: number; fromMinute: number; toMinute: number }

export type Availability = {
  timeZone: string
  hours: readonly Stretch[]
  absences: readonly Span[]
  openSlots: readonly Span[]
  holidays: ReadonlySet<string>
}

/** All that is known of one practitioner between two instants. */
export async function availabilityOf(
  db: TenantTables<'workingHours' | 'absences' | 'openSlots'>,
  { timeZone, holidays }: House,
  practitionerId: string,
  { from, to }: Span,
): Promise<Availability> {
  const [first, last] = [new Date(from), new Date(to)]
  const spans = (rows: readonly { startsAt: Date; endsAt: Date }[]) =>
    rows.map(({ startsAt, endsAt }) => ({ from: startsAt.getTime(), to: endsAt.getTime() }))
  return {
    timeZone,
    hours: await hoursOf(db, practitionerId),
    absences: spans(await absencesBetween(db, practitionerId, first, last)),
    openSlots: spans(await openSlotsBetween(db, practitionerId, first, last)),
    holidays: new Set(
      holidaysBetween(localDay(first, timeZone), localDay(last, timeZone), holidays).map(({ on }) => on),
    ),
  }
}

/** Why the practice is closed then, if it is. Where no hours were ever said, none are missed. */
export function outsideOf(known: Availability, { from, to }: Span): Outside {
  if (known.absences.some((absence) => meet(absence, { from, to }))) return 'absence'
  if (covered({ from, to }, known.openSlots)) return null
  const day = localDay(new Date(from), known.timeZone)
  if (known.holidays.has(day)) return 'holiday'
  if (known.hours.length === 0) return null
  const open = [...known.openSlots, ...hoursOn(known, day), ...hoursOn(known, dayAfter(day))]
  return covered({ from, to }, open) ? null : 'hours'
}

/** Where there is room on a day of the practice, less what is taken; in the order of time. */
export function openOn(known: Availability, day: string, taken: readonly Span[]): Span[] {
  const begins = startOf(day, known.timeZone)
  const ends = startOf(dayAfter(day), known.timeZone)
  const open = [
    ...(known.holidays.has(day) ? [] : hoursOn(known, day)),
    ...known.openSlots.filter((slot) => meet(slot, { from: begins, to: ends })),
  ].map(({ from, to }) => ({ from: Math.max(from, begins), to: Math.min(to, ends) }))
  return without(joined(open), [...known.absences, ...taken])
}

/** Usual hours of a day as instants: nine o'clock is nine o'clock whatever clocks did that night. */
function hoursOn({ hours, timeZone }: Availability, day: string): Span[] {
  const date = Temporal.PlainDate.from(day)
  const at = (minute: number) =>
    minute === 1_440
      ? startOf(dayAfter(day), timeZone)
      : date.toPlainDateTime({ hour: Math.floor(minute / 60), minute: minute % 60 }).toZonedDateTime(timeZone)
          .epochMilliseconds
  return hours
    .filter(({ weekday }) => weekday === date.dayOfWeek)
    .map(({ fromMinute, toMinute }) => ({ from: at(fromMinute), to: at(toMinute) }))
}

const startOf = (day: string, timeZone: string) =>
  Temporal.PlainDate.from(day).toZonedDateTime(timeZone).epochMilliseconds

const meet = (one: Span, other: Span) => one.from < other.to && other.from < one.to

const covered = (wanted: Span, by: readonly Span[]) =>
  joined(by).some(({ from, to }) => from <= wanted.from && wanted.to <= to)

/** Those that touch or overlap become one. */
function joined(spans: readonly Span[]): Span[] {
  const whole: Span[] = []
  for (const span of spans.toSorted((one, other) => one.from - other.from)) {
    const last = whole.at(-1)
    if (last && span.from <= last.to) last.to = Math.max(last.to, span.to)
    else whole.push({ ...span })
  }
  return whole
}

function without(spans: readonly Span[], taken: readonly Span[]): Span[] {
  let left = [...spans]
  for (const { from, to } of taken)
    left = left.flatMap((span) =>
      meet(span, { from, to })
        ? [
            { from: span.from, to: from },
            { from: to, to: span.to },
          ].filter((rest) => rest.from < rest.to)
        : [span],
    )
  return left
}
