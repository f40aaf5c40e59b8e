/** Why something is due when it is: every stretch that counted, and everything between that did not. */
import type { Calendar } from '#contract/support'
import { dayOf } from '#platform/server/clock.ts'
import { dueAt } from './clock.ts'
import { orderly, type Pause } from './pauses.ts'
import { hoursOn, windowsBetween } from './windows.ts'
import { workedBetween } from './working-time.ts'
import { dayMs, dayOfWall, instantOf, offsetsOf, type Instant } from './zone.ts'

/** Instants are milliseconds since 1970; days are those of the calendar's place. */
export type LedgerLine<Told extends Pause = Pause> =
  /** `total`: how much of the allowance is used up at its end. `special`: by hours of this day alone. */
  | {
      kind: 'worked'
      day: string
      from: Instant
      until: Instant
      seconds: number
      total: number
      special: boolean
      name: string | null
    }
  /** `seconds`: the working time it held back, that no pause before it did; null while it lasts. */
  | { kind: 'paused'; from: Instant; until: Instant; seconds: number | null; pause: Told }
  /** `closure`: a day of its own without hours; `closed`: as every week. */
  | { kind: 'holiday' | 'closure' | 'closed'; day: string; from: Instant; name: string | null }
  /** Minutes that the place's clock is ahead of UTC. */
  | { kind: 'clock_change'; from: Instant; before: number; after: number }

export type Ledger<Told extends Pause = Pause> = {
  start: Instant
  /** `Infinity` while a pause without an end stands before it. */
  due: Instant
  allowanceSeconds: number
  lines: LedgerLine<Told>[]
}

/**
 * The due date of `dueAt`, explained. Pauses come back as they were told, with whatever they carry besides (who, why).
 *
 * @throws as `dueAt` does
 */
export function ledgerOf<Told extends Pause>(
  calendar: Calendar,
  start: Instant,
  minutes: number,
  pauses: readonly Told[] = [],
): Ledger<Told> {
  const due = dueAt(calendar, start, minutes, pauses)
  const end = due === Infinity ? pauses.find(({ until }) => until === Infinity)!.from : due // what else delays for ever
  const lines = [
    ...daysOff(calendar, start, end),
    ...clockChanges(calendar, start, end),
    ...heldBack(calendar, start, due, pauses),
    ...worked(calendar, start, end, pauses),
  ]
  return {
    start,
    due,
    allowanceSeconds: Math.round(minutes * 60_000) / 1000,
    lines: lines.toSorted((one, other) => one.from - other.from),
  }
}

function worked(calendar: Calendar, start: Instant, end: Instant, pauses: readonly Pause[]) {
  const breaks = orderly(pauses)
  const lines: LedgerLine<never>[] = []
  let total = 0
  for (const window of windowsBetween(calendar, start, end))
    for (const { from, until } of without(window, breaks)) {
      const day = dayOf(new Date(from), calendar.timezone)
      const seconds = (until - from) / 1000
      total += seconds
      const special = calendar.overrides[day] !== undefined
      lines.push({ kind: 'worked', day, from, until, seconds, total, special, name: nameOf(calendar, day) })
    }
  return lines
}

/** What the breaks leave of a stretch. */
function* without(stretch: Pause, breaks: readonly Pause[]): Generator<Pause> {
  let { from } = stretch
  for (const pause of breaks) {
    if (pause.until <= from) continue
    if (pause.from >= stretch.until) break
    if (pause.from > from) yield { from, until: pause.from }
    from = pause.until
  }
  if (from < stretch.until) yield { from, until: stretch.until }
}

function heldBack<Told extends Pause>(
  calendar: Calendar,
  start: Instant,
  due: Instant,
  pauses: readonly Told[],
): LedgerLine<Told>[] {
  let covered = start
  return pauses
    .filter(({ from, until }) => from < until && until > start && from < due)
    .toSorted((one, other) => one.from - other.from)
    .map((pause) => {
      const [from, until] = [Math.max(pause.from, start), Math.min(pause.until, due)]
      const seconds =
        until === Infinity ? null : workedBetween(calendar, Math.max(from, covered), until) / 1000
      covered = Math.max(covered, until)
      return { kind: 'paused', from, until, seconds, pause }
    })
}

function* daysOff(calendar: Calendar, start: Instant, end: Instant): Generator<LedgerLine<never>> {
  const [first, last] = [start, end].map((instant) => dayOf(new Date(instant), calendar.timezone))
  const holidays = new Set(calendar.holidays)
  const offsets = offsetsOf(calendar.timezone, yearOf(first!), yearOf(last!))
  for (let wall = Date.parse(first!); wall <= Date.parse(last!); wall += dayMs) {
    const day = dayOfWall(wall)
    const from = Math.max(instantOf(wall, offsets), start)
    if (from >= end || hoursOn(calendar, day, holidays).length > 0) continue
    const kind = holidays.has(day) ? 'holiday' : calendar.overrides[day] ? 'closure' : 'closed'
    yield { kind, day, from, name: nameOf(calendar, day) }
  }
}

function clockChanges({ timezone }: Calendar, start: Instant, end: Instant): LedgerLine<never>[] {
  const offsets = offsetsOf(timezone, new Date(start).getUTCFullYear(), new Date(end).getUTCFullYear())
  return offsets.flatMap(({ from, offset }, at) => {
    const before = offsets[at - 1]?.offset ?? offset
    if (before === offset || from <= start || from >= end) return []
    return { kind: 'clock_change', from, before: before / 60_000, after: offset / 60_000 }
  })
}

const nameOf = ({ names }: Calendar, day: string) => names?.[day] ?? null

const yearOf = (day: string) => Number(day.slice(0, 4))
