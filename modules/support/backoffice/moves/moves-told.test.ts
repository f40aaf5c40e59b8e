import { expect, test } from 'vitest'
import type { TicketEvent } from '#contract/support'
import { openMoveOf, openMoves, restorableUntil, thrownAwayBy } from './moves-told.ts'

const told = (kind: string, move: string): TicketEvent => ({
  id: `${kind} ${move}`,
  at: '2026-11-23T08:00:00.000Z',
  kind,
  actor: 'Karim Benali',
  data: { move },
})

test('what was undone is offered no more, what stands is', () => {
  const events = [told('taken_in', 'one'), told('taken_in', 'two'), told('given_back', 'one')]
  expect([...openMoves(events).values()]).toEqual(['two'])
})

test('a ticket that was merged twice is brought back by undoing the second', () => {
  const events = [told('merged', 'one'), told('unmerged', 'one'), told('merged', 'two')]
  expect(openMoveOf(events, 'merged')).toBe('two')
  expect(openMoveOf(events.slice(0, 2), 'merged')).toBeUndefined()
})

test('who threw a ticket away last is told, and the day until which it comes back', () => {
  const events = ['trashed', 'restored', 'trashed'].map((kind, at) => ({
    ...told(kind, 'none'),
    actor: ['Karim Benali', 'Karim Benali', 'Léa Morel'][at]!,
  }))
  expect(thrownAwayBy(events)).toBe('Léa Morel')
  expect(thrownAwayBy([])).toBeUndefined()
  expect(restorableUntil('2026-11-23T08:00:00.000Z')).toBe('2026-12-23T08:00:00.000Z')
})
