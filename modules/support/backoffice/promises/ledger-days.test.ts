import { expect, test } from 'vitest'
import type { LedgerLine } from '#contract/support'
import { hoursDrawn, ledgerDays } from './ledger-days.ts'
import { instantOfWall, wallOf } from './wall-time.ts'

const line = (kind: LedgerLine['kind'], from: string, until: string): LedgerLine => ({
  kind,
  from,
  until,
  seconds: 0,
  why: '',
  by: '',
})

test('each day is drawn by the clock of its place, and a pause over midnight on both', () => {
  const days = ledgerDays(
    [
      line('worked', '2026-11-20T15:30:00Z', '2026-11-20T17:00:00Z'),
      line('paused', '2026-11-20T16:00:00Z', '2026-11-21T09:00:00Z'),
      line('holiday', '2026-11-21T23:00:00Z', '2026-11-22T23:00:00Z'),
    ],
    'Europe/Paris',
  )
  expect(days).toEqual([
    {
      day: '2026-11-20',
      off: null,
      stretches: [
        { kind: 'worked', from: 990, until: 1080 },
        { kind: 'paused', from: 1020, until: 1440 },
      ],
    },
    { day: '2026-11-21', off: null, stretches: [{ kind: 'paused', from: 0, until: 600 }] },
    { day: '2026-11-22', off: 'holiday', stretches: [] },
  ])
  expect(hoursDrawn(days)).toEqual({ from: 540, until: 1080 })
})

test('a day and an hour typed are those of the place, in winter and in summer', () => {
  expect(instantOfWall('2026-12-01T08:00', 'Europe/Paris')).toBe('2026-12-01T07:00:00.000Z')
  expect(instantOfWall('2026-07-01T08:00', 'Europe/Paris')).toBe('2026-07-01T06:00:00.000Z')
  expect(instantOfWall('2026-07-01T08:00', 'Indian/Reunion')).toBe('2026-07-01T04:00:00.000Z')
  expect(wallOf('2026-12-31T23:30:00Z', 'Europe/Paris')).toEqual({ day: '2027-01-01', minutes: 30 })
})
