import { describe, expect, test } from 'vitest'
import { foreignAccountIn } from './foreign-accounts.ts'

// Examples of banks' own manuals.
const ours = 'FR7630006000011234567890189'
const other = 'FR1420041010050500013M02606'
const german = 'DE89370400440532013000'

describe('an account of somebody else is found', () => {
  test.each([
    ['as it is', other],
    ['in groups', 'Merci de payer sur FR14 2004 1010 0505 0001 3M02 606 dès que possible.'],
    ['with non-breaking spaces', 'FR14\u00A02004\u202F1010\u20090505\u00A00001\u00A03M02\u00A0606'],
    ['with signs of no width between', [...other].join('\u200B\u2060\uFEFF\u00AD')],
    ['with dashes, dots and lines', 'FR14-2004.1010\n0505_0001/3M02|606'],
    ['in small letters', other.toLowerCase()],
    ['in full width', 'ＦＲ１４２００４１０１００５０５０００１３Ｍ０２６０６'],
    ['in Cyrillic and Greek letters', 'FR1420041010050500013М02606'],
    ['in circled digits', 'FR①④20041010050500013M02606'],
    ['in Arabic digits', 'FR١٤٢٠٠٤١٠١٠٠٥٠٥٠٠٠١٣M٠٢٦٠٦'],
    ['with letters for digits', 'FR14 2OO4 IOIO O5O5 OOOI 3MO2 6O6'],
    ['after other words', 'IBANFR1420041010050500013M02606BIC'],
    ['of another country', 'DE89 3704 0044 0532 0130 00'],
    ['turned around', `\u202E${[...german].toReversed().join('')}\u202C`],
    ['as bank, branch, number and key', '20041 01005 0500013M026 06'],
    ['beside our own', `${ours} ou ${other}`],
  ])('%s', (_, text) => {
    expect(foreignAccountIn(text, [ours])).toMatch(/^(FR|DE|)…(2606|3000)$/)
  })
})

describe('nothing is found', () => {
  test.each([
    ['in our own account', 'FR76 3000 6000 0112 3456 7890 189'],
    ['in our own as bank, branch, number and key', '30006 00001 12345678901 89'],
    ['in an account with a wrong key', 'FR15 2004 1010 0505 0001 3M02 606'],
    [
      'in numbers of documents and of companies',
      'DE-2026-000123, SIRET 123 456 782 00010, TVA FR11 123456782, 01 23 45 67 89',
    ],
    ['in words', 'Abonnement à MaGestionPsy, du 1er au 31 décembre 2026 : 24,17 €'],
  ])('%s', (_, text) => {
    expect(foreignAccountIn(text, [ours])).toBeUndefined()
  })
})

test('where no account is known every account is another’s', () => {
  expect(foreignAccountIn(ours, [null])).toBe('FR…0189')
})
