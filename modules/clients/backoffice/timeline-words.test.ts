import { expect, test } from 'vitest'
import { BillingProfile } from '#contract/billing'
import { type Formats } from '#platform/ui/formats.ts'
import type { Translate } from '#platform/ui/messages.tsx'
import fr from '../messages/fr.json' with { type: 'json' }
import { fieldInWords, toldChanges, valueInWords } from './timeline-words.ts'

const words: Record<string, string> = fr
const t = ((key: string) => words[key] ?? key) as Translate // without values to fill in
const formats = {} as Formats // none of these is formatted

test('a change of the billing profile names its fields and says its values in words', () => {
  for (const field of Object.keys(BillingProfile.shape).filter((one) => one !== 'revision'))
    expect(fieldInWords(field, t)).not.toBe(field)
  expect(valueInWords('audience', 'private', t, formats)).toBe('Particulier')
  expect(valueInWords('language', 'en', t, formats)).toBe('anglais')
  expect(valueInWords('paymentMeans', 'direct_debit', t, formats)).toBe('prélèvement')
  expect(valueInWords('paymentDays', 45, t, formats)).toBe('45')
  const address = { lines: ['12, rue des Lilas', 'Bât. B'], postcode: '54000', city: 'Nancy', country: 'FR' }
  expect(valueInWords('address', address, t, formats)).toBe('12, rue des Lilas, Bât. B, 54000, Nancy, FR')
})

test('an address that stayed as it was is no change, nor is how often it was written', () => {
  const address = { lines: ['1, rue'], city: 'Nancy' }
  expect(
    toldChanges([
      { field: 'address', before: address, after: { ...address } },
      { field: 'revision', before: 1, after: 2 },
      { field: 'siren', before: null, after: '123456782' },
    ]).map(({ field }) => field),
  ).toEqual(['siren'])
})
