import { expect, test } from 'vitest'
import { fitting, nextSort } from './columns.ts'

const columns = [
  { id: 'name', width: 200, importance: 1 as const },
  { id: 'city', width: 100, importance: 3 as const },
  { id: 'status', width: 100, importance: 2 as const },
]
const shown = (width: number) => fitting(columns, width).map((column) => column.id)

test('where there is room, every column shows in its own order', () => {
  expect(shown(400)).toEqual(['name', 'city', 'status'])
})

test('the least important column leaves first', () => {
  expect(shown(399)).toEqual(['name', 'status'])
  expect(shown(299)).toEqual(['name'])
})

test('the most important one stays even where nothing fits', () => {
  expect(shown(50)).toEqual(['name'])
})

test('sorting the sorted column turns it round, another one starts upwards', () => {
  expect(nextSort(undefined, 'name')).toEqual({ column: 'name', direction: 'asc' })
  expect(nextSort({ column: 'name', direction: 'asc' }, 'name').direction).toBe('desc')
  expect(nextSort({ column: 'name', direction: 'desc' }, 'name').direction).toBe('asc')
  expect(nextSort({ column: 'name', direction: 'asc' }, 'city')).toEqual({
    column: 'city',
    direction: 'asc',
  })
})
