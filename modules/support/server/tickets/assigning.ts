import { cannotAssign } from '#contract/support'
import { peopleWith } from '#server/access'
import type { CentralDb } from '#platform/server/db.ts'
import { refuse } from '#platform/server/requests.ts'

/** Nobody is given a ticket who is not there, or may not answer it. @throws cannotAssign */
export async function checkAssignee(db: CentralDb, staffId: string | null | undefined): Promise<void> {
  if (!staffId) return
  const agents = await peopleWith(db, 'tickets.write')
  if (!agents.some(({ id }) => id === staffId)) throw refuse(cannotAssign)
}
