import { expect, test } from 'vitest'
import { lengthOf } from './new-password-length.ts'

test.each([
  ['quatre mots', 11],
  ['été', 3],
  ['e\u0301te\u0301', 3],
  ['🔑🔑', 2],
  ['', 0],
])('%j counts %i characters', (password, length) => expect(lengthOf(password)).toBe(length))
