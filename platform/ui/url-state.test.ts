import { expect, test } from 'vitest'
import { z } from 'zod'
import { parseSearch, stringifySearch, understand } from './url-state.ts'

test('filters are written as plain words and read back the same', () => {
  const filters = { status: 'prospect', department: ['54', '57'], search: 'élodie & co' }
  expect(stringifySearch(filters)).toBe(
    '?status=prospect&department=54&department=57&search=%C3%A9lodie+%26+co',
  )
  expect(parseSearch(stringifySearch(filters))).toEqual(filters)
})

test('an empty filter leaves no trace in the address', () => {
  expect(stringifySearch({ status: undefined, search: '', sort: null })).toBe('')
})

test('a filter that makes no sense is left out, the others hold', () => {
  const schema = z.object({
    status: z.enum(['active', 'prospect']).optional(),
    limit: z.coerce.number().int().default(50),
  })
  expect(understand(schema, { status: 'nonsense', limit: '20' })).toEqual({ limit: 20 })
  expect(understand(schema, { status: 'active', limit: 'x' })).toEqual({ status: 'active', limit: 50 })
})
