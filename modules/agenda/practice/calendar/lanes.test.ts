import fc from 'fast-check'
import { expect, test } from 'vitest'
import { lanesOf } from './lanes.ts'

const span = (id: string, from: number, to: number) => ({ id, from, to })

test('what follows another has the whole width', () => {
  const placed = lanesOf([span('a', 540, 585), span('b', 585, 630)])
  expect(placed.get('a')).toEqual({ lane: 0, lanes: 1, spread: 1 })
  expect(placed.get('b')).toEqual({ lane: 0, lanes: 1, spread: 1 })
})

test('a cancelled appointment and the one that took its place stand side by side', () => {
  const placed = lanesOf([span('cancelled', 540, 600), span('booked', 555, 600)])
  expect(placed.get('cancelled')).toEqual({ lane: 0, lanes: 2, spread: 1 })
  expect(placed.get('booked')).toEqual({ lane: 1, lanes: 2, spread: 1 })
})

test('one that meets fewer neighbours spreads over the room they leave', () => {
  const placed = lanesOf([
    span('long', 540, 720),
    span('a', 540, 600),
    span('b', 550, 600),
    span('late', 630, 700),
  ])
  expect(placed.get('late')).toEqual({ lane: 1, lanes: 3, spread: 2 })
})

test('nothing ever covers anything else', () => {
  const spans = fc
    .array(fc.record({ from: fc.integer({ min: 0, max: 1400 }), long: fc.integer({ min: 5, max: 300 }) }), {
      maxLength: 40,
    })
    .map((all) => all.map(({ from, long }, index) => span(String(index), from, from + long)))
  fc.assert(
    fc.property(spans, (all) => {
      const placed = lanesOf(all)
      for (const one of all)
        for (const other of all) {
          if (one === other || one.from >= other.to || other.from >= one.to) continue
          const [a, b] = [placed.get(one.id)!, placed.get(other.id)!] // every span was placed
          const left = [a.lane / a.lanes, b.lane / b.lanes] as const
          const right = [(a.lane + a.spread) / a.lanes, (b.lane + b.spread) / b.lanes] as const
          expect(left[0] >= right[1] - 1e-9 || left[1] >= right[0] - 1e-9).toBe(true)
        }
    }),
  )
})
