import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Calendar, weekdays, type OpenWindow } from '../../contract/calendar.ts'
import { dueAt, elapsedSeconds, UnreachableDueDate, type Pause } from './clock.ts'

const minute = 60_000
const at = (instant: string) => Date.parse(instant)
const said = (instant: number) => new Date(instant).toISOString().replace('.000Z', 'Z')
const pause = (from: string, until: string): Pause => ({ from: at(from), until: at(until) })
const daily = (...windows: OpenWindow[]) => Object.fromEntries(weekdays.map((day) => [day, windows]))
const calendar = (timezone: string, hours: object, more: object = {}) =>
  Calendar.parse({ timezone, hours, ...more })

const paris = calendar('Europe/Paris', daily(['09:00', '12:30'], ['14:00', '18:00']), {
  holidays: ['2026-07-14'],
  overrides: { '2026-07-13': [['09:00', '12:00']], '2026-07-15': [] },
})

describe('closing time', () => {
  test('an allowance that ends with the morning is due at noon, one more minute after lunch', () => {
    expect(said(dueAt(paris, at('2026-06-01T07:00:00Z'), 210))).toBe('2026-06-01T10:30:00Z')
    expect(said(dueAt(paris, at('2026-06-01T07:00:00Z'), 211))).toBe('2026-06-01T12:01:00Z')
  })

  test('an allowance that ends where a pause begins is due there', () => {
    const lunch = pause('2026-06-01T08:00:00Z', '2026-06-01T09:00:00Z')
    expect(said(dueAt(paris, at('2026-06-01T07:00:00Z'), 60, [lunch]))).toBe('2026-06-01T08:00:00Z')
    expect(said(dueAt(paris, at('2026-06-01T07:00:00Z'), 61, [lunch]))).toBe('2026-06-01T09:01:00Z')
  })
})

describe('nothing to wait for', () => {
  test('is due at once within a window, and at its very first instant', () => {
    expect(said(dueAt(paris, at('2026-06-01T07:10:30Z'), 0))).toBe('2026-06-01T07:10:30Z')
    expect(said(dueAt(paris, at('2026-06-01T07:00:00Z'), 0))).toBe('2026-06-01T07:00:00Z')
  })

  test('is due at the first working instant: after closing, after a pause, and after a pause that ends in the evening', () => {
    expect(said(dueAt(paris, at('2026-06-01T10:30:00Z'), 0))).toBe('2026-06-01T12:00:00Z')
    const here = at('2026-06-01T07:30:00Z')
    expect(said(dueAt(paris, here, 0, [pause('2026-06-01T07:30:00Z', '2026-06-01T08:00:00Z')]))).toBe(
      '2026-06-01T08:00:00Z',
    )
    expect(said(dueAt(paris, here, 0, [pause('2026-06-01T07:00:00Z', '2026-06-01T17:00:00Z')]))).toBe(
      '2026-06-02T07:00:00Z',
    )
  })
})

describe('days off', () => {
  test('a day with hours of its own, a holiday and a closure follow each other', () => {
    expect(said(dueAt(paris, at('2026-07-13T09:00:00Z'), 90))).toBe('2026-07-16T07:30:00Z')
  })

  test('hours given to a holiday do not open it', () => {
    const both = calendar('Europe/Paris', daily(['09:00', '18:00']), {
      holidays: ['2026-07-14'],
      overrides: { '2026-07-14': [['10:00', '12:00']] },
    })
    expect(said(dueAt(both, at('2026-07-13T16:00:00Z'), 60))).toBe('2026-07-15T08:00:00Z')
  })
})

describe('pauses', () => {
  const start = at('2026-06-01T07:00:00Z')

  test('that overlap, touch, repeat themselves or come in any order are counted once', () => {
    const told = [
      pause('2026-06-01T08:30:00Z', '2026-06-01T09:30:00Z'),
      pause('2026-06-01T08:00:00Z', '2026-06-01T09:00:00Z'),
      pause('2026-06-01T09:30:00Z', '2026-06-01T10:00:00Z'),
      pause('2026-06-01T08:00:00Z', '2026-06-01T09:00:00Z'),
    ]
    expect(said(dueAt(paris, start, 90, told))).toBe('2026-06-01T10:30:00Z')
    expect(elapsedSeconds(paris, start, at('2026-06-01T10:30:00Z'), told)).toBe(90 * 60)
  })

  test('one that never ends leaves no due date, unless it comes too late', () => {
    const open = [{ from: at('2026-06-01T08:00:00Z'), until: Infinity }]
    expect(dueAt(paris, start, 61, open)).toBe(Infinity)
    expect(said(dueAt(paris, start, 60, open))).toBe('2026-06-01T08:00:00Z')
    expect(elapsedSeconds(paris, start, at('2026-06-05T08:00:00Z'), open)).toBe(3600)
  })
})

describe('when clocks change', () => {
  const los = (from: string, to: string) => calendar('America/Los_Angeles', daily([from, to]))

  test('a window that begins in the hour that is missing begins an hour later', () => {
    expect(said(dueAt(los('02:30', '05:00'), at('2014-03-09T08:00:00Z'), 0))).toBe('2014-03-09T10:30:00Z')
  })

  test('and is none when that is after its end', () => {
    const short = los('02:30', '03:15')
    expect(elapsedSeconds(short, at('2014-03-09T00:00:00Z'), at('2014-03-10T00:00:00Z'))).toBe(0)
    expect(elapsedSeconds(short, at('2014-03-10T00:00:00Z'), at('2014-03-11T00:00:00Z'))).toBe(45 * 60)
  })

  test('one that lands on its neighbour takes no second twice, even when it lands behind the beginning of it', () => {
    const day = [at('2014-03-09T08:00:00Z'), at('2014-03-10T07:00:00Z')] as const
    const over = calendar('America/Los_Angeles', daily(['02:00', '02:30'], ['03:00', '04:00']))
    expect(elapsedSeconds(over, ...day)).toBe(60 * 60)
    const behind = calendar('America/Los_Angeles', daily(['02:50', '02:55'], ['03:00', '03:30']))
    expect(elapsedSeconds(behind, ...day)).toBe(35 * 60)
  })

  test('the hour that is there twice counts twice within a window, and bounds one where it is first shown', () => {
    const night = [at('2014-11-02T07:00:00Z'), at('2014-11-02T12:00:00Z')] as const
    expect(elapsedSeconds(los('00:00', '04:00'), ...night)).toBe(5 * 3600)
    expect(elapsedSeconds(los('01:00', '01:30'), ...night)).toBe(30 * 60)
    expect(said(dueAt(los('01:30', '03:00'), night[0], 0))).toBe('2014-11-02T08:30:00Z')
  })

  test('a day that never was has no hours, and its neighbours have theirs', () => {
    const samoa = calendar('Pacific/Apia', { thu: [['09:00', '17:00']], fri: [['09:00', '17:00']] })
    const week = [at('2011-12-28T00:00:00Z'), at('2012-01-03T00:00:00Z')] as const
    expect(elapsedSeconds(samoa, ...week)).toBe(8 * 3600)
  })

  test('a day may begin at one o’clock, or last 25 hours', () => {
    const always = calendar('America/Sao_Paulo', daily(['00:00', '24:00']))
    expect(elapsedSeconds(always, at('2015-10-18T00:00:00Z'), at('2015-10-19T02:00:00Z'))).toBe(26 * 3600)
    expect(elapsedSeconds(always, at('2016-02-20T00:00:00Z'), at('2016-02-22T00:00:00Z'))).toBe(48 * 3600)
  })
})

describe('what cannot be', () => {
  const closing = calendar('Europe/Paris', {}, { overrides: { '2026-06-01': [['09:00', '10:00']] } })

  test('a due date no opening hour is left for is refused in words, the last one that is there is given', () => {
    expect(said(dueAt(closing, at('2026-06-01T00:00:00Z'), 60))).toBe('2026-06-01T08:00:00Z')
    expect(() => dueAt(closing, at('2026-06-01T00:00:00Z'), 61)).toThrow(UnreachableDueDate)
    expect(() => dueAt(closing, at('2026-06-02T00:00:00Z'), 0)).toThrow(
      'no due date within 50 years of 2026-06-02T00:00:00.000Z',
    )
  })

  test('a calendar whose every day of twelve years is closed is due after them', () => {
    const days: Record<string, []> = {}
    for (let day = at('2026-01-01'); day < at('2038-01-01'); day += 24 * 60 * minute)
      days[new Date(day).toISOString().slice(0, 10)] = []
    const asleep = calendar('Europe/Paris', daily(['09:00', '18:00']), { overrides: days })
    expect(said(dueAt(asleep, at('2026-06-01T00:00:00Z'), 60))).toBe('2038-01-01T09:00:00Z')
  })

  test('a negative allowance, and an instant that is none', () => {
    expect(() => dueAt(paris, at('2026-06-01T00:00:00Z'), -1)).toThrow(RangeError)
    expect(() => dueAt(paris, Number.NaN, 1)).toThrow(RangeError)
    expect(() => dueAt(paris, at('2026-06-01T00:00:00Z'), Number.NaN)).toThrow(RangeError)
  })

  test('an end before the start has taken no time', () => {
    expect(elapsedSeconds(paris, at('2026-06-02T00:00:00Z'), at('2026-06-01T00:00:00Z'))).toBe(0)
  })
})

/** Places and the days around which their clocks change: by an hour, by half of one, at midnight, or never. */
const changes: readonly [string, string][] = [
  ['Europe/Paris', '2026-03-29'],
  ['Europe/Paris', '2026-10-25'],
  ['America/New_York', '2026-03-08'],
  ['America/Sao_Paulo', '2015-10-18'],
  ['America/Sao_Paulo', '2016-02-21'],
  ['America/Havana', '2026-03-08'],
  ['America/Havana', '2026-11-01'],
  ['Australia/Lord_Howe', '2026-04-05'],
  ['Australia/Lord_Howe', '2026-10-04'],
  ['Africa/Casablanca', '2026-02-15'],
  ['Africa/Casablanca', '2026-03-22'],
  ['America/Martinique', '2026-12-31'],
  ['Pacific/Chatham', '2026-09-27'],
]

const clockTime = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

/** Small hours weigh more: there the clocks change. */
const bounds = fc.oneof(fc.integer({ min: 0, max: 1440 }), fc.integer({ min: 0, max: 300 }))
const windowsOfDay = fc
  .uniqueArray(bounds, { maxLength: 6 })
  .map((marks) => marks.toSorted((a, b) => a - b))
  .map((marks) =>
    Array.from({ length: Math.floor(marks.length / 2) }, (_, pair): OpenWindow => [
      clockTime(marks[2 * pair]!),
      clockTime(marks[2 * pair + 1]!),
    ]),
  )

const story = fc
  .record({
    change: fc.constantFrom(...changes),
    week: fc.array(windowsOfDay, { minLength: 7, maxLength: 7 }),
    off: fc.array(fc.integer({ min: -3, max: 6 }), { maxLength: 2 }),
    special: fc.array(fc.tuple(fc.integer({ min: -3, max: 6 }), windowsOfDay), { maxLength: 2 }),
    startsAfter: fc.integer({ min: -3 * 1440, max: 1440 }),
    minutes: fc.integer({ min: 0, max: 2500 }),
    more: fc.integer({ min: 0, max: 500 }),
    pauses: fc.array(
      fc.record({
        from: fc.integer({ min: -600, max: 6000 }),
        lasts: fc.integer({ min: 0, max: 1500 }),
      }),
      { maxLength: 4 },
    ),
  })
  .map(({ change: [timezone, day], week, off, special, startsAfter, minutes, more, pauses }) => {
    const dayAfter = (days: number) => Temporal.PlainDate.from(day).add({ days }).toString()
    const start = at(`${day}T00:00:00Z`) + startsAfter * minute
    return {
      shape: {
        timezone,
        hours: Object.fromEntries(weekdays.map((name, index) => [name, week[index]])),
        holidays: off.map(dayAfter),
        overrides: Object.fromEntries(special.map(([days, windows]) => [dayAfter(days), windows])),
      },
      start,
      minutes,
      more,
      pauses: pauses.map(({ from, lasts }): Pause => ({
        from: start + from * minute,
        until: start + (from + lasts) * minute,
      })),
    }
  })
  .filter(({ shape }) => Object.values(shape.hours).flat().length > 0)
  .map(({ shape, ...rest }) => ({ ...rest, calendar: Calendar.parse(shape) }))

/**
 * Another reading of the same conventions: asks of each minute, one after the other, whether it lies in a window of some
 * day, by Temporal's own rules for the times a clock skips and repeats.
 */
function minuteWalker({ timezone, hours, holidays, overrides }: Calendar, start: number) {
  const instantOf = (day: Temporal.PlainDate, time: string) =>
    (time === '24:00' ? day.add({ days: 1 }) : day).toZonedDateTime({
      timeZone: timezone,
      plainTime: time === '24:00' ? '00:00' : time,
    }).epochMilliseconds
  const first = Temporal.Instant.fromEpochMilliseconds(start).toZonedDateTimeISO('UTC').toPlainDate()
  const windows = Array.from({ length: 28 }, (_, days) => first.add({ days: days - 2 })).flatMap((day) => {
    const name = day.toString()
    if (holidays.includes(name)) return []
    return (overrides[name] ?? hours[weekdays[day.dayOfWeek - 1]!] ?? []).map(([from, to]) => ({
      from: instantOf(day, from),
      until: instantOf(day, to),
    }))
  })
  const counts = (now: number, pauses: readonly Pause[]) =>
    windows.some(({ from, until }) => from <= now && now < until) &&
    !pauses.some(({ from, until }) => from <= now && now < until)
  return {
    elapsed(end: number, pauses: readonly Pause[]) {
      let seconds = 0
      for (let now = start; now < end; now += minute) if (counts(now, pauses)) seconds += 60
      return seconds
    },
    /** Undefined when it is not within three weeks. */
    due(minutes: number, pauses: readonly Pause[]) {
      let left = minutes
      for (let now = start; now < start + 21 * 1440 * minute; now += minute) {
        if (!counts(now, pauses)) continue
        if (left === 0) return now
        if (--left === 0) return now + minute
      }
      return undefined
    },
  }
}

describe('always', () => {
  test('it says what a walk from minute to minute says', () => {
    fc.assert(
      fc.property(story, ({ calendar: random, start, minutes, pauses }) => {
        const walker = minuteWalker(random, start)
        const due = walker.due(minutes, pauses)
        if (due !== undefined) expect(said(dueAt(random, start, minutes, pauses))).toBe(said(due))
        const end = start + minutes * 2 * minute
        expect(elapsedSeconds(random, start, end, pauses)).toBe(walker.elapsed(end, pauses))
      }),
      { numRuns: 200 },
    )
  })

  test('more time is never due earlier', () => {
    fc.assert(
      fc.property(story, ({ calendar: random, start, minutes, more, pauses }) => {
        const [sooner, later] = [minutes, minutes + more].map((time) => dueAt(random, start, time, pauses))
        expect(later).toBeGreaterThanOrEqual(sooner!)
      }),
    )
  })

  test('a pause never makes anything due earlier', () => {
    fc.assert(
      fc.property(story, ({ calendar: random, start, minutes, pauses }) => {
        const without = dueAt(random, start, minutes, pauses.slice(1))
        expect(dueAt(random, start, minutes, pauses)).toBeGreaterThanOrEqual(without)
      }),
    )
  })

  test('working time is that of its two parts, wherever it is cut', () => {
    fc.assert(
      fc.property(story, fc.nat(9_000_000), fc.nat(900_000_000), (told, first, second) => {
        const { calendar: random, start, pauses } = told
        const [cut, end] = [start + first, start + first + second]
        expect(
          elapsedSeconds(random, start, cut, pauses) + elapsedSeconds(random, cut, end, pauses),
        ).toBeCloseTo(elapsedSeconds(random, start, end, pauses), 6)
      }),
    )
  })

  test('until it is due exactly the allowance has passed', () => {
    fc.assert(
      fc.property(story, fc.nat(59_999), ({ calendar: random, start, minutes, pauses }, odd) => {
        const due = dueAt(random, start + odd, minutes, pauses)
        expect(elapsedSeconds(random, start + odd, due, pauses)).toBeCloseTo(minutes * 60, 6)
      }),
    )
  })
})
