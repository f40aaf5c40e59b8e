import { expect, test } from 'vitest'
import { codeOfStep, stepOfCode } from './totp.ts'

// RFC 6238 appendix B, SHA-1, the last six of its eight digits.
const secret = Buffer.from('12345678901234567890')
const vectors = [
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_111_111_111, '050471'],
  [1_234_567_890, '005924'],
  [2_000_000_000, '279037'],
] as const

test.each(vectors)('the code at second %i is %s (RFC 6238)', (second, code) => {
  expect(codeOfStep(secret, Math.floor(second / 30))).toBe(code)
  expect(stepOfCode(secret, code, new Date(second * 1000))).toBe(Math.floor(second / 30))
})

test('a code is good one step early or late, and not two', () => {
  const at = (second: number) => stepOfCode(secret, '287082', new Date(second * 1000))
  expect(at(29)).toBe(1)
  expect(at(89)).toBe(1)
  expect(at(90)).toBeNull()
})

test('a space in the middle, as authenticators show it, is accepted', () => {
  expect(stepOfCode(secret, '287 082', new Date(59_000))).toBe(1)
})
