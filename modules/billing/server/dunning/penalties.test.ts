import fc from 'fast-check'
import { expect, test } from 'vitest'
import { penaltiesOf, type LateFacts } from './penalties.ts'

// As published: the ECB's refinancing rate and the legal rate on the first day of each half-year.
const ecb: Record<string, number> = { '2024-07-01': 425, '2025-01-01': 315, '2025-07-01': 215 }
const legal: Record<string, number> = { '2024-07-01': 492, '2025-01-01': 371, '2025-07-01': 276 }
const facts = (over: Partial<LateFacts> = {}): LateFacts => ({
  dueOn: '2024-09-01',
  today: '2024-10-01',
  incl: 100_000,
  balances: [],
  terms: { penaltyKind: 'ecb_plus_10', penaltyBasisPoints: null },
  rateOf: (kind, halfYear) => (kind === 'legal' ? legal : ecb)[halfYear] ?? null,
  ...over,
})

test('1 000 € paid thirty days late in the autumn of 2024 cost 14,25 % over 30 days of 365', () => {
  expect(penaltiesOf(facts())).toEqual({
    spans: [
      {
        from: '2024-09-02',
        until: '2024-10-02',
        days: 30,
        balanceCents: 100_000,
        basisPoints: 1_425,
        cents: 1_171,
      },
    ],
    cents: 1_171,
  })
})

test('on the due day nothing is due yet, the day after is one day', () => {
  expect(penaltiesOf(facts({ today: '2024-09-01' })).spans).toEqual([])
  expect(penaltiesOf(facts({ today: '2024-09-02' })).spans).toMatchObject([{ days: 1 }])
})

test('a half-year has the rate of its first day, whatever the ECB decided within it', () => {
  const { spans } = penaltiesOf(facts({ dueOn: '2024-12-01', today: '2025-07-10' }))
  expect(spans.map(({ from, until, days, basisPoints }) => [from, until, days, basisPoints])).toEqual([
    ['2024-12-02', '2025-01-01', 30, 1_425],
    ['2025-01-01', '2025-07-01', 181, 1_315],
    ['2025-07-01', '2025-07-11', 10, 1_215],
  ])
})

test('what was paid in between costs until the day it came, what is left goes on', () => {
  const { spans } = penaltiesOf(
    facts({
      balances: [
        { on: '2024-09-11', cents: 40_000 },
        { on: '2024-09-21', cents: 0 },
      ],
    }),
  )
  expect(spans.map(({ days, balanceCents }) => [days, balanceCents])).toEqual([
    [10, 100_000],
    [10, 40_000],
  ])
})

test('an invoice that a returned payment reopened costs again from then on', () => {
  const { spans } = penaltiesOf(
    facts({
      balances: [
        { on: '2024-08-20', cents: 0 },
        { on: '2024-09-10', cents: 100_000 },
      ],
    }),
  )
  expect(spans).toMatchObject([{ from: '2024-09-11', days: 21 }])
})

test('three times the legal rate, and a rate agreed on', () => {
  const rate = (terms: LateFacts['terms']) => penaltiesOf(facts({ terms })).spans[0]?.basisPoints
  expect(rate({ penaltyKind: 'legal_times_3', penaltyBasisPoints: null })).toBe(1_476)
  expect(rate({ penaltyKind: 'fixed', penaltyBasisPoints: 1_500 })).toBe(1_500)
})

const day = fc
  .integer({ min: 0, max: 700 })
  .map((days) => Temporal.PlainDate.from('2024-07-01').add({ days }).toString())

test('days add up without a gap, the sum is what its exact parts are, and more days never cost less', () => {
  fc.assert(
    fc.property(
      day,
      day,
      fc.array(fc.record({ on: day, cents: fc.integer({ min: 0, max: 100_000 }) }), { maxLength: 6 }),
      (dueOn, today, changes) => {
        const balances = changes
          .filter(({ on }, place) => changes.findIndex((one) => one.on === on) === place)
          .toSorted((one, other) => (one.on < other.on ? -1 : 1))
        const { spans, cents } = penaltiesOf(facts({ dueOn, today, balances }))
        for (const [place, { from, until, days }] of spans.entries()) {
          expect(days).toBeGreaterThan(0)
          expect(from > dueOn && from >= (spans[place - 1]?.until ?? from) && until > from).toBe(true)
        }
        const exact = spans.reduce(
          (sum, { balanceCents, basisPoints, days }) => sum + (balanceCents * basisPoints * days) / 3_650_000,
          0,
        )
        expect(Math.abs(cents - exact)).toBeLessThanOrEqual(0.5001)
        const tomorrow = Temporal.PlainDate.from(today).add({ days: 1 }).toString()
        expect(penaltiesOf(facts({ dueOn, today: tomorrow, balances })).cents).toBeGreaterThanOrEqual(cents)
      },
    ),
  )
})
