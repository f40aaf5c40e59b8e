import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openEdge, type FilledTile } from './edge.ts'
import { leafHash, rootOf } from './hashes.ts'
import { consistencyProof, inclusionProof, verifyConsistency, verifyInclusion } from './proofs.ts'
import { entryAt, nodesOf, partialsOf, TileMissing } from './reading.ts'
import { decodeBundle, encodeBundle, entriesPath, parseTilePath, TILE, tilePath } from './tiles.ts'

const entryOf = (index: number) => Buffer.from(`entry ${index}`)
const leafOf = (index: number) => leafHash(entryOf(index))

/** A log in memory: what a sequencer would have written to a folder. */
function grown(size: number): {
  root: Buffer
  files: Map<string, Buffer>
  read: (path: string) => Promise<Buffer | undefined>
} {
  const files = new Map<string, Buffer>()
  const put = ({ level, n, width, hashes }: FilledTile) => {
    files.set(tilePath(level, n, width), hashes)
    const entries = Array.from({ length: width }, (_, at) => entryOf(n * TILE + at))
    if (level === 0) files.set(entriesPath(n, width), encodeBundle(entries))
  }
  const edge = openEdge()
  for (let index = 0; index < size; index++) edge.append(leafOf(index)).forEach(put)
  edge.partials().forEach(put)
  return { root: edge.root(), files, read: async (path) => files.get(path) }
}

const flip = (hash: Buffer, bit: number) => {
  const copy = Buffer.from(hash)
  copy[Math.floor(bit / 8)]! ^= 1 << (bit % 8) // a bit of its 256
  return copy
}

/** Around the places where tiles end and levels begin, and anywhere. */
const sizes = fc.oneof(
  fc.integer({ min: 1, max: 600 }),
  fc.constantFrom(1, 2, 255, 256, 257, 511, 512, 513, 65_537),
)
const bit = fc.nat({ max: 255 })

test('a tree that grew has the root of the tree built at once, at every size', () => {
  const edge = openEdge()
  const leaves: Buffer[] = []
  for (let index = 0; index < 600; index++) {
    leaves.push(leafOf(index))
    edge.append(leafOf(index))
    if (index % 7 === 0 || index > 500) expect(edge.root()).toEqual(rootOf(leaves))
  }
})

test('every entry of a tree is proved in it from its tiles, and at no other index', async () => {
  for (const size of [1, 2, 3, 255, 256, 257, 300, 777]) {
    const { root, read } = grown(size)
    const hashAt = nodesOf(size, read)
    for (let index = 0; index < size; index++) {
      const proof = await inclusionProof(index, size, hashAt)
      expect(verifyInclusion(index, size, leafOf(index), proof, root)).toBe(true)
      expect(verifyInclusion((index + 1) % size, size, leafOf(index), proof, root)).toBe(size === 1)
    }
  }
})

test('of any entry of any tree, no bit of leaf, proof or root may be another', async () => {
  await fc.assert(
    fc.asyncProperty(sizes, fc.nat(), fc.nat(), bit, async (size, anywhere, place, at) => {
      const { root, read } = grown(size)
      const index = anywhere % size
      const proof = await inclusionProof(index, size, nodesOf(size, read))
      const leaf = leafOf(index)
      expect(verifyInclusion(index, size, leaf, proof, root)).toBe(true)
      expect(verifyInclusion(index, size, flip(leaf, at), proof, root)).toBe(false)
      expect(verifyInclusion(index, size, leaf, proof, flip(root, at))).toBe(false)
      expect(verifyInclusion(index, size, leaf, [...proof, root], root)).toBe(false)
      if (proof.length === 0) return
      const changed = proof.map((hash, one) => (one === place % proof.length ? flip(hash, at) : hash))
      expect(verifyInclusion(index, size, leaf, changed, root)).toBe(false)
      expect(verifyInclusion(index, size, leaf, proof.slice(1), root)).toBe(false)
    }),
    { numRuns: 60 },
  )
})

test('a tree is proved to begin with any tree before it, and with no other', async () => {
  await fc.assert(
    fc.asyncProperty(sizes, fc.nat(), fc.nat(), bit, async (second, anywhere, place, at) => {
      const first = 1 + (anywhere % second)
      const { root, read } = grown(second)
      const older = grown(first).root
      const proof = await consistencyProof(first, second, nodesOf(second, read))
      expect(verifyConsistency(first, second, older, root, proof)).toBe(true)
      expect(verifyConsistency(first, second, flip(older, at), root, proof)).toBe(false)
      expect(verifyConsistency(first, second, older, flip(root, at), proof)).toBe(false)
      if (proof.length === 0) return
      const changed = proof.map((hash, one) => (one === place % proof.length ? flip(hash, at) : hash))
      expect(verifyConsistency(first, second, older, root, changed)).toBe(false)
    }),
    { numRuns: 60 },
  )
})

test('an edge opened from partial tiles goes on as if it had never been closed', async () => {
  await fc.assert(
    fc.asyncProperty(sizes, fc.integer({ min: 0, max: 300 }), async (size, more) => {
      const edge = openEdge(size, await partialsOf(size, grown(size).read))
      expect(edge.root()).toEqual(grown(size).root)
      const tiles: FilledTile[] = []
      for (let index = size; index < size + more; index++) tiles.push(...edge.append(leafOf(index)))
      const whole = grown(size + more)
      expect(edge.size).toBe(size + more)
      expect(edge.root()).toEqual(whole.root)
      for (const { level, n, width, hashes } of [...tiles, ...edge.partials()])
        expect(whole.files.get(tilePath(level, n, width))).toEqual(hashes)
    }),
    { numRuns: 30 },
  )
  expect(() => openEdge(3, [])).toThrow(RangeError)
})

test('a partial tile is a picture of its moment, which later leaves do not change', () => {
  const edge = openEdge()
  edge.append(leafOf(0))
  const [before] = edge.partials()
  edge.append(leafOf(1))
  expect(before?.hashes).toEqual(leafOf(0))
})

test('an older tree is read from the full tiles that replaced its partial ones', async () => {
  const older = grown(300)
  const newer = grown(512)
  // A partial tile goes once the full one is there; of level 1 none is full yet.
  for (const path of ['tile/0/001.p/44', 'tile/entries/001.p/44']) expect(older.files.delete(path)).toBe(true)
  const read = async (path: string) => older.files.get(path) ?? newer.files.get(path)
  const proof = await inclusionProof(299, 300, nodesOf(300, read))
  expect(verifyInclusion(299, 300, leafOf(299), proof, older.root)).toBe(true)
  expect(await entryAt(299, 300, read)).toEqual(entryOf(299))
})

test('a tile that is missing or too short is named', async () => {
  const { files, read } = grown(300)
  files.set('tile/0/001.p/44', files.get('tile/0/001.p/44')!.subarray(0, 32 * 40))
  await expect(inclusionProof(299, 300, nodesOf(300, read))).rejects.toThrow(
    'tile/0/001.p/44 holds 40 hashes',
  )
  files.delete('tile/0/000')
  await expect(inclusionProof(0, 300, nodesOf(300, read))).rejects.toThrow(TileMissing)
})

test('a bundle holds entries of any bytes, and one cut short is noticed', () => {
  const entry = fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes))
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 20 }), (entries) => {
      const bundle = encodeBundle(entries)
      expect(decodeBundle(bundle)).toEqual(entries)
      if (entries.length > 0) expect(() => decodeBundle(bundle.subarray(0, -1))).toThrow(RangeError)
    }),
  )
  expect(decodeBundle(encodeBundle([Buffer.alloc(65_535)]))).toHaveLength(1)
})

test('a path is read as what it was written from, and nothing else is a path', () => {
  fc.assert(
    fc.property(
      fc.nat({ max: 63 }),
      fc.nat({ max: 5e9 }),
      fc.integer({ min: 1, max: TILE }),
      (level, n, width) => {
        expect(parseTilePath(tilePath(level, n, width))).toEqual({ entries: false, level, n, width })
        expect(parseTilePath(entriesPath(n, width))).toEqual({ entries: true, level: 0, n, width })
      },
    ),
  )
  for (const path of [
    'tile/0/0',
    'tile/64/000',
    'tile/00/000',
    'tile/0/000.p/256',
    'tile/0/000.p/0',
    'tile/0/x000/001',
    `tile/0/${'x999/'.repeat(6)}999`,
    `tile/entries/${'x999/'.repeat(200)}999`,
  ])
    expect(parseTilePath(path)).toBeUndefined()
  expect(parseTilePath('tile/0/../../key')).toBeUndefined()
})
