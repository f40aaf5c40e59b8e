import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { vaultOf } from '#platform/server/vault.ts'
import { openEnrolment, sealEnrolment } from './enrolments.ts'

const vault = vaultOf(randomBytes(32))
const now = new Date('2026-11-22T09:00:00Z')
const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000)
const secret = randomBytes(20)
const sealed = sealEnrolment(vault, secret, 'a', now)

test('an offer opens for its session, during a quarter of an hour', () => {
  expect(openEnrolment(vault, sealed, 'a', later(14.9))?.secret).toEqual(secret)
  expect(openEnrolment(vault, sealed, 'a', later(15))).toBeNull()
  expect(openEnrolment(vault, sealed, 'b', now)).toBeNull()
})

test('cut short anywhere it is none', () => {
  for (let length = 0; length < sealed.length - 1; length += 7)
    expect(openEnrolment(vault, sealed.slice(0, length), 'a', now)).toBeNull()
})
