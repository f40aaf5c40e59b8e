import { expect, test } from 'vitest'
import { centsIn, typedOf } from './amounts.ts'

test('an amount is understood as it is typed, and nothing else is taken for one', () => {
  const typed = ['60', '60,5', '60.50', '1 234,50 €', '1\u202F234,50', ' 0,01 ']
  expect(typed.map(centsIn)).toEqual([6000, 6050, 6050, 123_450, 123_450, 1])
  expect(['', '-5', '6,005', '1e3', 'soixante', '12,3,4', '12345678'].map(centsIn)).toEqual(
    Array.from({ length: 7 }, () => null),
  )
  expect(centsIn(typedOf(6050))).toBe(6050)
})
