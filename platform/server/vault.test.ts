import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { vaultOf } from './vault.ts'

const vault = vaultOf(randomBytes(32))

test('what was sealed opens at its own place', () => {
  const sealed = vault.seal(Buffer.from('a secret'), 'table.column:1')
  expect(vault.open(sealed, 'table.column:1').toString()).toBe('a secret')
})

test('a sealed secret moved to another row does not open', () => {
  const sealed = vault.seal(Buffer.from('a secret'), 'table.column:1')
  expect(() => vault.open(sealed, 'table.column:2')).toThrow()
})

test('one changed bit anywhere is noticed', () => {
  const sealed = vault.seal(Buffer.from('a secret'), 'here')
  for (let at = 0; at < sealed.length; at++) {
    const changed = Buffer.from(sealed)
    changed[at]! ^= 1 // at < length
    expect(() => vault.open(changed, 'here')).toThrow()
  }
})

test('another master key opens nothing', () => {
  const sealed = vault.seal(Buffer.from('a secret'), 'here')
  expect(() => vaultOf(randomBytes(32)).open(sealed, 'here')).toThrow()
})
