import { describe, expect, test } from 'vitest'
import { whyNot } from './known-roles.ts'

const claire = { level: 80, permissions: new Set(['staff.manage', 'clients.read']), isTop: false }

describe('a role can be given', () => {
  test('by who stands above it and holds all it holds', () => {
    expect(whyNot({ level: 20, permissions: ['clients.read'] }, claire)).toBeNull()
  })

  test('at the top by the top alone', () => {
    const antoine = { level: 100, permissions: new Set<string>(), isTop: true }
    expect(whyNot({ level: 100, permissions: ['sql.execute'] }, antoine)).toBeNull()
    expect(whyNot({ level: 100, permissions: [] }, { ...antoine, isTop: false })).toEqual({ reason: 'level' })
  })
})

test('one’s own level is too high, whatever the role holds', () => {
  expect(whyNot({ level: 80, permissions: [] }, claire)).toEqual({ reason: 'level' })
})

test('the rights one lacks are named, and no other', () => {
  expect(whyNot({ level: 20, permissions: ['clients.read', 'sql.execute'] }, claire)).toEqual({
    reason: 'permissions',
    lacking: ['sql.execute'],
  })
})
