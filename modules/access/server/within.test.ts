import { expect, test } from 'vitest'
import { isLimited, limitsOf } from './within.ts'

const staffId = '0199f0e6-0000-7000-8000-000000000001'
const department = { kind: 'department', values: ['57'] }
const rights = {
  staffId,
  permissions: new Set(['clients.read', 'clients.write']),
  limits: new Map([['clients.read', [department]]]),
}

test('a permission held within limits reaches no further than these', () => {
  expect(limitsOf(rights, 'clients.read').limits).toEqual([department])
})

test('a permission held without limits reaches everywhere', () => {
  expect(isLimited(limitsOf(rights, 'clients.write'))).toBe(false)
})

test('a permission that is not held reaches nothing', () => {
  expect(limitsOf(rights, 'invoices.read').limits).toEqual([])
})

test('limits of a permission that is no longer held open nothing', () => {
  expect(limitsOf({ ...rights, permissions: new Set() }, 'clients.read').limits).toEqual([])
})
