import { expect, test } from 'vitest'
import { newRecoveryCodes, readRecoveryCode, recoveryCodeIs } from './recovery-codes.ts'

test('ten codes are made, in groups of letters nobody mistakes, and only their hashes kept', async () => {
  const { codes, kept } = await newRecoveryCodes()
  expect(codes).toHaveLength(10)
  for (const code of codes) expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$/)
  expect(new Set(kept.map(({ selector }) => selector)).size).toBe(10)
  const [code = ''] = codes
  const [first] = kept
  expect(first?.selector).toBe(code.slice(0, 4))
  expect(first?.codeHash).toMatch(/^\$argon2id\$/)
  expect(JSON.stringify(kept)).not.toContain(code.slice(5, 9))
})

test.each([
  ['as it was shown', '01AB-CDEF-GHJK'],
  ['in one piece', '01ABCDEFGHJK'],
  ['in small letters and with spaces', ' 01ab cdef\u00a0ghjk '],
  ['with dashes a word processor made', '01AB–CDEF—GHJK'],
  ['with O for 0 and I or l for 1', 'OlAB-CDEF-GHJK'],
])('a code typed %s is read', (_how, typed) => {
  expect(readRecoveryCode(typed)).toEqual({ selector: '01AB', secret: 'CDEFGHJK' })
})

test.each([
  ['one letter short', '01AB-CDEF-GHJ'],
  ['one letter long', '01AB-CDEF-GHJKM'],
  ['with a U, which no code has', '01AB-CDEF-GHJU'],
  ['with a Kelvin sign', '01AB-CDEF-GHJ\u212a'],
  ['with a long s', '01AB-CDEF-GHJ\u017f'],
  ['in full width', '０１ＡＢ－ＣＤＥＦ－ＧＨＪＫ'],
  ['with a Cyrillic А', '01\u0410B-CDEF-GHJK'],
  ['of nothing', ' - - '],
])('what is %s is no code', (_what, typed) => {
  expect(readRecoveryCode(typed)).toBeNull()
})

test('a code opens by its own hash, and by no other or none', async () => {
  const { codes, kept } = await newRecoveryCodes()
  const typed = readRecoveryCode(codes[3]?.toLowerCase() ?? '')
  if (!typed) throw new Error('a code was expected')
  expect(await recoveryCodeIs(kept[3]?.codeHash, typed)).toBe(true)
  expect(await recoveryCodeIs(kept[4]?.codeHash, typed)).toBe(false)
  expect(await recoveryCodeIs(undefined, typed)).toBe(false)
})
