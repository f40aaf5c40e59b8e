import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { vaultOf } from '#platform/server/vault.ts'
import { newChallenge, openChallenge } from './challenges.ts'

const vault = vaultOf(randomBytes(32))
const now = new Date('2026-11-22T09:00:00Z')
const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000)
const made = newChallenge(vault, 'step-up a', now).toString('base64url')

test('a challenge opens for what it was made for, during five minutes', () => {
  expect(openChallenge(vault, made, 'step-up a', now)?.nonce).toHaveLength(16)
  expect(openChallenge(vault, made, 'step-up a', later(4.99))).toMatchObject({ expiresAt: later(5) })
  expect(openChallenge(vault, made, 'step-up a', later(5))).toBeNull()
})

test('made for one thing it answers no other, and another installation none', () => {
  expect(openChallenge(vault, made, 'step-up b', now)).toBeNull()
  expect(openChallenge(vaultOf(randomBytes(32)), made, 'step-up a', now)).toBeNull()
})

test('changed in any single bit it is not ours', () => {
  const bytes = Buffer.from(made, 'base64url')
  for (let bit = 0; bit < bytes.length * 8; bit++) {
    const changed = Buffer.from(bytes)
    changed[bit >> 3]! ^= 1 << (bit & 7) // within the buffer
    expect(openChallenge(vault, changed.toString('base64url'), 'step-up a', now)).toBeNull()
  }
})

test.each([
  ['nothing', ''],
  ['a part of it', made.slice(0, 40)],
  ['more than it', `${made}AAAA`],
  ['padding it never had', `${made}=`],
  ['a hundred thousand letters', 'A'.repeat(100_000)],
  ['no base64', '<script>'],
])('%s is no challenge', (_what, text) => {
  expect(openChallenge(vault, text, 'step-up a', now)).toBeNull()
})

test('no two are alike', () => {
  const many = Array.from({ length: 100 }, () => newChallenge(vault, 'x', now).toString('hex'))
  expect(new Set(many).size).toBe(100)
})
