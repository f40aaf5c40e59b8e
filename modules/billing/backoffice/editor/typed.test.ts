import { expect, test } from 'vitest'
import { centsIn, discountIn, quantityIn, tidied, typedCents, typedDiscount, typedQuantity } from './typed.ts'

test('an amount is read as people type it, and anything else is none', () => {
  for (const [typed, cents] of [
    ['24,17', 2_417],
    ['24.17', 2_417],
    [' 1 234,5 € ', 123_450],
    ['1\u202F234,50\u00A0€', 123_450],
    ['0', 0],
    ['-5', -500],
    // Not 28.999999999999996 cents.
    ['0,29', 29],
    ['999999999,99', 99_999_999_999],
  ] as const)
    expect([typed, centsIn(typed)]).toEqual([typed, cents])
  for (const typed of ['', '--1', '1,234', '1,2,3', 'douze', '1e3', '0x1', '1234567890'])
    expect([typed, centsIn(typed)]).toEqual([typed, null])
})

test('a quantity has three decimals at most and may be below zero', () => {
  for (const [typed, quantity] of [
    ['1', '1'],
    ['2,5', '2.5'],
    ['-1', '-1'],
    ['\u22121', '-1'],
    ['0,125', '0.125'],
    ['1,500', '1.5'],
    ['007', '7'],
    ['1 000', '1000'],
  ] as const)
    expect([typed, quantityIn(typed)]).toEqual([typed, quantity])
  for (const typed of ['', '0,1234', '--1', '1-', '1234567890', 'NaN', '1e9'])
    expect([typed, quantityIn(typed)]).toEqual([typed, null])
})

test('a discount is a part with its sign, an amount without, and nothing where nothing stands', () => {
  expect(discountIn('')).toEqual({ basisPoints: 0, cents: 0 })
  expect(discountIn('10 %')).toEqual({ basisPoints: 1_000, cents: 0 })
  expect(discountIn('2,5%')).toEqual({ basisPoints: 250, cents: 0 })
  expect(discountIn('5')).toEqual({ basisPoints: 0, cents: 500 })
  for (const typed of ['100,01 %', '101 %', '-5', '5 % 5', '%'])
    expect([typed, discountIn(typed)]).toEqual([typed, null])
})

test('what stands in a field is read back as what it was', () => {
  for (const language of ['fr', 'en'] as const) {
    for (const cents of [0, 1, -599, 2_417, 123_450, 99_999_999_999])
      expect(centsIn(typedCents(cents, language))).toBe(cents)
    for (const quantity of ['1', '-2.5', '0.125'])
      expect(quantityIn(typedQuantity(quantity, language))).toBe(quantity)
    for (const discount of [
      { basisPoints: 0, cents: 0 },
      { basisPoints: 1_250, cents: 0 },
      { basisPoints: 0, cents: 599 },
    ])
      expect(discountIn(typedDiscount(discount, language))).toEqual(discount)
  }
})

test('what was half typed counts as far as it goes, and stands in order once its field is left', () => {
  expect(centsIn('12,')).toBe(1_200)
  const { price, quantity, discount } = tidied('fr')
  expect([price('12.5'), price('60'), price('douze'), price('')]).toEqual(['12,50', '60,00', 'douze', ''])
  expect([quantity('2.50'), quantity('-'), discount('10%'), discount('5')]).toEqual([
    '2,5',
    '-',
    '10\u00A0%',
    '5,00',
  ])
})
