import fc from 'fast-check'
import { expect, test } from 'vitest'
import { frenchVatHolds, luhnHolds, mod97Holds } from './check-digits.ts'

// As the registry of ISO 13616 and the Banque de France's guide on creditors' identifiers print them.
test.each(['FR1420041010050500013M02606', 'DE89370400440532013000', 'GB29NWBK60161331926819', 'FR72123456'])(
  '%s bears its key',
  (written) => {
    expect(mod97Holds(written)).toBe(true)
  },
)

test('one wrong character, or two that changed places, break the key', () => {
  const iban = 'FR7630006000011234567890189'
  fc.assert(
    fc.property(fc.integer({ min: 4, max: 26 }), fc.integer({ min: 0, max: 9 }), (at, digit) => {
      const other = `${iban.slice(0, at)}${digit}${iban.slice(at + 1)}`
      expect(mod97Holds(other)).toBe(other === iban)
      const swapped = `${iban.slice(0, at)}${iban.slice(at + 1, at + 2)}${iban[at]}${iban.slice(at + 2)}`
      expect(mod97Holds(swapped)).toBe(swapped === iban)
    }),
  )
})

test('what is no country, key and rest has no key', () => {
  for (const written of ['', 'FR', 'FR76', '7630006000', 'fr7630006000011234567890189', 'FR76-30006'])
    expect(mod97Holds(written)).toBe(false)
})

test('a French VAT number is the one of its SIREN', () => {
  // The example of the tax office (BOI-TVA-DECLA-20-10): SIREN 404 833 048.
  expect(frenchVatHolds('FR83404833048', '404833048')).toBe(true)
  expect(frenchVatHolds('FR84404833048', '404833048')).toBe(false)
  expect(frenchVatHolds('FR83404833048', '123456782')).toBe(false)
  expect(luhnHolds('404833048')).toBe(true)
})
