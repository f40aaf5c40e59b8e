import { expect, test } from 'vitest'
import { readsAs, type ParameterType } from './query-parameters.ts'

test.each<[ParameterType, string[], string[]]>([
  ['text', ['', 'n’importe quoi'], []],
  ['integer', ['0', '-12', ' 7 '], ['1.5', 'sept', '1 000']],
  ['number', ['1', '-0.5', '.5', '1e3'], ['1,5', 'NaN', '--1']],
  ['date', ['2026-02-28', '2024-02-29'], ['2026-02-29', '28/02/2026', '2026-2-8']],
  [
    'instant',
    ['2026-02-28 08:30', '2026-02-28T08:30:00.5Z', '2026-02-28 08:30+01'],
    ['2026-02-28', '2026-02-28 25:00'],
  ],
  ['boolean', ['true', 'FALSE'], ['oui', '1']],
  ['uuid', ['0190a5f0-0000-7000-8000-000000000000'], ['0190a5f0']],
])('%s', (type, right, wrong) => {
  expect(right.filter((value) => !readsAs(type, value))).toEqual([])
  expect(wrong.filter((value) => readsAs(type, value))).toEqual([])
  // Nothing is still to be filled in, and NULL is what it is.
  expect([readsAs(type, ''), readsAs(type, null)]).toEqual([true, true])
})
