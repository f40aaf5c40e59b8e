import type { Findings } from './findings.ts'
import type { RowQueue } from './row-queue.ts'

/**
 * What was numbered after the last checkpoint: in order, and not for long.
 * @param since in milliseconds: what was written before had its time to be signed
 */
export async function checkTail(
  rows: RowQueue,
  { next, signed, since }: { next: number; signed: number; since: number },
  found: Findings,
): Promise<void> {
  let late: { index: number; entryId: string } | undefined
  let count = 0
  let expected = next
  for (;;) {
    await rows.fill(1)
    const row = rows.peek(0)
    if (!row) break
    rows.take()
    const { index, entryId, hash, storedHash, writtenAt = 0 } = row
    if (index > expected) found.add('row_deleted', { index: expected, values: { count: index - expected } })
    expected = index + 1
    count++
    if (!hash) found.add('row_deleted', { index, entryId, values: { count: 1 } })
    else if (!hash.equals(storedHash)) found.add('hash_edited', { index, entryId })
    if (writtenAt < since * 1000) late ??= { index, entryId }
  }
  if (late) found.add('unsigned', { ...late, values: { count, signed } })
}
