import { expect, test } from 'vitest'
import { normalisePhone, phoneByPairs } from '#contract/clients'
import { groupedNumber, phoneInWords, sirenOf } from './number-words.ts'

const spaced = (text: string) => text.replaceAll(' ', '\u00A0')

test('a SIRET and a SIREN are grouped as INSEE does', () => {
  expect(groupedNumber('73282932000074')).toBe(spaced('732 829 320 00074'))
  expect(groupedNumber('732829320')).toBe(spaced('732 829 320'))
})

test('a number of another length stays as it stands', () => {
  expect(groupedNumber('12345')).toBe('12345')
})

test('the SIREN is the beginning of the SIRET, when there is one', () => {
  expect(sirenOf('73282932000074')).toBe('732829320')
  expect(sirenOf(null)).toBeNull()
  expect(sirenOf('732829320')).toBeNull()
})

test('a metropolitan telephone number is written by pairs, others keep their country', () => {
  expect(phoneInWords('+33639981234')).toBe(spaced('06 39 98 12 34'))
  expect(phoneInWords('+262692123456')).toBe('+262692123456')
})

test.each([
  '+33639981642',
  '+33123456789',
  '+33690123456',
  '+33639123456',
  '+262692123456',
  '+3225551212',
  '12 34',
])('the telephone number %s is the same once written out and read again', (phone) => {
  expect(normalisePhone(phoneByPairs(phone))).toBe(phone)
  expect(normalisePhone(phoneInWords(phone))).toBe(phone)
})
