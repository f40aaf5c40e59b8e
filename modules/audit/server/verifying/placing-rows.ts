/** Which row of the database is which entry of the tree: edited, deleted, inserted, swapped, or another altogether. */
import type { Findings } from './findings.ts'
import type { RowQueue } from './row-queue.ts'

/** An entry as the tree holds it. */
export type TrueEntry = { hash: Buffer; id: string | undefined }

export type RowPlacing = {
  /** How far the rows are from their true index since the last insertion or deletion. */
  readonly shift: number
  /** Takes the rows of these entries, from `first` on, off the queue. @param later ids of the entries after them */
  place(first: number, entries: readonly TrueEntry[], later: readonly (string | undefined)[]): void
  /** Tells of the entries that found no explanation in all the log. */
  end(): void
}

/** So many entries out of place are remembered, in case their counterpart comes. */
const mostPending = 10_000

export function openRowPlacing(rows: RowQueue, size: number, found: Findings): RowPlacing {
  let shift = 0
  let ended = false
  /** Told of already as the other half of a swap. */
  const told = new Set<number>()
  const pending = new Map<string, { index: number; entryId: string }>()
  let gap: { index: number; count: number; entryId: string | undefined } | undefined

  function closeGap(): void {
    if (gap)
      found.add('row_deleted', { index: gap.index, entryId: gap.entryId, values: { count: gap.count } })
    gap = undefined
  }

  /** Rows missing in succession are one finding, also across tiles. */
  function missing(index: number, count: number, entryId: string | undefined): void {
    if (gap && gap.index + gap.count === index) gap.count += count
    else {
      closeGap()
      gap = { index, count, entryId }
    }
  }

  function placeOne(
    index: number,
    entries: readonly TrueEntry[],
    later: readonly (string | undefined)[],
  ): number {
    const entry = entries[0]! // called with one at least
    const row = rows.peek(0)
    if (!row) {
      if (!ended) {
        ended = true
        found.add('last_rows_deleted', { index, entryId: entry.id, values: { size, count: size - index } })
      }
      return entries.length
    }
    const ahead = row.index - shift - index
    if (ahead > 0) {
      const count = Math.min(ahead, entries.length)
      missing(index, count, entry.id)
      return count
    }
    if (row.hash?.equals(entry.hash)) {
      if (!row.storedHash.equals(entry.hash)) found.add('hash_edited', { index, entryId: row.entryId })
    } else if (!row.leaf) missing(index, 1, row.entryId)
    else if (entry.id === undefined || entry.id === row.entryId)
      found.add('entry_edited', { index, entryId: row.entryId })
    else if (!told.delete(index)) {
      const ids = [...entries.map(({ id }) => id), ...later]
      const inserted = rowsUntil(entry.id)
      const deleted = ids.indexOf(row.entryId)
      // What was inserted or deleted moves all that follows; what was swapped moves nothing else.
      const follows = (ahead: number, id: string | undefined) =>
        id === undefined || (rows.peek(ahead)?.entryId ?? id) === id
      if (inserted > 0 && inserted === deleted) {
        found.add('rows_swapped', { index, entryId: entry.id, values: { other: index + inserted } })
        told.add(index + inserted)
      } else if (inserted > 0 && follows(inserted + 1, ids[1])) {
        found.add('row_inserted', { index, entryId: row.entryId, values: { count: inserted } })
        rows.take(inserted)
        shift += inserted
        return 0
      } else if (deleted > 0 && follows(1, ids[deleted + 1])) {
        // The rows that follow were moved up to close the gap.
        const count = Math.min(deleted, entries.length)
        missing(index, count, entry.id)
        shift -= count
        return count
      } else outOfPlace(index, entry.id, row.entryId)
    }
    rows.take()
    return 1
  }

  /** How many rows ahead the row of this entry is; 0: not in sight. */
  function rowsUntil(entryId: string): number {
    for (let ahead = 1; ; ahead++) {
      const row = rows.peek(ahead)
      if (!row) return 0
      if (row.entryId === entryId) return ahead
    }
  }

  function outOfPlace(index: number, expected: string, actual: string): void {
    const other = pending.get(actual)
    if (other?.entryId === expected) {
      pending.delete(actual)
      found.add('rows_swapped', { index: other.index, entryId: actual, values: { other: index } })
    } else if (pending.size < mostPending) pending.set(expected, { index, entryId: actual })
  }

  return {
    get shift() {
      return shift
    },
    place(first, entries, later) {
      for (let at = 0; at < entries.length;) at += placeOne(first + at, entries.slice(at), later)
    },
    end() {
      closeGap()
      for (const [expected, { index, entryId }] of pending)
        found.add('row_replaced', { index, entryId: expected, values: { found: entryId } })
    },
  }
}
