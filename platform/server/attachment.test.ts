import fc from 'fast-check'
import { expect, test } from 'vitest'
import { attachment } from './attachment.ts'

test('the example of RFC 8187 is written as it is there', () => {
  expect(attachment('£ and € rates')).toBe("attachment; filename*=UTF-8''%C2%A3%20and%20%E2%82%AC%20rates")
})

test('an apostrophe, parentheses and an asterisk do not damage the name', () => {
  expect(attachment("Bilan d'Éric (2)*.pdf")).toBe(
    "attachment; filename*=UTF-8''Bilan%20d%27%C3%89ric%20%282%29%2A.pdf",
  )
})

test('whatever somebody named a file comes back as it was, in characters the header may hold', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (name) => {
      const [, value = ''] = attachment(name).split("filename*=UTF-8''")
      expect(value).toMatch(/^(?:[A-Za-z0-9!#$&+.^_`|~-]|%[0-9A-F]{2})*$/)
      expect(decodeURIComponent(value)).toBe(name)
    }),
  )
})

test('half of a character does not stop a download', () => {
  expect(attachment('\uD83D.pdf')).toBe("attachment; filename*=UTF-8''%EF%BF%BD.pdf")
})
