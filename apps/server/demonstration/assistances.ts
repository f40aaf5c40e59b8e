/** Somebody of support who stood in for a practitioner just now, somebody she said no to, and somebody another has not answered yet. */
import { openAudit } from '#server/audit'
import { seedPastSession } from '#server/identity'
import type { CentralDb } from '#platform/server/db.ts'
import { uuidv7 } from '#platform/server/ids.ts'
import { hashOf, newToken } from '#platform/server/random.ts'
import type { Vault } from '#platform/server/vault.ts'

type On = { db: CentralDb; vault: Vault }

const minute = 60_000
const day = 24 * 60 * minute

export async function seedAssistances(on: On, [first, , second]: readonly string[]): Promise<void> {
  if (!first || !second) return
  await refusedOne(on, await supportFor(on, first))
  await endedOne(on, await supportFor(on, first))
  await waitingOne(on, await supportFor(on, second))
}

/** Who stands in, and for whoever the practice belongs to. */
async function supportFor({ db }: On, tenantId: string): Promise<Who> {
  const subject = await db
    .selectFrom('members')
    .where('tenantId', '=', tenantId)
    .where('holder', '=', true)
    .select('id')
    .executeTakeFirstOrThrow()
  const actor = await db
    .selectFrom('staffMembers')
    .where('email', '=', 'support@example.com')
    .select('id')
    .executeTakeFirstOrThrow()
  return { staffId: actor.id, memberId: subject.id, tenantId }
}

type Who = { staffId: string; memberId: string; tenantId: string }

async function refusedOne(on: On, who: Who): Promise<void> {
  const askedAt = new Date(Date.now() - 3 * day)
  const refusedAt = new Date(askedAt.getTime() + 25 * minute)
  await on.db
    .insertInto('impersonations')
    .values({
      ...who,
      id: uuidv7(askedAt.getTime()),
      staffSessionId: await seedPastSession(on.db, who.staffId, askedAt),
      purpose: 'data',
      reason: 'Vérifier les montants du mois avec vous',
      minutes: 15,
      policy: 'consent',
      askedAt,
      lapsesAt: new Date(askedAt.getTime() + day),
      refusedAt,
      answeredBy: who.memberId,
    })
    .execute()
}

/** Of a practice that wants to be asked: it lapses by itself a day later. */
async function waitingOne({ db }: On, who: Who): Promise<void> {
  const askedAt = new Date(Date.now() - 10 * minute)
  await db
    .updateTable('tenants')
    .set({ impersonationPolicy: 'consent' })
    .where('id', '=', who.tenantId)
    .execute()
  await db
    .insertInto('impersonations')
    .values({
      ...who,
      id: uuidv7(askedAt.getTime()),
      staffSessionId: await seedPastSession(db, who.staffId, askedAt),
      purpose: 'setup',
      reason: 'Régler ensemble vos horaires d’ouverture',
      reference: 'appel de 14 h',
      minutes: 30,
      policy: 'consent',
      askedAt,
      lapsesAt: new Date(askedAt.getTime() + day),
    })
    .execute()
}

/** Of just now: the database itself says when an entry was written, and the verifier looks whether that agrees. */
async function endedOne(on: On, who: Who): Promise<void> {
  const startedAt = new Date(Date.now() - 4 * minute)
  const askedAt = new Date(startedAt.getTime() - minute)
  const id = uuidv7(askedAt.getTime())
  const session = await seedPastSession(on.db, who.staffId, askedAt)
  await on.db
    .insertInto('impersonations')
    .values({
      ...who,
      id,
      staffSessionId: session,
      purpose: 'trouble',
      reason: 'La semaine du 23 ne s’affiche plus dans l’agenda',
      reference: 'appel de 9 h 40',
      minutes: 15,
      policy: 'announced',
      askedAt,
      lapsesAt: new Date(askedAt.getTime() + day),
      sessionHash: hashOf(newToken()),
      startedAt,
      endsAt: new Date(startedAt.getTime() + 15 * minute),
      lastSeenAt: new Date(),
      endedAt: new Date(),
      endedBy: 'actor',
      toldBeginAt: startedAt,
    })
    .execute()
  await tell(on, { ...who, id, session }, startedAt)
}

const look = { verb: 'impersonation.seen', object: { type: 'endpoint' }, result: 'seen' } as const
const steps = [
  { page: '/assistance', verb: 'impersonation.started', object: { type: 'impersonation' }, result: 'done' },
  { page: '/', ...look },
  { page: '/agenda', ...look },
  { page: '/agenda/availability', ...look },
  { page: '/settings', ...look },
  { page: '/settings', verb: 'practice.updated', object: { type: 'practice' }, result: 'refused' },
  { page: '/agenda', ...look },
] as const

async function tell(
  { db, vault }: On,
  { staffId, memberId, tenantId, id, session }: Who & { id: string; session: string },
  startedAt: Date,
): Promise<void> {
  let at = startedAt.getTime()
  const audit = openAudit({ vault, clock: { now: () => new Date(at) } })
  for (const { page, verb, object, result } of steps) {
    await audit.write(db, {
      actor: { type: 'staff', id: staffId },
      onBehalfOf: { type: 'member', id: memberId },
      impersonation: id,
      session,
      tenant: tenantId,
      verb,
      object: { ...object, ...(object.type === 'impersonation' && { id }) },
      result,
      // Reserved for documentation (RFC 5737).
      origin: { page, ip: '192.0.2.20' },
    })
    at += 20_000
  }
}
