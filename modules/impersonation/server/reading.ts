/** Whoever stands in for a member, at each of their requests. */
import { openSessionCache, type Asks } from '#server/identity'
import type { Actor, MemberActor } from '#platform/server/requests.ts'
import { hashOf } from '#platform/server/random.ts'
import { endByItself } from './ending.ts'
import type { Parts } from './parts.ts'
import { running, setSeen } from './queries.ts'

/** News of these may end one. */
const topics = ['sessions', 'member_sessions', 'tenants', 'impersonations', 'accesses']

const touchedEveryMs = 60_000
/** So far two servers' clocks may differ. A clock that was turned back further ends what is running. */
const patienceMs = 60_000

export function impersonationReader(parts: Parts): Asks<MemberActor> {
  const asks = openSessionCache(
    parts.desk,
    topics,
    (token, usedFrom) => read(parts, hashOf(token), usedFrom),
    'impersonation',
  )
  return async (facts, how) => {
    const who = await asks(facts, how)
    // What is remembered for a second is not served beyond its end, of which nobody tells.
    const isOver = who?.impersonator != null && who.impersonator.endsAt <= parts.clock.now()
    return isOver ? null : who
  }
}

async function read(parts: Parts, sessionHash: Buffer, usedFrom: string | null): Promise<MemberActor | null> {
  const now = parts.clock.now()
  const found = await running(parts.db, sessionHash, now)
  if (!found) return null
  const { id, staffSessionId, memberId, reason, reference, mayWrite, endsAt, lastSeenAt } = found
  if (lastSeenAt.getTime() - now.getTime() > patienceMs) {
    await endByItself(parts, id, { by: 'time' })
    return null
  }
  const [actor, member] = await Promise.all([
    parts.actorOf(staffSessionId, usedFrom),
    parts.members.asking(memberId),
  ])
  if (!actor || actor.asleepFor !== id || !isPermitted(actor, { mayWrite }) || !member) {
    await endByItself(parts, id, { by: 'rights' })
    return null
  }
  if (usedFrom !== null && now.getTime() - lastSeenAt.getTime() > touchedEveryMs)
    // Nobody waits for it: whoever comes next notes what could not be noted now.
    void setSeen(parts.db, id, now).catch(() => undefined)
  return {
    ...member,
    // Of nobody's: what asks for a session of the member's finds none.
    sessionId: id,
    steppedUpAt: null,
    impersonator: {
      id,
      staffId: actor.staffId,
      staffSessionId,
      name: actor.name,
      reason,
      reference,
      mayWrite,
      notesOpen: found.notesOpenedAt !== null,
      endsAt,
    },
  }
}

export const isPermitted = ({ permissions }: Actor, { mayWrite }: { mayWrite: boolean }): boolean =>
  permissions.has('impersonation.start') && (!mayWrite || permissions.has('impersonation.write'))
