/** The customer said something, by whatever way: what was resolved or put off is taken up again, and nobody waits for them. */
import type { CentralDb } from '#platform/server/db.ts'
import type { Parts } from '../parts.ts'
import { change } from './changing.ts'
import type { By } from './happening.ts'
import type { Held } from './lock.ts'

/** Within the caller's transaction, which holds the ticket. */
export async function hear(db: CentralDb, parts: Pick<Parts, 'clock'>, held: Held, by: By): Promise<void> {
  await change(
    db,
    parts,
    held,
    {
      ...(held.status === 'resolved' && { status: 'reopened' }),
      ...(held.waiting && { waiting: false }),
      ...(held.snoozedUntil && { snoozedUntil: null }),
    },
    by,
  )
}
