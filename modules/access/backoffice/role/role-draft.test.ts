import { expect, test } from 'vitest'
import { bodyOf, limitsNameNothing, newDraft, takenOver } from './role-draft.ts'

const permission = (name: string, over: { grantable?: boolean; limitable?: boolean } = {}) => ({
  permission: name,
  module: 'clients',
  stepUp: false,
  grantable: true,
  limitable: true,
  ...over,
})

test('a new role takes over what one may give, and when limited only what knows limits', () => {
  const permissions = [
    permission('clients.read'),
    permission('clients.import', { limitable: false }),
    permission('mail.read', { grantable: false, limitable: false }),
    permission('invoices.read'),
  ]
  const from = { permissions: ['clients.read', 'clients.import', 'mail.read'] }
  expect(takenOver(from, permissions, false)).toEqual({
    taken: ['clients.read', 'clients.import'],
    notYours: ['mail.read'],
    notLimitable: [],
  })
  expect(takenOver(from, permissions, true)).toEqual({
    taken: ['clients.read'],
    notYours: ['mail.read'],
    notLimitable: ['clients.import'],
  })
  expect(takenOver(undefined, permissions, false).taken).toEqual([])
})

test('limits that name nothing are told from no limits, and switched off they are not sent', () => {
  const draft = { ...newDraft(null, 70), name: 'Partenaire', limited: true }
  expect(limitsNameNothing(draft)).toBe(true)
  const named = { ...draft, limits: { departments: ['57'], clients: [], own: false } }
  expect(limitsNameNothing(named)).toBe(false)
  expect(bodyOf(named).limits.departments).toEqual(['57'])
  expect(bodyOf({ ...named, limited: false }).limits.departments).toEqual([])
})

test('a role begins below whoever makes it', () => {
  expect(newDraft(null, 5).level).toBe('4')
  expect(newDraft(null, 100).level).toBe('10')
})
