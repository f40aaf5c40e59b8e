import { sql, type Tables } from '#platform/server/db.ts'
import type { Challenge } from './challenges.ts'
import type { Answer, KeptPasskey } from './passkeys.ts'
import type { KeptCode } from './recovery-codes.ts'

export type Db = Tables<
  | 'staffMembers'
  | 'staffAuthenticators'
  | 'staffPasskeys'
  | 'staffRecoveryCodes'
  | 'staffLinks'
  | 'usedChallenges'
>

export type HeldFactors = Awaited<ReturnType<typeof heldFactors>>

/** Everything somebody could show as a second factor. */
export async function heldFactors(db: Db, staffId: string) {
  const [authenticator, passkeys, codes] = await Promise.all([
    db
      .selectFrom('staffAuthenticators')
      .where('staffId', '=', staffId)
      .select(['secretSealed', 'lastStep', 'enrolledAt', 'lastUsedAt'])
      .executeTakeFirst(),
    db
      .selectFrom('staffPasskeys')
      .where('staffId', '=', staffId)
      .orderBy('createdAt')
      .orderBy('id')
      .select([
        'id',
        'name',
        'credentialId',
        'publicKey',
        'signCount',
        'transports',
        'backedUp',
        'createdAt',
        'lastUsedAt',
      ])
      .execute(),
    db
      .selectFrom('staffRecoveryCodes')
      .where('staffId', '=', staffId)
      .select(['id', 'selector', 'codeHash', 'createdAt', 'usedAt'])
      .execute(),
  ])
  return { authenticator, passkeys, codes, codesLeft: codes.filter((code) => code.usedAt === null).length }
}

/**
 * Whoever changes somebody's factors takes turns here, so that "the last one" stays true until it is committed. The person
 * comes last, as for whoever shows a factor at this moment: the other way round each would wait for the other.
 */
export async function lockFactors(db: Db, staffId: string) {
  await sql`select from staff_authenticators where staff_id = ${staffId} for update`.execute(db)
  await sql`select from staff_passkeys where staff_id = ${staffId} order by id for update`.execute(db)
  await sql`select from staff_recovery_codes where staff_id = ${staffId} order by id for update`.execute(db)
  return db
    .selectFrom('staffMembers')
    .where('id', '=', staffId)
    .select(['firstName', 'lastName', 'email', 'language', 'enrolmentNeedsLink'])
    .forNoKeyUpdate()
    .executeTakeFirstOrThrow()
}

/** Takes a code's step once and for all; false when it or a later one was taken before. */
export async function takeStep(db: Db, staffId: string, step: number, now: Date): Promise<boolean> {
  const taken = await db
    .updateTable('staffAuthenticators')
    .set({ lastStep: step, lastUsedAt: now })
    .where('staffId', '=', staffId)
    .where((eb) => eb.or([eb('lastStep', 'is', null), eb('lastStep', '<', step)]))
    .executeTakeFirst()
  return taken.numUpdatedRows > 0n
}

/** Takes a recovery code once and for all; false when it was taken before. */
export async function takeRecoveryCode(db: Db, id: string, now: Date): Promise<boolean> {
  const taken = await db
    .updateTable('staffRecoveryCodes')
    .set({ usedAt: now })
    .where('id', '=', id)
    .where('usedAt', 'is', null)
    .executeTakeFirst()
  return taken.numUpdatedRows > 0n
}

/** Takes a challenge once and for all; false when it was answered before. */
export async function takeChallenge(db: Db, { nonce, expiresAt }: Challenge): Promise<boolean> {
  const taken = await db
    .insertInto('usedChallenges')
    .values({ nonce, expiresAt })
    .onConflict((conflict) => conflict.column('nonce').doNothing())
    .executeTakeFirst()
  return (taken.numInsertedOrUpdatedRows ?? 0n) > 0n
}

export async function wasAnswered(db: Db, { nonce }: Challenge): Promise<boolean> {
  return Boolean(
    await db.selectFrom('usedChallenges').where('nonce', '=', nonce).select('nonce').executeTakeFirst(),
  )
}

/** Counts a passkey's use; false when its count did not go on, or the passkey is gone. */
export async function countPasskeyUse(db: Db, id: string, answer: Answer, now: Date): Promise<boolean> {
  const counted = await db
    .updateTable('staffPasskeys')
    .set({ signCount: answer.signCount, backedUp: answer.backedUp, lastUsedAt: now })
    .where('id', '=', id)
    .where((eb) =>
      answer.signCount === 0 ? eb('signCount', '=', 0) : eb('signCount', '<', answer.signCount),
    )
    .executeTakeFirst()
  return counted.numUpdatedRows > 0n
}

/** Whose passkey this is. */
export async function passkeyByCredential(db: Db, credentialId: Buffer) {
  return db
    .selectFrom('staffPasskeys')
    .innerJoin('staffMembers', 'staffMembers.id', 'staffPasskeys.staffId')
    .where('credentialId', '=', credentialId)
    .select([
      'staffPasskeys.id',
      'staffId',
      'credentialId',
      'publicKey',
      'signCount',
      'transports',
      'firstName',
      'lastName',
      'email',
      'suspendedAt',
    ])
    .executeTakeFirst()
}

/** Enrols an authenticator, in the place of the former one if there is one. */
export async function putAuthenticator(
  db: Db,
  authenticator: { staffId: string; secretSealed: Buffer; lastStep: number; enrolledAt: Date },
) {
  const { staffId, ...values } = authenticator
  await db
    .insertInto('staffAuthenticators')
    .values({ staffId, ...values })
    .onConflict((conflict) => conflict.column('staffId').doUpdateSet({ ...values, lastUsedAt: null }))
    .execute()
}

export async function deleteAuthenticator(db: Db, staffId: string): Promise<boolean> {
  const gone = await db.deleteFrom('staffAuthenticators').where('staffId', '=', staffId).executeTakeFirst()
  return gone.numDeletedRows > 0n
}

/** @returns its id; undefined when that credential is known already, whoever's it is */
export async function insertPasskey(
  db: Db,
  passkey: KeptPasskey & { backedUp: boolean; staffId: string; name: string; createdAt: Date },
): Promise<string | undefined> {
  const { staffId, name, credentialId, publicKey, signCount, transports, backedUp, createdAt } = passkey
  const inserted = await db
    .insertInto('staffPasskeys')
    .values({ staffId, name, credentialId, publicKey, signCount, transports, backedUp, createdAt })
    .onConflict((conflict) => conflict.column('credentialId').doNothing())
    .returning('id')
    .executeTakeFirst()
  return inserted?.id
}

/** @returns the former name; undefined when the person has no such passkey */
export async function setPasskeyName(db: Db, staffId: string, id: string, name: string) {
  const before = await db
    .selectFrom('staffPasskeys')
    .where('id', '=', id)
    .where('staffId', '=', staffId)
    .select('name')
    .forUpdate()
    .executeTakeFirst()
  await db
    .updateTable('staffPasskeys')
    .set({ name })
    .where('id', '=', id)
    .where('staffId', '=', staffId)
    .execute()
  return before?.name
}

/** @returns its name; undefined when the person has no such passkey */
export async function deletePasskey(db: Db, staffId: string, id: string) {
  const gone = await db
    .deleteFrom('staffPasskeys')
    .where('id', '=', id)
    .where('staffId', '=', staffId)
    .returning('name')
    .executeTakeFirst()
  return gone?.name
}

/** The former codes no longer work. */
export async function replaceRecoveryCodes(
  db: Db,
  staffId: string,
  kept: readonly KeptCode[],
  createdAt: Date,
) {
  await db.deleteFrom('staffRecoveryCodes').where('staffId', '=', staffId).execute()
  await db
    .insertInto('staffRecoveryCodes')
    .values(kept.map((code) => ({ ...code, staffId, createdAt })))
    .execute()
}

/** Answered challenges that would no longer be taken anyway. */
export async function forgetOldChallenges(db: Db, now: Date) {
  await db.deleteFrom('usedChallenges').where('expiresAt', '<', now).execute()
}

/** Uses up the link a lost factor is replaced by: with it, once. False when it is no longer good. */
export async function spendEnrolmentLink(
  db: Db,
  { staffId, tokenHash, now }: { staffId: string; tokenHash: Buffer; now: Date },
): Promise<boolean> {
  const used = await db
    .updateTable('staffLinks')
    .set({ usedAt: now })
    .where('tokenHash', '=', tokenHash)
    .where('staffId', '=', staffId)
    .where('kind', '=', 'factor_enrolment')
    .where('usedAt', 'is', null)
    .where('expiresAt', '>', now)
    .executeTakeFirst()
  if (used.numUpdatedRows === 0n) return false
  await db.updateTable('staffMembers').set({ enrolmentNeedsLink: false }).where('id', '=', staffId).execute()
  return true
}

/** When the latest link for enrolling anew was mailed. */
export async function lastEnrolmentLinkAt(db: Db, staffId: string): Promise<Date | undefined> {
  const last = await db
    .selectFrom('staffLinks')
    .where('staffId', '=', staffId)
    .where('kind', '=', 'factor_enrolment')
    .orderBy('createdAt', 'desc')
    .limit(1)
    .select('createdAt')
    .executeTakeFirst()
  return last?.createdAt
}
