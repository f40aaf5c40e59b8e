/** What members show besides the password, of an account: the same in every practice they work in. */
import { sql, type Tables } from '#platform/server/db.ts'
import type { KeptCode } from '../factors/recovery-codes.ts'

type Db = Tables<'memberAuthenticators' | 'memberRecoveryCodes'>

/** Where a sealed secret stands; it opens nowhere else. */
export const memberFactorPlace = (accountId: string) => `member_authenticators.secret:${accountId}`

export type HeldMemberFactors = Awaited<ReturnType<typeof heldMemberFactors>>

export async function heldMemberFactors(db: Db, accountId: string) {
  const authenticator = await db
    .selectFrom('memberAuthenticators')
    .where('accountId', '=', accountId)
    .where('confirmedAt', 'is not', null)
    .select(['secret as secretSealed', 'lastStep', 'createdAt as enrolledAt', 'lastUsedAt'])
    .executeTakeFirst()
  const codes = await db
    .selectFrom('memberRecoveryCodes')
    .where('accountId', '=', accountId)
    .select(['id', 'selector', 'codeHash', 'createdAt', 'usedAt'])
    .execute()
  return { authenticator, codes, codesLeft: codes.filter(({ usedAt }) => usedAt === null).length }
}

/** Whether somebody is asked for a second factor. */
export async function holdsFactor(db: Db, accountId: string): Promise<boolean> {
  const held = await db
    .selectFrom('memberAuthenticators')
    .where('accountId', '=', accountId)
    .where('confirmedAt', 'is not', null)
    .select('accountId')
    .executeTakeFirst()
  return held !== undefined
}

/** Enrols an authenticator, in the place of the former one if there is one. */
export async function putMemberAuthenticator(
  db: Db,
  { accountId, secret, lastStep, now }: { accountId: string; secret: Buffer; lastStep: number; now: Date },
) {
  const values = { secret, lastStep: lastStep, confirmedAt: now, createdAt: now, lastUsedAt: null }
  await db
    .insertInto('memberAuthenticators')
    .values({ accountId, ...values })
    .onConflict((conflict) => conflict.column('accountId').doUpdateSet(values))
    .execute()
}

/** Takes a code's step once and for all; false when it or a later one was taken before. */
export async function takeMemberStep(db: Db, accountId: string, step: number, now: Date): Promise<boolean> {
  const taken = await db
    .updateTable('memberAuthenticators')
    .set({ lastStep: step, lastUsedAt: now })
    .where('accountId', '=', accountId)
    .where(sql<boolean>`(last_step is null or last_step < ${step})`)
    .executeTakeFirst()
  return taken.numUpdatedRows > 0n
}

/** Takes a recovery code once and for all; false when it was taken before. */
export async function takeMemberRecoveryCode(db: Db, id: string, now: Date): Promise<boolean> {
  const taken = await db
    .updateTable('memberRecoveryCodes')
    .set({ usedAt: now })
    .where('id', '=', id)
    .where('usedAt', 'is', null)
    .executeTakeFirst()
  return taken.numUpdatedRows > 0n
}

/** The former codes no longer work. */
export async function replaceMemberRecoveryCodes(
  db: Db,
  accountId: string,
  kept: readonly KeptCode[],
  createdAt: Date,
) {
  await db.deleteFrom('memberRecoveryCodes').where('accountId', '=', accountId).execute()
  await db
    .insertInto('memberRecoveryCodes')
    .values(kept.map((code) => ({ ...code, accountId, createdAt })))
    .execute()
}

/** @returns false when there was none */
export async function deleteMemberFactors(db: Db, accountId: string): Promise<boolean> {
  await db.deleteFrom('memberRecoveryCodes').where('accountId', '=', accountId).execute()
  const gone = await db
    .deleteFrom('memberAuthenticators')
    .where('accountId', '=', accountId)
    .executeTakeFirst()
  return gone.numDeletedRows > 0n
}
