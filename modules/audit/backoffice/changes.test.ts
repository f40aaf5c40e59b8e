import { expect, test } from 'vitest'
import { changesIn } from './changes.ts'

test('a changed field is told with both sides, before those that stayed', () => {
  expect(changesIn({ before: { name: 'A', phone: null }, after: { name: 'A', phone: '1' } })).toEqual([
    { path: 'phone', before: null, after: '1', changed: true },
    { path: 'name', before: 'A', after: 'A', changed: false },
  ])
})

test('what lies deeper is named by its way, and a list of ids stays one field', () => {
  const byStatus = [{ previous: 'active', ids: ['a', 'b'] }]
  expect(changesIn({ before: { byStatus }, after: null }).map(({ path, before }) => [path, before])).toEqual([
    ['byStatus.0.previous', 'active'],
    ['byStatus.0.ids', ['a', 'b']],
  ])
})

test('an entry without fields has no changes', () => {
  expect(changesIn({ before: null, after: null })).toEqual([])
})
