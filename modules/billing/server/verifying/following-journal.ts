/** The journal from its first entry to its last, and the ends of it that the log was told. */
import { createHash } from 'node:crypto'
import type { CentralDb } from '#platform/server/db.ts'
import { nothingBefore } from '../issuing/freezing.ts'
import { broken, type Break } from './breaks.ts'
import { openEntries, sealedEntries, sealsTold, type JournalEntry } from './journal-queries.ts'

const atOnce = 5_000

/** As `seal_billing_journal` reckons it. */
function linkAfter(previous: Buffer, { id, source, gone, xid, writtenAt, said }: JournalEntry): Buffer {
  const entry = createHash('sha256').update([id, source, gone, xid, writtenAt, said].join('\n')).digest()
  return createHash('sha256').update(previous).update(entry).digest()
}

export async function followJournal(
  db: CentralDb,
): Promise<{ told: { entries: number; open: number; sha256: string }; breaks: Break[] }> {
  const breaks: Break[] = []
  const ends = new Map<number, string[]>()
  for (const { position, sha256 } of await sealsTold(db))
    ends.set(position, [...(ends.get(position) ?? []), sha256])
  let position = 0
  let link: Buffer = nothingBefore
  for (;;) {
    const page = await sealedEntries(db, position, atOnce)
    for (const entry of page) {
      const about = { row: String(entry.id) }
      if (entry.position !== position + 1)
        breaks.push(broken('journal', about, 'position', position + 1, entry.position))
      const reckoned = linkAfter(link, entry)
      if (!reckoned.equals(entry.sha256))
        breaks.push(
          broken('journal', about, 'sha256', reckoned.toString('hex'), entry.sha256.toString('hex')),
        )
      position = entry.position
      // As it stands: one entry that was changed is told of once.
      link = entry.sha256
      for (const end of ends.get(position) ?? [])
        if (end !== link.toString('hex'))
          breaks.push(broken('log', about, 'billing_journal.sha256', end, link.toString('hex')))
      ends.delete(position)
    }
    if (page.length < atOnce) break
  }
  for (const at of ends.keys())
    breaks.push(broken('journal', { row: '' }, 'position', `${at} entries or more`, position))
  const open = await openEntries(db)
  return { told: { entries: position + open, open, sha256: link.toString('hex') }, breaks }
}
