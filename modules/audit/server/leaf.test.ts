import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { leafOf, longestLeaf, readLeaf, type Leaf } from './leaf.ts'

const entry: Leaf = {
  v: 1,
  id: '0199a000-0000-7000-8000-000000000000',
  time: '2026-11-22T08:30:00.000Z',
  actor: { type: 'staff', id: '0199a000-0000-7000-8000-000000000001' },
  session: '0199a000-0000-7000-8000-000000000002',
  verb: 'client.updated',
  object: { type: 'client', id: '0199a000-0000-7000-8000-000000000003' },
  result: 'done',
  commitment: 'ab'.repeat(32),
}

test('a leaf is canonical JSON, byte for byte the same wherever it is written', () => {
  expect(leafOf(entry)).toBe(
    '{"actor":{"id":"0199a000-0000-7000-8000-000000000001","type":"staff"},' +
      `"commitment":"${'ab'.repeat(32)}","id":"0199a000-0000-7000-8000-000000000000",` +
      '"object":{"id":"0199a000-0000-7000-8000-000000000003","type":"client"},"result":"done",' +
      '"session":"0199a000-0000-7000-8000-000000000002","time":"2026-11-22T08:30:00.000Z","v":1,"verb":"client.updated"}',
  )
  expect(readLeaf(leafOf(entry))).toEqual(entry)
})

test('what has no value has no key', () => {
  const leaf = leafOf({ ...entry, reason: undefined, object: { type: 'client', id: undefined } })
  expect(leaf).not.toContain('reason')
  expect(readLeaf(leaf).object).toEqual({ type: 'client' })
})

test('a leaf longer than a bundle can tell is refused, one byte less is not', () => {
  const room = longestLeaf - Buffer.byteLength(leafOf({ ...entry, reason: '' }))
  expect(Buffer.byteLength(leafOf({ ...entry, reason: 'x'.repeat(room) }))).toBe(65_535)
  expect(() => leafOf({ ...entry, reason: 'x'.repeat(room + 1) })).toThrow(RangeError)
  // Bytes count, not characters.
  expect(() => leafOf({ ...entry, reason: 'é'.repeat(room / 2 + 1) })).toThrow(RangeError)
})

test('whatever stands in a reason, the leaf reads back the same', () => {
  const planes = fc.string({ unit: 'binary' })
  fc.assert(
    fc.property(planes, (reason) => {
      expect(readLeaf(leafOf({ ...entry, reason })).reason).toBe(reason)
    }),
  )
})

describe('what is no leaf of ours is refused', () => {
  const leaf = leafOf(entry)
  test.each([
    ['a space more', leaf.replace(',', ', ')],
    ['members in another order', leaf.replace(/^\{("actor":\{.*?\}),(.*)\}$/, '{$2,$1}')],
    ['a character escaped that need not be', leaf.replace('client.updated', 'client.up\\u0064ated')],
    ['a number written otherwise', leaf.replace('"v":1', '"v":1.0')],
    ['a member said twice', leaf.replace('"v":1', '"v":1,"v":1')],
    ['a member of its own', leaf.replace('"v":1', '"v":1,"w":1')],
    ['another version', leaf.replace('"v":1', '"v":2')],
    ['a name beside the actor’s id', leaf.replace('"type":"staff"', '"type":"staff","name":"Lucie"')],
    ['a time without milliseconds', leaf.replace('.000Z', 'Z')],
    ['a result nobody declared', leaf.replace('"done"', '"undone"')],
    ['a commitment that is none', leaf.replace('abab', 'xyxy')],
    ['no JSON', leaf.slice(1)],
    ['nothing', ''],
  ])('%s', (_, text) => {
    expect(text).not.toBe(leaf)
    expect(() => readLeaf(text)).toThrow()
  })
})
