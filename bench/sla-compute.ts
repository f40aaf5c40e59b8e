// Due dates per second on one core: a French office with its lunch, an overseas one and one that never closes; tickets of
// two years, from a quarter of an hour to three weeks of working time, two in three with pauses. Each round begins with
// calendars nothing is known of yet, as after an edit: working out their windows is counted.
import { Calendar, weekdays } from '../modules/support/contract/calendar.ts'
import { agreementsOf } from '../modules/support/server/sla/agreements.ts'
import { dueAt, type Pause } from '../modules/support/server/sla/clock.ts'
import { clocksOf } from '../modules/support/server/sla/targets.ts'
import type { TicketEvent } from '../modules/support/server/sla/ticket-log.ts'
import { holidaysOf, type Territory } from '#platform/contract/french-holidays.ts'
import { median } from './shared/load.ts'
import type { Result } from './run.ts'

export const about = 'due dates per second on one core against 100,000'

const limit = 100_000
const tickets = 200_000
const rounds = 7
const minute = 60_000
const first = Date.parse('2025-01-01T00:00:00Z')

type Ticket = { start: number; minutes: number; pauses: Pause[] }

export async function run(): Promise<Result> {
  const all = someTickets()
  const rates: number[] = []
  let sums = new Set<number>()
  for (let round = 0; round <= rounds; round++) {
    const [perSecond, sum] = dueDates(all)
    sums = sums.add(sum)
    // The first one also compiles.
    if (round === 0) continue
    rates.push(perSecond)
    console.log(`round ${round}: ${Math.round(perSecond).toLocaleString('en')} due dates/s`)
  }
  if (sums.size !== 1) throw new Error('the same questions were answered differently')
  console.log(`the three clocks of ${Math.round(clocks(all)).toLocaleString('en')} tickets/s from their logs`)
  const rate = Math.round(median(rates))
  return {
    bench: 'sla-compute',
    metrics: [{ name: 'due_dates_per_second', value: rate, target: `>= ${limit}`, meets: rate >= limit }],
    ours: rate,
    reference: limit,
    unit: 'due dates/s',
    runs: rounds,
  }
}

function dueDates(all: readonly Ticket[]): [perSecond: number, sum: number] {
  const calendars = freshCalendars()
  let sum = 0
  const began = performance.now()
  for (const [index, { start, minutes, pauses }] of all.entries())
    sum += dueAt(calendars[index % calendars.length]!, start, minutes, pauses) - start // there are three
  return [(all.length / (performance.now() - began)) * 1000, sum]
}

/** What a job that counts open tickets anew does for each, its database aside. */
function clocks(all: readonly Ticket[]): number {
  const promise = { firstResponse: 60, nextResponse: 240, resolution: 2_400 }
  const policy = { id: '1', policy: 'standard', from: 0, active: true, position: 1, plans: [], tags: [] }
  const calendars = freshCalendars().map((calendar) =>
    agreementsOf(
      [{ ...policy, calendar: 'bureau', warnAtPercent: 80, allowances: { normal: promise } }],
      [{ id: '1', calendar: 'bureau', from: 0, value: calendar }],
    ),
  )
  const logs = all.map(logOf)
  const began = performance.now()
  for (const [index, log] of logs.entries())
    clocksOf(log, calendars[index % calendars.length]!, log.at(-1)!.at + 60 * minute)
  return (logs.length / (performance.now() - began)) * 1000
}

const logOf = ({ start, pauses }: Ticket): TicketEvent[] => [
  { kind: 'opened', at: start, priority: 'normal', plan: null, tags: [] },
  { kind: 'agent_reply', at: start + 30 * minute },
  ...pauses.flatMap(({ from, until }): TicketEvent[] => [
    { kind: 'waiting_set', at: from, by: '', why: '' },
    { kind: 'customer_message', at: until },
    { kind: 'waiting_cleared', at: until },
  ]),
]

function freshCalendars(): Calendar[] {
  const week = (days: number, ...windows: [string, string][]) =>
    Object.fromEntries(weekdays.slice(0, days).map((day) => [day, windows]))
  const off = (territory: Territory) =>
    [2025, 2026, 2027].flatMap((year) => holidaysOf(year, territory).map(({ on }) => on))
  return [
    {
      timezone: 'Europe/Paris',
      hours: week(5, ['09:00', '12:30'], ['14:00', '18:00']),
      holidays: off('alsace_moselle'),
      overrides: { '2026-05-15': [], '2026-12-24': [['09:00', '12:00']] },
    },
    { timezone: 'America/Martinique', hours: week(6, ['08:00', '13:00']), holidays: off('martinique') },
    { timezone: 'Europe/Paris', hours: week(7, ['00:00', '24:00']) },
  ].map((calendar) => Calendar.parse(calendar))
}

function someTickets(): Ticket[] {
  const random = seeded(8)
  return Array.from({ length: tickets }, (_, index) => {
    const start = first + Math.floor(random() * 2 * 365 * 1440) * minute
    let from = start
    const pauses = Array.from({ length: index % 3 }, (): Pause => {
      from += (30 + Math.floor(random() * 2_000)) * minute
      const until = from + (1 + Math.floor(random() * 4_000)) * minute
      const pause = { from, until }
      from = until
      return pause
    })
    return { start, minutes: 15 + Math.floor(random() * 21 * 450), pauses }
  })
}

/** The same tickets each time (a linear congruential generator is random enough for that). */
function seeded(seed: number): () => number {
  let state = seed
  return () => (state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32) / 2 ** 32
}
