import { createHash, randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { uuidv7 } from '#platform/server/ids.ts'
import { vaultOf } from '#platform/server/vault.ts'
import { canonicalJson } from './canonical-json.ts'
import { commitmentOf, ipIndexOf, openPayload, sealPayload, type Payload } from './payloads.ts'

const key = randomBytes(32)
const vault = vaultOf(key)
const id = uuidv7()
const payload: Payload = {
  before: { phone: null },
  after: { phone: '+33639981234' },
  ip: '192.0.2.7',
  userAgent: 'A browser',
  requestId: 'request-1',
}

test('a payload comes back as it was, under the commitment of its leaf', () => {
  const { sealed, commitment } = sealPayload(vault, id, payload)
  const opened = openPayload(vault, id, sealed)
  expect(opened.payload).toEqual(payload)
  expect(commitmentOf(opened.salted)).toBe(commitment)
})

test('the commitment is SHA-256 over 32 bytes of salt and the canonical JSON, as anybody can compute it', () => {
  const { sealed, commitment } = sealPayload(vault, id, payload)
  const { salted } = openPayload(vault, id, sealed)
  expect(salted.subarray(32).toString()).toBe(canonicalJson(payload))
  expect(
    createHash('sha256').update(salted.subarray(0, 32)).update(canonicalJson(payload)).digest('hex'),
  ).toBe(commitment)
})

test('the same payload never has the same commitment twice: nobody finds it by guessing', () => {
  const commitments = Array.from({ length: 50 }, () => sealPayload(vault, id, payload).commitment)
  expect(new Set(commitments).size).toBe(50)
})

test('another entry’s payload is refused, and so is one that was changed or sealed elsewhere', () => {
  const { sealed } = sealPayload(vault, id, payload)
  expect(() => openPayload(vault, uuidv7(), sealed)).toThrow()
  expect(() => openPayload(vaultOf(randomBytes(32)), id, sealed)).toThrow()
  fc.assert(
    fc.property(fc.nat(sealed.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
      const changed = Buffer.from(sealed)
      changed[at]! ^= change // within the length
      // A first byte of 0 says that it was written before payloads were sealed: then the commitment tells.
      if (changed[0] === 0)
        expect(commitmentOf(changed.subarray(1))).not.toBe(sealPayload(vault, id, payload).commitment)
      else expect(() => openPayload(vault, id, changed)).toThrow()
    }),
  )
})

test('a payload of a megabyte, in every Unicode plane, comes back whole', () => {
  const planes = Array.from({ length: 17 }, (_, plane) =>
    String.fromCodePoint(plane * 0x1_0000 + 0x20ac),
  ).join('')
  const text = planes.repeat(Math.ceil(1_048_576 / Buffer.byteLength(planes)))
  const { sealed, commitment } = sealPayload(vault, id, { after: { text } })
  expect(sealed.length).toBeGreaterThan(1_048_576)
  const opened = openPayload(vault, id, sealed)
  expect((opened.payload.after as { text: string }).text === text).toBe(true)
  expect(commitmentOf(opened.salted)).toBe(commitment)
})

test('what was written before this release opens without a key', () => {
  const salted = Buffer.concat([randomBytes(32), Buffer.from(canonicalJson(payload))])
  expect(openPayload(vault, id, Buffer.concat([Buffer.of(0), salted]))).toEqual({ payload, salted })
})

test('an address can be looked for and not be read: equal for equal addresses under one key, and only then', () => {
  const index = (ip: string) => ipIndexOf(vault, ip).toString('hex')
  const address = fc.oneof(fc.ipV4(), fc.ipV6())
  fc.assert(
    fc.property(address, address, (one, other) => {
      expect(index(one) === index(other)).toBe(one === other)
    }),
  )
  expect(index('192.0.2.7')).toBe(sealPayload(vault, id, payload).ipIndex?.toString('hex'))
  expect(index('192.0.2.7')).toHaveLength(32)
  expect(ipIndexOf(vaultOf(randomBytes(32)), '192.0.2.7').toString('hex')).not.toBe(index('192.0.2.7'))
  expect(sealPayload(vault, id, { after: 1 }).ipIndex).toBeNull()
})
