import { expect, test } from 'vitest'
import { triesScale } from './tries-scale.ts'

const hour = (failed: number, succeeded: number) => ({ from: '2026-11-21T10:00:00Z', failed, succeeded })
const size = { width: 278, height: 134 }

test('failures stand on successes, and together they are as high as all that was tried', () => {
  const { bar, bottom } = triesScale([hour(3, 1), hour(0, 4)], size)
  expect(bottom).toBe(110)
  expect(bar(0).succeeded).toMatchObject({ y: 85, height: 25 })
  expect(bar(0).failed).toMatchObject({ y: 10, height: 75 })
  expect(bar(1).failed.height).toBe(0)
  expect(bar(1).succeeded).toMatchObject({ y: 10, height: 100 })
})

test('the counts at the left are whole numbers, and none is below the highest bar', () => {
  for (const [most, ticks] of [
    [0, [0, 1, 2]],
    [3, [0, 2, 4]],
    [17, [0, 10, 20]],
    [412, [0, 500, 1000]],
    [9_600, [0, 5000, 10_000]],
  ] as const)
    expect(triesScale([hour(most, 0)], size).ticks, String(most)).toEqual(ticks)
})

test('no hour, no room: all stay numbers', () => {
  const { bar } = triesScale([], { width: 0, height: 0 })
  for (const { x, y, width, height } of Object.values(bar(0)))
    for (const number of [x, y, width, height]) expect(Number.isFinite(number)).toBe(true)
})
