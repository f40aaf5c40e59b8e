import { expect, test } from 'vitest'
import { WrongField } from '#platform/server/requests.ts'
import { periodOf } from './period.ts'

const wrong = (field: string, code: string) => new WrongField('query', field, code)
const hours = ({ from, until }: ReturnType<typeof periodOf>) =>
  from && until ? (until.getTime() - from.getTime()) / 3_600_000 : Number.NaN

test.each([
  ['an ordinary day', '2026-11-22', 24],
  ['the day the clocks go forward', '2026-03-29', 23],
  ['the day the clocks go back', '2026-10-25', 25],
  ['the last day of a year', '2026-12-31', 24],
])('%s is whole', (_, day, length) => {
  expect(hours(periodOf({ from: day, to: day }, wrong))).toBe(length)
})

test('days begin at midnight in Paris, instants are themselves', () => {
  expect(periodOf({ from: '2026-07-01', to: '2026-11-22T08:30:00+01:00' }, wrong)).toEqual({
    from: new Date('2026-06-30T22:00:00Z'),
    until: new Date('2026-11-22T07:30:00Z'),
  })
  expect(periodOf({}, wrong)).toEqual({ from: undefined, until: undefined })
})

test.each([
  ['2026-02-02', '2026-02-01'],
  ['2026-02-02T00:00:00Z', '2026-02-01'],
  ['2026-02-02T00:00:00Z', '2026-02-02T00:00:00Z'],
])('from %s to %s is no period', (from, to) => {
  expect(() => periodOf({ from, to }, wrong)).toThrow('period_reversed')
})
