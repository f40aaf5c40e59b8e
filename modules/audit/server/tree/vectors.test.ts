import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { rootDir } from '#platform/server/config.ts'
import { openEdge } from './edge.ts'
import { emptyRoot, leafHash, nodeHash, rootOf } from './hashes.ts'
import { parseVkey } from './keys.ts'
import { NoteError, openNote } from './notes.ts'
import { consistencyProof, inclusionProof, verifyConsistency, verifyInclusion } from './proofs.ts'
import { entriesPath, fullTilesAt, levelsOf, partialTilesOf, tilePath } from './tiles.ts'

type Expected = { desc: string; file: string; proof: string[] | null; wantErr: boolean }
// The file's own shape, in tests/data.
const vectors = JSON.parse(readFileSync(path.join(rootDir, 'tests/data/tlog.json'), 'utf8')) as {
  hash: { empty: string; leaf_of_ascii_L123456: string; node_of_ascii_N123_N456: string }
  leaf_inputs: string[]
  leaf_hashes: string[]
  roots_by_size: string[]
  derived_inclusion: { leafIdx: number; treeSize: number; proof: string[] }[]
  derived_consistency: { size1: number; size2: number; proof: string[] }[]
  upstream_inclusion: (Expected & { leafIdx: number; treeSize: number; root: string; leafHash: string })[]
  upstream_consistency: (Expected & { size1: number; size2: number; root1: string; root2: string })[]
  signed_notes: { vkey: string; note: string }[]
  tiles: { index_paths: Record<string, string> }
}
const hex = (text: string) => Buffer.from(text, 'hex')
const base64 = (text: string) => Buffer.from(text, 'base64')
const leaves = vectors.leaf_inputs.map((input) => leafHash(hex(input)))
const hashAt = (level: number, index: number) =>
  rootOf(leaves.slice(index * 2 ** level, (index + 1) * 2 ** level))
const rootAt = (size: number) => rootOf(leaves.slice(0, size))
const root = (size: number) => hex(vectors.roots_by_size[size]!) // sizes of the file

describe('hashes', () => {
  test('of a leaf, of a node and of the empty tree are those of RFC 6962', () => {
    expect(leafHash(Buffer.from('L123456')).toString('hex')).toBe(vectors.hash.leaf_of_ascii_L123456)
    expect(emptyRoot.toString('hex')).toBe(vectors.hash.empty)
    expect(leaves.map((leaf) => leaf.toString('hex'))).toEqual(vectors.leaf_hashes)
  })

  test('of a node puts left before right', () => {
    const [left, right] = [leaves[0]!, leaves[1]!]
    expect(nodeHash(left, right)).toEqual(root(2))
    expect(nodeHash(right, left)).not.toEqual(root(2))
  })

  test('of every size of tree, whole or grown leaf by leaf', () => {
    const edge = openEdge()
    for (const size of vectors.roots_by_size.keys()) {
      expect(rootAt(size)).toEqual(root(size))
      expect(edge.root()).toEqual(root(size))
      if (size < leaves.length) edge.append(leaves[size]!)
    }
  })
})

describe('inclusion', () => {
  test.for(vectors.derived_inclusion)(
    'of leaf $leafIdx in a tree of $treeSize',
    async ({ leafIdx, treeSize, proof }) => {
      expect(await inclusionProof(leafIdx, treeSize, hashAt)).toEqual(proof.map(hex))
      expect(verifyInclusion(leafIdx, treeSize, leaves[leafIdx]!, proof.map(hex), root(treeSize))).toBe(true)
    },
  )

  test.for(vectors.upstream_inclusion)(
    '$file',
    ({ leafIdx, treeSize, leafHash: leaf, proof, root: of, wantErr }) => {
      const holds = verifyInclusion(leafIdx, treeSize, base64(leaf), (proof ?? []).map(base64), base64(of))
      expect(holds).toBe(!wantErr)
    },
  )
})

describe('consistency', () => {
  test.for(vectors.derived_consistency)('of $size2 with $size1', async ({ size1, size2, proof }) => {
    expect(await consistencyProof(size1, size2, hashAt)).toEqual(proof.map(hex))
    expect(verifyConsistency(size1, size2, root(size1), root(size2), proof.map(hex))).toBe(true)
  })

  test.for(vectors.upstream_consistency)('$file', ({ size1, size2, root1, root2, proof, wantErr }) => {
    const holds = verifyConsistency(size1, size2, base64(root1), base64(root2), (proof ?? []).map(base64))
    expect(holds).toBe(!wantErr)
  })
})

describe('signed notes', () => {
  test.for(vectors.signed_notes)('of $vkey', ({ vkey, note }) => {
    const key = parseVkey(vkey)
    expect(key.text).toBe(vkey)
    expect(openNote(note, [key])).toMatchObject({ verified: [{ vkey: key }], unknown: [] })
    expect(() => openNote(note.replace('e', 'a'), [key])).toThrow(NoteError)
    expect(() => openNote(note, [])).toThrow('no signature of a known key')
  })
})

describe('tiles', () => {
  test.for(Object.entries(vectors.tiles.index_paths))('number %s is at %s', ([n, expected]) => {
    expect(tilePath(0, Number(n))).toBe(`tile/0/${expected}`)
    expect(entriesPath(Number(n), 7)).toBe(`tile/entries/${expected}.p/7`)
  })

  test('of a tree of 70,000: 273 full and 112 hashes, 1 full and 17, 1', () => {
    expect([0, 1, 2].map((level) => fullTilesAt(level, 70_000))).toEqual([273, 1, 0])
    expect(partialTilesOf(70_000)).toEqual([
      { level: 0, n: 273, width: 112 },
      { level: 1, n: 1, width: 17 },
      { level: 2, n: 0, width: 1 },
    ])
  })

  test('of a tree of 256: one full, and one hash above it', () => {
    expect(levelsOf(256)).toBe(2)
    expect(fullTilesAt(0, 256)).toBe(1)
    expect(partialTilesOf(256)).toEqual([{ level: 1, n: 0, width: 1 }])
  })
})
