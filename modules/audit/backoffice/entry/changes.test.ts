import { expect, test } from 'vitest'
import { changesIn, listChange } from './changes.ts'

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

test('a list is told by what came into it and what left it', () => {
  const [change] = changesIn({
    before: { roles: ['sales', 'support'] },
    after: { roles: ['support', 'billing'] },
  })
  expect(change && listChange(change)).toEqual({ added: ['billing'], removed: ['sales'], same: ['support'] })
})

test('a list that had not been there has only additions, and what is no list has no such change', () => {
  const [made] = changesIn({ before: null, after: { roles: ['sales'] } })
  expect(made && listChange(made)).toEqual({ added: ['sales'], removed: [], same: [] })
  const [name] = changesIn({ before: { name: 'A' }, after: { name: 'B' } })
  expect(name && listChange(name)).toBeNull()
})

test('fields stand as in the client’s form, not by their letters', () => {
  const after = { city: 'Arles', firstName: 'Irma', lastName: 'Delmas', phone: '+33639981191', zone: 'B' }
  expect(changesIn({ before: null, after }).map(({ path }) => path)).toEqual([
    'lastName',
    'firstName',
    'phone',
    'city',
    'zone',
  ])
})
