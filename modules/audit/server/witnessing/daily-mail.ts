/** The simplest witness: a mailbox elsewhere, which receives the tree head once a day and can be asked years later. */
import type { Clock } from '#platform/server/clock.ts'
import type { CentralDb } from '#platform/server/db.ts'
import type { Mail } from '#platform/server/mail.ts'
import { tell } from '#platform/server/news.ts'
import { splitNote } from '../tree/notes.ts'
import type { Place } from './places.ts'
import { insertCosignature, newestCheckpoint, standingOf } from './queries.ts'

/** Writes to each address the latest checkpoint, unless it has that one already. */
export async function mailCheckpoint(
  on: { db: CentralDb; mail: Mail; clock: Clock },
  mailboxes: readonly Extract<Place, { kind: 'mail' }>[],
): Promise<void> {
  const { db, mail, clock } = on
  const checkpoint = await newestCheckpoint(db)
  if (!checkpoint) return
  const standing = await standingOf(
    db,
    mailboxes.map(({ name }) => name),
  )
  for (const { name, email } of mailboxes) {
    if ((standing.get(name)?.last?.size ?? 0) >= checkpoint.size) continue
    await db.transaction().execute(async (tx) => {
      const id = await mail.send(tx, {
        to: { email, name: '' },
        language: 'fr',
        template: 'audit.mail.checkpoint',
        values: partsOf(checkpoint.note),
      })
      await insertCosignature(tx, {
        size: checkpoint.size,
        witness: name,
        kind: 'mail',
        line: null,
        keptAt: `mail ${id}`,
        at: clock.now(),
      })
      await tell(tx, { topic: 'audit', needs: 'audit.read' })
    })
  }
}

/** A mail's values are single lines; the letter puts them below each other as the note has them, byte for byte. */
function partsOf(note: string): Record<string, string> {
  const { text, signatures } = splitNote(note)
  const [origin = '', size = '', root = ''] = text.split('\n')
  return { origin, size, root, signature: signatures[0]?.line ?? '' }
}
