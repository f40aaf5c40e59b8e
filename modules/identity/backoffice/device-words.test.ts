import { expect, test } from 'vitest'
import { countryName } from './device-words.ts'

test('a country is named in the language of the reader', () => {
  expect(countryName('DE', 'fr')).toBe('Allemagne')
  expect(countryName('DE', 'en')).toBe('Germany')
  expect(countryName(null, 'fr')).toBeNull()
})
