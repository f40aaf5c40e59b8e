import { describe, expect, test } from 'vitest'
import { changesOf, countOf, inverseOf, turned, wishFor, wouldHold, type Wishes } from './wishes.ts'

const none: Wishes = new Map()
const sales = { id: 'sales', permissions: ['clients.read'] }
const support = { id: 'support', permissions: [] }

describe('a wish', () => {
  test('is what the cell shall be, and turning it back leaves nothing to save', () => {
    const once = turned(none, sales, 'clients.write')
    expect(wouldHold(once, sales, 'clients.write')).toBe(true)
    expect(wishFor(once, sales, 'clients.write')).toBe(true)
    const twice = turned(once, sales, 'clients.write')
    expect(wishFor(twice, sales, 'clients.write')).toBeUndefined()
    expect(changesOf(twice, [sales, support])).toEqual([])
  })

  test('is fulfilled when somebody else saved the same meanwhile, and stays where they saved something else', () => {
    const wishes = turned(turned(none, sales, 'clients.write'), sales, 'clients.read')
    expect(
      changesOf(wishes, [{ id: 'sales', permissions: ['clients.read', 'clients.write', 'mail.read'] }]),
    ).toEqual([{ role: 'sales', add: [], remove: ['clients.read'] }])
  })

  test('for a role that is gone changes nothing', () => {
    expect(changesOf(turned(none, support, 'clients.read'), [sales])).toEqual([])
  })
})

test('changes are counted by cell, and their inverse brings everything back', () => {
  const wishes = turned(turned(turned(none, sales, 'clients.read'), sales, 'mail.read'), support, 'mail.read')
  const changes = changesOf(wishes, [sales, support])
  expect(countOf(changes)).toBe(3)
  expect(inverseOf(changes)).toEqual([
    { role: 'sales', add: ['clients.read'], remove: ['mail.read'] },
    { role: 'support', add: [], remove: ['mail.read'] },
  ])
})
