import { expect, test } from 'vitest'
import { tsv } from './copying.ts'

test('what parts cells and rows does not stand within one', () => {
  expect(
    tsv([
      ['a', null, ''],
      ['two\nlines', 'a\tb', '3'],
    ]),
  ).toBe('a\t\t\ntwo lines\ta b\t3')
})
