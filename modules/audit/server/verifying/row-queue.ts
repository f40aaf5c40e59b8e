/** The rows of the database in the order of the tree, with a view on those that come next. */
import { leafHash } from '../tree/hashes.ts'
import type { LeafRow } from './queries.ts'

/** What the comparison needs of a row: no payload, which may be a megabyte. */
export type QueuedRow = {
  index: number
  entryId: string
  storedHash: Buffer
  /** Absent: the number is there, the entry is not. */
  leaf?: Buffer
  hash?: Buffer
  /** Microseconds since 1970. */
  writtenAt?: number
}

export type RowQueue = {
  /** Looks so far ahead, where there is so much. */
  fill(count: number): Promise<void>
  /** The row so many places ahead, within what was filled. */
  peek(ahead: number): QueuedRow | undefined
  take(count?: number): void
}

/** @param seen told of each row once, as it comes */
export function openRowQueue(source: AsyncIterator<LeafRow[]>, seen: (row: LeafRow) => void): RowQueue {
  let queue: QueuedRow[] = []
  // Taking from the front of an array copies it: done once in a while.
  let front = 0
  let ended = false
  return {
    async fill(count) {
      while (!ended && queue.length - front < count) {
        const next = await source.next()
        ended = next.done === true
        if (next.done) return
        if (front > 0) {
          queue = queue.slice(front)
          front = 0
        }
        for (const row of next.value) {
          seen(row)
          const { index, entryId, storedHash, entry } = row
          queue.push({
            index,
            entryId,
            storedHash,
            ...(entry ? { leaf: entry.leaf, hash: leafHash(entry.leaf), writtenAt: entry.writtenAt } : {}),
          })
        }
      }
    },
    peek: (ahead) => queue[front + ahead],
    take(count = 1) {
      front = Math.min(front + count, queue.length)
    },
  }
}
