/** The hashes of the tree: RFC 6962 section 2.1, which RFC 9162 keeps. Each is 32 bytes of SHA-256. */
import { hash } from 'node:crypto'

export const hashBytes = 32

const leafPrefix = Buffer.of(0)

/** Of an entry: SHA-256(0x00 ‖ entry). */
export const leafHash = (entry: Uint8Array): Buffer =>
  hash('sha256', Buffer.concat([leafPrefix, entry], entry.length + 1), 'buffer')

// Written anew for each hash, which is taken before anything else can run.
const node = Buffer.alloc(1 + 2 * hashBytes, 1)

/** Of two subtrees: SHA-256(0x01 ‖ left ‖ right). */
export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  node.set(left, 1)
  node.set(right, 1 + hashBytes)
  return hash('sha256', node, 'buffer')
}

/** Of the tree without entries: SHA-256 of nothing. */
export const emptyRoot: Buffer = hash('sha256', '', 'buffer')

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
