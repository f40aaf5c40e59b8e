import type { Factor } from '#contract/identity'
import { sql, type Tables } from '#platform/server/db.ts'

type Db = Tables<'staffMembers' | 'staffAuthenticators' | 'staffSignIns' | 'staffSessions'>

/** Who has this address, with what they hold in figures: all that signing in asks of most people, in one question. */
export async function staffByEmail(db: Db, email: string) {
  return db
    .selectFrom('staffMembers')
    .where('email', '=', email.toLowerCase())
    .select([
      'id',
      'firstName',
      'lastName',
      'email',
      'language',
      'passwordHash',
      'suspendedAt',
      'enrolmentNeedsLink',
      sql<boolean>`exists (select from staff_authenticators where staff_id = staff_members.id)`.as(
        'hasAuthenticator',
      ),
      sql<boolean>`exists (select from staff_passkeys where staff_id = staff_members.id)`.as('hasPasskeys'),
      sql<number>`(select count(*)::int from staff_recovery_codes
        where staff_id = staff_members.id and used_at is null)`.as('codesLeft'),
    ])
    .executeTakeFirst()
}

export async function insertStaff(
  db: Db,
  staff: { email: string; firstName: string; lastName: string; passwordHash: string; demonstration: boolean },
): Promise<string> {
  const { id } = await db.insertInto('staffMembers').values(staff).returning('id').executeTakeFirstOrThrow()
  return id
}

/** For the second step, from when the password was typed. */
export const minutesForSecondStep = 5

/** @param signIn `begunAt`: before its password was checked */
export async function beginSignIn(
  db: Db,
  {
    begunAt,
    ...signIn
  }: {
    tokenHash: Buffer
    staffId: string
    enrolmentSecretSealed: Buffer | null
    enrolmentLinkHash: Buffer | null
    begunAt: Date
  },
) {
  const expiresAt = new Date(begunAt.getTime() + minutesForSecondStep * 60_000)
  await db
    .insertInto('staffSignIns')
    .values({ ...signIn, expiresAt })
    .execute()
}

/**
 * The sign-in that a second step belongs to, with whose it is. One that began before the password was another proves
 * nothing, though it was written down after: checking a password takes a while.
 */
export async function startedSignIn(db: Db, tokenHash: Buffer, now: Date) {
  return db
    .selectFrom('staffSignIns')
    .innerJoin('staffMembers', 'staffMembers.id', 'staffSignIns.staffId')
    .where('tokenHash', '=', tokenHash)
    .where('expiresAt', '>', now)
    .where('suspendedAt', 'is', null)
    .where(
      sql<boolean>`(password_changed_at is null or password_changed_at <= expires_at - make_interval(mins => ${minutesForSecondStep}))`,
    )
    .select([
      'staffMembers.id as staffId',
      'tokenHash',
      'firstName',
      'lastName',
      'email',
      'language',
      'enrolmentSecretSealed',
      'enrolmentLinkHash',
      'enrolmentNeedsLink',
    ])
    .executeTakeFirst()
}

export async function forgetOldSignIns(db: Db, now: Date) {
  await db.deleteFrom('staffSignIns').where('expiresAt', '<', now).execute()
}

/** False when it was ended before: of two second steps at once, one goes on. */
export async function endSignIn(db: Db, tokenHash: Buffer): Promise<boolean> {
  const ended = await db.deleteFrom('staffSignIns').where('tokenHash', '=', tokenHash).executeTakeFirst()
  return ended.numDeletedRows > 0n
}

/**
 * The only place where a session begins: `openSession` calls it, with the proof of a second factor, and nothing else does.
 * @returns undefined when the person was suspended meanwhile
 */
export async function insertSession(
  db: Db,
  session: {
    staffId: string
    tokenHash: Buffer
    factor: Factor
    deviceId: string | null
    createdAt: Date
    expiresAt: Date
    ip: string
    userAgent: string
  },
): Promise<string | undefined> {
  // First, and locked by it: who suspends them at this moment ends this session too, or was first.
  const person = await db
    .updateTable('staffMembers')
    .set({ lastSignInAt: session.createdAt })
    .where('id', '=', session.staffId)
    .where('suspendedAt', 'is', null)
    .executeTakeFirst()
  if (person.numUpdatedRows === 0n) return undefined
  const { id } = await db
    .insertInto('staffSessions')
    .values({ ...session, lastSeenAt: session.createdAt, steppedUpAt: session.createdAt, lastIp: session.ip })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** Another token for the session; the old one dies. False when it died already. */
export async function replaceToken(
  db: Db,
  session: { id: string; from: Buffer; to: Buffer; steppedUpAt?: Date },
): Promise<boolean> {
  const replaced = await db
    .updateTable('staffSessions')
    .set({
      tokenHash: session.to,
      mustRotate: false,
      ...(session.steppedUpAt && { steppedUpAt: session.steppedUpAt }),
    })
    .where('id', '=', session.id)
    .where('tokenHash', '=', session.from)
    .where('endedAt', 'is', null)
    .executeTakeFirst()
  return replaced.numUpdatedRows > 0n
}

/** The living session behind a token, with its owner. */
export async function livingSession(
  db: Db,
  which: { tokenHash: Buffer } | { id: string },
  now: Date,
  idleSince: Date,
) {
  return db
    .selectFrom('staffSessions')
    .innerJoin('staffMembers', 'staffMembers.id', 'staffSessions.staffId')
    .where((eb) =>
      'id' in which ? eb('staffSessions.id', '=', which.id) : eb('tokenHash', '=', which.tokenHash),
    )
    .where('endedAt', 'is', null)
    .where('expiresAt', '>', now)
    .where('lastSeenAt', '>', idleSince)
    .where('suspendedAt', 'is', null)
    .select([
      'staffSessions.id',
      'staffId',
      'firstName',
      'lastName',
      'expiresAt',
      'steppedUpAt',
      'mustRotate',
      'lastSeenAt',
      'asleepFor',
      'asleepUntil',
    ])
    .executeTakeFirst()
}

export async function touchSession(db: Db, id: string, { now, ip }: { now: Date; ip: string }) {
  await db.updateTable('staffSessions').set({ lastSeenAt: now, lastIp: ip }).where('id', '=', id).execute()
}

export async function sessionById(db: Db, id: string) {
  return db
    .selectFrom('staffSessions')
    .innerJoin('staffMembers', 'staffMembers.id', 'staffSessions.staffId')
    .where('staffSessions.id', '=', id)
    .select((eb) => [
      'staffId',
      'firstName',
      'lastName',
      'email',
      'language',
      'expiresAt',
      'asleepFor',
      'asleepUntil',
      sql<number>`(select count(*)::int from staff_authenticators a where a.staff_id = ${eb.ref('staffSessions.staffId')})
        + (select count(*)::int from staff_passkeys p where p.staff_id = ${eb.ref('staffSessions.staffId')})`.as(
        'factors',
      ),
    ])
    .executeTakeFirst()
}

export type EndedReason =
  | 'signed_out'
  | 'revoked'
  | 'suspended'
  | 'password_changed'
  | 'factor_reset'
  | 'everyone'

/** Ends open sessions: one (`id`), or all of somebody, or everybody's; `but` is left open. @returns how many */
export async function endSessions(
  db: Db,
  which: { id?: string; staffId?: string; but?: string },
  how: { reason: EndedReason; by: string | null; now: Date },
): Promise<number> {
  let query = db
    .updateTable('staffSessions')
    .set({ endedAt: how.now, endedReason: how.reason, endedBy: how.by })
    .where('endedAt', 'is', null)
  if (which.id) query = query.where('id', '=', which.id)
  if (which.staffId) query = query.where('staffId', '=', which.staffId)
  if (which.but) query = query.where('id', '<>', which.but)
  const ended = await query.executeTakeFirst()
  return Number(ended.numUpdatedRows)
}

export async function setLanguage(db: Db, staffId: string, language: string) {
  await db.updateTable('staffMembers').set({ language }).where('id', '=', staffId).execute()
}

export async function demonstrationStaff(db: Db) {
  return db
    .selectFrom('staffMembers')
    .innerJoin('staffAuthenticators', 'staffAuthenticators.staffId', 'staffMembers.id')
    .where('demonstration', '=', true)
    .orderBy('staffMembers.createdAt')
    .orderBy('staffMembers.id')
    .select(['id', 'firstName', 'lastName', 'email', 'secretSealed', 'lastStep'])
    .execute()
}

export async function hasDemonstrationStaff(db: Db): Promise<boolean> {
  const { some } = await db
    .selectNoFrom((eb) =>
      eb
        .exists(
          eb
            .selectFrom('staffMembers')
            .where('demonstration', '=', true)
            .select(sql`1`.as('one')),
        )
        .as('some'),
    )
    .executeTakeFirstOrThrow()
  return Boolean(some)
}

/** The second factor that was enrolled first, to try a key on. */
export async function oldestSecondFactor(db: Db) {
  return db
    .selectFrom('staffAuthenticators')
    .orderBy('enrolledAt')
    .limit(1)
    .select(['staffId', 'secretSealed'])
    .executeTakeFirst()
}

/**
 * So long its owner is somebody else elsewhere.
 * @returns whether it lives, and slept for nobody: of two at once one does
 */
export async function putToSleep(
  db: Tables<'staffSessions'>,
  id: string,
  { until, impersonation, now }: { until: Date; impersonation: string; now: Date },
): Promise<boolean> {
  const slept = await db
    .updateTable('staffSessions')
    .set({ asleepUntil: until, asleepFor: impersonation })
    .where('id', '=', id)
    .where('endedAt', 'is', null)
    .where('expiresAt', '>', now)
    .where((eb) => eb.or([eb('asleepUntil', 'is', null), eb('asleepUntil', '<=', now)]))
    .executeTakeFirst()
  return slept.numUpdatedRows > 0n
}

/** As it was, with its own end; under another token from its next request on. */
export async function wakeSession(db: Tables<'staffSessions'>, id: string, impersonation: string) {
  await db
    .updateTable('staffSessions')
    .set({ asleepUntil: null, asleepFor: null, mustRotate: true })
    .where('id', '=', id)
    .where('asleepFor', '=', impersonation)
    .execute()
}
