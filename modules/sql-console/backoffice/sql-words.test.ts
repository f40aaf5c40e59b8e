import { expect, test } from 'vitest'
import { syntaxInWords } from './sql-words.tsx'

const told = (message: string) =>
  syntaxInWords(message, ((key: string, values?: { near?: string }) =>
    [key, values?.near].filter(Boolean).join(' ')) as never) // keys and what stands in them

test('what the parser says of a text is said once, and in the reader’s language', () => {
  expect(told('syntax error at or near "status"')).toBe('sql.reason.syntax.near status')
  expect(told('syntax error at or near """')).toBe('sql.reason.syntax.near "')
  expect(told('syntax error at end of input')).toBe('sql.reason.syntax.end')
  expect(told('unterminated quoted string at or near "\'a"')).toBe('sql.reason.syntax.open')
  expect(told('something new')).toBe('sql.reason.syntax')
})
