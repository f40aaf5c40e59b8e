import { sql, type CentralDb, type Tables } from '#platform/server/db.ts'
import { ofStaff, passkeysOf, recoveryCodesOf } from './kept-queries.ts'

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
export async function heldFactors(db: CentralDb, staffId: string) {
  const [authenticator, passkeys, codes] = await Promise.all([
    db
      .selectFrom('staffAuthenticators')
      .where('staffId', '=', staffId)
      .select(['secretSealed', 'lastStep', 'enrolledAt', 'lastUsedAt'])
      .executeTakeFirst(),
    passkeysOf(db, ofStaff, staffId),
    recoveryCodesOf(db, ofStaff, staffId),
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
