import { expect, test } from 'vitest'
import { daysOf } from './periods.ts'

test('a period is counted from the practice’s day, weeks from Monday, months with their own last day', () => {
  expect(daysOf('week', '2026-11-22')).toEqual({ from: '2026-11-16', to: '2026-11-22' })
  expect(daysOf('week', '2026-11-23')).toEqual({ from: '2026-11-23', to: '2026-11-29' })
  expect(daysOf('month', '2028-02-10')).toEqual({ from: '2028-02-01', to: '2028-02-29' })
  expect(daysOf('last-month', '2026-01-31')).toEqual({ from: '2025-12-01', to: '2025-12-31' })
  expect(daysOf('year', '2026-06-01')).toEqual({ from: '2026-01-01', to: '2026-12-31' })
  expect(daysOf('today', '2026-06-01')).toEqual({ from: '2026-06-01', to: '2026-06-01' })
})
