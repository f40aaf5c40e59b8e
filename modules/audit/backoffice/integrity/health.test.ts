import { expect, test } from 'vitest'
import type { AuditStatus } from '#contract/audit'
import { healthOf } from './health.ts'

const verification = {
  id: '0199-of-this-test',
  startedAt: '2026-11-22T02:00:00.000Z',
  endedAt: '2026-11-22T02:00:09.000Z',
  askedBy: null,
  size: 12,
  entries: 12,
  payloadsOpened: 12,
  payloadsErased: 0,
  sound: true,
  findings: [],
}
const sound: AuditStatus = {
  origin: 'back-office.example/audit/log',
  vkey: 'key',
  checkpoint: { size: 12, root: 'root', signedAt: '2026-11-22T02:00:00.000Z', note: 'note' },
  numbered: 12,
  waiting: { count: 0, oldestAt: null, lagSeconds: 0 },
  late: false,
  witnesses: [],
  lastVerification: verification,
}
const witness = {
  name: 'w',
  kind: 'http',
  last: null,
  trouble: {
    code: 'contradiction',
    detail: '409',
    since: '2026-11-22T02:00:00.000Z',
    lastAt: '2026-11-22T02:00:00.000Z',
    tries: 1,
  },
} as const

test('a log that was verified and has all its numbers is sound', () => {
  expect(healthOf(sound)).toBe('sound')
})

test('nobody calls a log sound that was never verified', () => {
  expect(healthOf({ ...sound, lastVerification: null })).toBe('unverified')
})

test('what is altered is said before anything else', () => {
  const altered = { ...sound, late: true, lastVerification: { ...verification, sound: false } }
  expect(healthOf({ ...altered, witnesses: [witness] })).toBe('altered')
})

test('a witness that contradicts the log is an alarm, one that is out of reach is not', () => {
  expect(healthOf({ ...sound, witnesses: [witness] })).toBe('contradicted')
  const away = { ...witness, trouble: { ...witness.trouble, code: 'unreachable' } } as const
  expect(healthOf({ ...sound, witnesses: [away] })).toBe('sound')
})

test('entries that wait too long for their number are said', () => {
  expect(healthOf({ ...sound, late: true })).toBe('late')
})
