import { expect, test } from 'vitest'
import { boardCards } from '#contract/figures'
import { ordered, placedAt, shifted } from './arranging.ts'

test('before anything was arranged, cards stand in the house’s order, those one may see alone', () => {
  expect(ordered(null, ['origin', 'upcoming', 'forecast'])).toEqual(['upcoming', 'forecast', 'origin'])
})

test('what was arranged stands so; a card that is new stands behind the one it follows by itself', () => {
  const arrangement = { order: ['forecast' as const, 'upcoming' as const], hidden: [] }
  expect(ordered(arrangement, ['upcoming', 'appointments', 'forecast'])).toEqual([
    'forecast',
    'upcoming',
    'appointments',
  ])
  expect(ordered(arrangement, boardCards)).toHaveLength(boardCards.length)
})

test('a card changes places with its neighbour, and stays at either end', () => {
  const order = ['upcoming', 'forecast', 'origin'] as const
  expect(shifted(order, 'forecast', -1)).toEqual(['forecast', 'upcoming', 'origin'])
  expect(shifted(order, 'forecast', 1)).toEqual(['upcoming', 'origin', 'forecast'])
  expect(shifted(order, 'upcoming', -1)).toEqual(order)
  expect(shifted(order, 'origin', 1)).toEqual(order)
})

test('a card that is dropped on another takes its place, from before and from behind', () => {
  const order = ['upcoming', 'forecast', 'origin', 'tasks'] as const
  expect(placedAt(order, 'upcoming', 'origin')).toEqual(['forecast', 'origin', 'upcoming', 'tasks'])
  expect(placedAt(order, 'tasks', 'forecast')).toEqual(['upcoming', 'tasks', 'forecast', 'origin'])
})
