import { expect, test } from 'vitest'
import { plainName } from './naming.ts'

test.for<[string, string]>([
  ['../../etc/facture.pdf', 'facture.pdf'],
  ['C:\\Bureau\\facture.pdf', 'facture.pdf'],
  [' .. facture.pdf. ', 'facture.pdf'],
  ['fdp.\u202Eexe', 'fdp. exe'],
  ['...', 'document'],
  ['', 'document'],
])('%j is called %j', ([said, name]) => {
  expect(plainName(said)).toBe(name)
})

test('of a name that nobody reads to its end the beginning and the ending are kept', () => {
  expect(plainName(`${'a'.repeat(5_000)}.pdf`)).toBe(`${'a'.repeat(120)}.pdf`)
})

/** Each would cost a careless reader time in proportion to the square of its length. */
test.for([
  ['dots within', `x${'.'.repeat(3_000_000)}x`],
  ['spaces within', `x${' '.repeat(3_000_000)}x`],
  ['dots alone', '.'.repeat(3_000_000)],
  ['marks on one letter', `e${'\u0301\u0316'.repeat(1_000_000)}`],
] as const)('a name of %s is looked at in no time', ([, said]) => {
  expect(plainName(said).length).toBeLessThan(130)
})
