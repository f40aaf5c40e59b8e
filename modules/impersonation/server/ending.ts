import type { Ending, Impersonation } from '#contract/impersonation'
import { wakeSession } from '#server/identity'
import type { CentralDb } from '#platform/server/db.ts'
import { tell } from '#platform/server/news.ts'
import { found, type MemberActor } from '#platform/server/requests.ts'
import type { Parts } from './parts.ts'
import { impersonationById, setEnded, untold } from './queries.ts'
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
    if (one) await tellLog(parts, db, one)
  })
}

/**
 * What was seen could not be written down: nobody saw it, and whoever was about to is out. The log is told once it can be
 * written again; where the database itself does not answer nobody is served by it either.
 */
export async function stopUnwritable(parts: Parts, { impersonator }: MemberActor): Promise<void> {
  if (!impersonator) return
  await parts.db
    .transaction()
    .execute((db) => end(parts, db, impersonator.id, { by: 'unwritable' }))
    .catch((error: unknown) => parts.log.warn({ err: error }, 'an impersonation could not be ended'))
}

/** What could not be written down when it happened. */
export async function tellUntold({ db, audit, clock }: Pick<Parts, 'db' | 'audit' | 'clock'>): Promise<void> {
  const now = clock.now()
  for (const id of await untold(db, now)) {
    const row = await impersonationById(db, id, now)
    if (row) await tellLog({ audit }, db, shown(row, now))
  }
}

/** That it ended, and by what, where nobody's request says so. */
async function tellLog({ audit }: Pick<Parts, 'audit'>, db: CentralDb, one: Impersonation): Promise<void> {
  await audit.writeDownAs(db, {
    verb: one.startedAt === null ? 'impersonation.lapsed' : 'impersonation.ended',
    label: 'system',
    tenant: one.tenant.id,
    object: 'impersonation',
    id: one.id,
    after: { by: one.endedBy, actor: one.actor.id, subject: one.subject.id },
  })
}
