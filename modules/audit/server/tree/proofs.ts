/** Proofs that an entry is in a tree, and that a tree grew out of an older one: made and checked as RFC 9162 says. */
import { hashBytes, nodeHash } from './hashes.ts'

/** Hash of the perfect subtree over the leaves [index × 2^level, (index + 1) × 2^level): a node of the whole tree. */
export type HashAt = (level: number, index: number) => Buffer | Promise<Buffer>

/** Leaves [start, end) that one hash of a proof stands for. */
type Range = { start: number; end: number }

/**
 * PATH of section 2.1.3.1, from the leaf's sibling up.
 * @throws {RangeError} no such entry in a tree of this size
 */
export function inclusionProof(index: number, size: number, hashAt: HashAt): Promise<Buffer[]> {
  if (!isCount(index) || !isCount(size) || index >= size)
    throw new RangeError(`no entry ${index} in a tree of ${size}`)
  const siblings: Range[] = []
  for (let start = 0, end = size; end - start > 1;) {
    const middle = start + splitOf(end - start)
    siblings.unshift(index < middle ? { start: middle, end } : { start, end: middle })
    if (index < middle) end = middle
    else start = middle
  }
  return rootsOf(siblings, hashAt)
}

/**
 * PROOF of section 2.1.4.1.
 * @throws {RangeError} unless 0 < first ≤ second: every tree grew out of the empty one, which proves nothing
 */
export function consistencyProof(first: number, second: number, hashAt: HashAt): Promise<Buffer[]> {
  if (!isCount(first) || !isCount(second) || first < 1 || first > second)
    throw new RangeError(`no tree of ${second} grew out of one of ${first}`)
  const parts: Range[] = []
  // SUBPROOF: whoever checks knows the root of the first tree, and with it that of a part beginning at 0.
  let [start, end] = [0, second]
  while (first < end) {
    const middle = start + splitOf(end - start)
    parts.unshift(first <= middle ? { start: middle, end } : { start, end: middle })
    if (first <= middle) end = middle
    else start = middle
  }
  if (start > 0) parts.unshift({ start, end })
  return rootsOf(parts, hashAt)
}

/** Section 2.1.3.2: whether the leaf of this hash stands at this index of the tree of this root. */
export function verifyInclusion(
  index: number,
  size: number,
  leaf: Uint8Array,
  proof: readonly Uint8Array[],
  root: Uint8Array,
): boolean {
  if (!isCount(index) || !isCount(size) || index >= size) return false
  if (![leaf, root, ...proof].every(isHash)) return false
  let fn = index
  let sn = size - 1
  let hash: Buffer = Buffer.from(leaf)
  for (const sibling of proof) {
    if (sn === 0) return false
    if (isOdd(fn) || fn === sn) {
      hash = nodeHash(sibling, hash)
      while (!isOdd(fn) && fn !== 0) [fn, sn] = [half(fn), half(sn)]
    } else hash = nodeHash(hash, sibling)
    ;[fn, sn] = [half(fn), half(sn)]
  }
  return sn === 0 && hash.equals(root)
}

/** Section 2.1.4.2: whether the second tree begins with all of the first. Trees of no entry are refused. */
export function verifyConsistency(
  first: number,
  second: number,
  firstRoot: Uint8Array,
  secondRoot: Uint8Array,
  proof: readonly Uint8Array[],
): boolean {
  if (!isCount(first) || !isCount(second) || first < 1 || first > second) return false
  if (![firstRoot, secondRoot, ...proof].every(isHash)) return false
  if (first === second) return proof.length === 0 && Buffer.from(firstRoot).equals(secondRoot)
  if (proof.length === 0) return false
  const [seed, ...path] = isPowerOfTwo(first) ? [firstRoot, ...proof] : proof
  let fn = first - 1
  let sn = second - 1
  while (isOdd(fn)) [fn, sn] = [half(fn), half(sn)]
  let fr: Buffer = Buffer.from(seed!) // a path has at least one hash: just checked
  let sr: Buffer = fr
  for (const hash of path) {
    if (sn === 0) return false
    if (isOdd(fn) || fn === sn) {
      fr = nodeHash(hash, fr)
      sr = nodeHash(hash, sr)
      while (!isOdd(fn) && fn !== 0) [fn, sn] = [half(fn), half(sn)]
    } else sr = nodeHash(sr, hash)
    ;[fn, sn] = [half(fn), half(sn)]
  }
  return sn === 0 && fr.equals(firstRoot) && sr.equals(secondRoot)
}

const rootsOf = (ranges: Range[], hashAt: HashAt): Promise<Buffer[]> =>
  Promise.all(ranges.map(({ start, end }) => subtreeHash(start, end, hashAt)))

/** MTH(D[start:end]) of section 2.1.1, where start is a multiple of the largest power of two in it. */
export async function subtreeHash(start: number, end: number, hashAt: HashAt): Promise<Buffer> {
  const parts: (Buffer | Promise<Buffer>)[] = []
  for (let from = start; from < end;) {
    const level = Math.floor(Math.log2(end - from))
    parts.push(hashAt(level, from / 2 ** level))
    from += 2 ** level
  }
  return (await Promise.all(parts)).reduceRight((right, left) => nodeHash(left, right))
}

// Sizes may pass 2^32, where JavaScript's bitwise operators end; up to 2^53 these are exact.
const isCount = (value: number) => Number.isSafeInteger(value) && value >= 0
const isHash = (bytes: Uint8Array) => bytes.length === hashBytes
const isOdd = (value: number) => value % 2 === 1
const half = (value: number) => Math.floor(value / 2)
const isPowerOfTwo = (value: number) => 2 ** Math.floor(Math.log2(value)) === value

/** The largest power of two below n > 1: where RFC 9162 splits a tree. */
export const splitOf = (n: number) => 2 ** Math.floor(Math.log2(n - 1))
