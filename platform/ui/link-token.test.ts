import { expect, test } from 'vitest'
import { tokenIn } from './link-token.ts'

test.each([
  ['#sDXUG8q-80Jdl1QY0La0rOvSJLpkZgVROe7Tl0r2AII', 'sDXUG8q-80Jdl1QY0La0rOvSJLpkZgVROe7Tl0r2AII'],
  ['#', null],
  ['', null],
  ['# ', null],
])('behind %j stands the token %j', (hash, token) => expect(tokenIn(hash)).toBe(token))
