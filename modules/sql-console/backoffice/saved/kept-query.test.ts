import { expect, test } from 'vitest'
import type { SqlQuery } from '#contract/sql-console'
import { definitionsFor, isFor, isUnsaved, targetFor } from './kept-query.ts'

const saved = { text: 'select 1' } as SqlQuery // only its text is asked for

test('a tab is unsaved when its text is not what was saved, and when it was never saved and says something', () => {
  expect(isUnsaved({ text: 'select 1', saved })).toBe(false)
  expect(isUnsaved({ text: 'select 2', saved })).toBe(true)
  expect(isUnsaved({ text: 'select 2', saved: null })).toBe(true)
  expect(isUnsaved({ text: ' \n', saved: null })).toBe(false)
})

test('parameters are as many as the text asks for, and stay described', () => {
  const known = [{ name: 'Depuis', type: 'date' as const, initial: '2026-01-01' }]
  expect(definitionsFor(2, known)).toEqual([...known, { name: '', type: 'text', initial: '' }])
  expect(definitionsFor(0, known)).toEqual([])
})

test('a query for the central database goes there, one for practices to the practice one is in', () => {
  const practice = '0190a5f0-0000-7000-8000-000000000000'
  expect(targetFor({ target: 'central' }, practice)).toBe('central')
  expect(targetFor({ target: 'tenant' }, practice)).toBe(practice)
  expect(isFor({ target: 'tenant' }, targetFor({ target: 'tenant' }, 'central'))).toBe(false)
})
