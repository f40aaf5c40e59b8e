import { expect, test } from 'vitest'
import { roleEvents } from './role-events.ts'

const support = { id: '1', key: 'support', name: null }
const billing = { id: '2', key: 'billing', name: null }

test('a role that was held and lost is told twice, and the newest event comes first', () => {
  const events = roleEvents([
    {
      role: billing,
      givenAt: '2026-03-02T09:00:00Z',
      givenBy: 'Claire Fontaine',
      endedAt: null,
      endedBy: null,
    },
    {
      role: support,
      givenAt: '2026-01-05T09:00:00Z',
      givenBy: null,
      endedAt: '2026-04-01T09:00:00Z',
      endedBy: 'Antoine Roche',
    },
  ])
  expect(events.map(({ kind, role, by }) => [kind, role.key, by])).toEqual([
    ['ended', 'support', 'Antoine Roche'],
    ['given', 'billing', 'Claire Fontaine'],
    ['given', 'support', null],
  ])
})
