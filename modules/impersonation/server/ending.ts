import type { Ending, Impersonation } from '#contract/impersonation'
import { wakeSession } from '#server/identity'
import type { CentralDb } from '#platform/server/db.ts'
import { tell } from '#platform/server/news.ts'
import { found } from '#platform/server/requests.ts'
import type { Parts } from './parts.ts'
import { impersonationById, setEnded } from './queries.ts'
import { shown } from './state.ts'
import { newsOf, tellEnd } from './telling.ts'

/**
 * The one way one ends, whoever ends it: the cookie opens nothing from then on, and the staff session it was begun from
 * wakes as it was, with its own end, under another token.
 * @returns undefined when it had ended before
 */
export async function end(
  parts: Parts,
  db: CentralDb,
  id: string,
  how: { by: Ending; staff?: string; member?: string; at?: Date },
): Promise<Impersonation | undefined> {
  const now = parts.clock.now()
  const ended = await setEnded(db, id, { ...how, at: how.at ?? now })
  if (!ended) return undefined
  if (ended.startedAt) await wakeSession(db, ended.staffSessionId, id)
  const one = shown(found(await impersonationById(db, id, now)), now)
  await tellEnd(parts, db, one, now)
  for (const whisper of newsOf(ended)) await tell(db, whisper)
  if (ended.startedAt) await tell(db, { topic: 'session', only: one.actor.id })
  return one
}

/** The same, where nobody asked for it: in a transaction and with a line of its own. */
export async function endByItself(parts: Parts, id: string, how: { by: Ending; at?: Date }): Promise<void> {
  await parts.db.transaction().execute(async (db) => {
    const one = await end(parts, db, id, how)
    if (!one) return
    await parts.audit.writeDownAs(db, {
      verb: one.startedAt === null ? 'impersonation.lapsed' : 'impersonation.ended',
      label: 'system',
      tenant: one.tenant.id,
      object: 'impersonation',
      id,
      after: { by: how.by, actor: one.actor.id, subject: one.subject.id },
    })
  })
}
