import { expect, test } from 'vitest'
import type { Dashboard } from '#contract/dashboard'
import { revenueScale } from './revenue-scale.ts'

type Month = Dashboard['revenueByMonth'][number]

const lines = { list: 'invoices', filter: {} } as unknown as Month['lines'] // the scale does not look at it
const month = (exclCents: number, before?: number): Month => ({
  month: '2026-10',
  exclCents,
  documents: 1,
  lines,
  yearBefore: before === undefined ? null : { month: '2025-10', exclCents: before, documents: 1, lines },
})
const size = { width: 616, height: 258 }

test('the highest value of either year reaches the top, and nothing stands at the bottom', () => {
  const scale = revenueScale([month(50_00, 100_00), month(0)], size)
  expect(scale.y(100_00)).toBe(28)
  expect(scale.bar(0)).toMatchObject({ y: 128, height: 100 })
  expect(scale.bar(1)).toMatchObject({ y: 228, height: 0 })
})

test('a month with more credited than invoiced hangs from zero', () => {
  const scale = revenueScale([month(100_00), month(-100_00)], size)
  expect(scale.bar(0)).toMatchObject({ y: 28, height: 100 })
  expect(scale.bar(1)).toMatchObject({ y: 128, height: 100 })
})

test('the line of the year before joins neighbours only', () => {
  const scale = revenueScale([month(1, 10), month(1, 10), month(1), month(1, 10)], size)
  expect(scale.yearBeforePath.replaceAll(/[\d. ]+/g, '')).toBe('MLM')
})

test('no month, nothing billed, no room: all stay numbers', () => {
  for (const [months, room] of [
    [[], size],
    [[month(0), month(0)], size],
    [[month(1)], { width: 0, height: 0 }],
  ] as const) {
    const { x, y, width, height } = revenueScale([...months], room).bar(0)
    for (const number of [x, y, width, height]) expect(Number.isFinite(number)).toBe(true)
  }
})
