/** The hashes of the tree: RFC 6962 section 2.1, which RFC 9162 keeps. Each is 32 bytes of SHA-256. */
import { hash } from 'node:crypto'

export const hashBytes = 32

// Written anew for each hash, which is taken before anything else can run.
const leaf = Buffer.alloc(1 + 65_535)
const node = Buffer.alloc(1 + 2 * hashBytes, 1)

/** Of an entry: SHA-256(0x00 ‖ entry). */
export function leafHash(entry: Uint8Array): Buffer {
  if (entry.length >= leaf.length) return sha256(Buffer.concat([Buffer.of(0), entry]))
  leaf.set(entry, 1)
  return sha256(leaf.subarray(0, 1 + entry.length))
}

/** Of two subtrees: SHA-256(0x01 ‖ left ‖ right). */
export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  node.set(left, 1)
  node.set(right, 1 + hashBytes)
  return sha256(node)
}

/** By way of a string, each byte a character: half the time, and a hash does not get a memory block of its own. */
function sha256(bytes: Uint8Array): Buffer {
  return Buffer.from(hash('sha256', bytes, 'latin1'), 'latin1')
}

/** Of the tree without entries: SHA-256 of nothing. */
export const emptyRoot: Buffer = sha256(Buffer.alloc(0))

/** MTH of RFC 6962 section 2.1, over hashes of leaves or of perfect subtrees of one height. */
export function rootOf(hashes: readonly Uint8Array[]): Buffer {
  if (hashes.length === 0) return Buffer.from(emptyRoot)
  let row: Buffer[] = hashes.map((one) => Buffer.from(one))
  // Pairing from the left and carrying the odd one up gives the same tree as splitting at powers of two.
  while (row.length > 1)
    row = Array.from({ length: Math.ceil(row.length / 2) }, (_, at) => {
      const [left, right] = row.slice(2 * at, 2 * at + 2)
      return right === undefined ? left! : nodeHash(left!, right) // a pair has at least its left
    })
  return row[0]! // the loop ends at one
}
