/** What members show besides the password, of an account: the same in every practice they work in. */
import { sql, type CentralDb } from '#platform/server/db.ts'
import {
  deleteAuthenticator,
  deletePasskey,
  ofMembers,
  passkeysOf,
  recoveryCodesOf,
} from '../factors/kept-queries.ts'

/** Where a sealed secret stands; it opens nowhere else. */
export const memberFactorPlace = (accountId: string) => `member_authenticators.secret:${accountId}`

export type HeldMemberFactors = Awaited<ReturnType<typeof heldMemberFactors>>

export async function heldMemberFactors(db: CentralDb, accountId: string) {
  const authenticator = await db
    .selectFrom('memberAuthenticators')
    .where('accountId', '=', accountId)
    .where('confirmedAt', 'is not', null)
    .select(['secret as secretSealed', 'lastStep', 'createdAt as enrolledAt', 'lastUsedAt'])
    .executeTakeFirst()
  const passkeys = await passkeysOf(db, ofMembers, accountId)
  // Codes belong to a factor: without one nobody is asked for them.
  const holds = authenticator !== undefined || passkeys.length > 0
  const codes = holds ? await recoveryCodesOf(db, ofMembers, accountId) : []
  return {
    authenticator,
    passkeys,
    codes,
    codesLeft: codes.filter(({ usedAt }) => usedAt === null).length,
  }
}

/** Whether an account, `account_id` of the row that is asked, holds a second factor. */
export const holdsFactorSql = (account: string) => sql<boolean>`
  (exists (select from member_authenticators f where f.account_id = ${sql.ref(account)} and f.confirmed_at is not null)
    or exists (select from member_passkeys k where k.account_id = ${sql.ref(account)}))`

/** Whether somebody is asked for a second factor. */
export async function holdsFactor(db: CentralDb, accountId: string): Promise<boolean> {
  const account = await db
    .selectFrom('memberAccounts as a')
    .where('a.id', '=', accountId)
    .select(holdsFactorSql('a.id').as('holds'))
    .executeTakeFirst()
  return account?.holds ?? false
}

/** Whose passkey this is. */
export async function memberPasskeyByCredential(db: CentralDb, credentialId: Buffer) {
  return db
    .selectFrom('memberPasskeys as k')
    .innerJoin('memberAccounts as a', 'a.id', 'k.accountId')
    .where('credentialId', '=', credentialId)
    .select([
      'k.id',
      'accountId',
      'credentialId',
      'publicKey',
      'signCount',
      'transports',
      'email',
      'firstName',
      'lastName',
      'language',
    ])
    .executeTakeFirst()
}

/** Enrols an authenticator, in the place of the former one if there is one. */
export async function putMemberAuthenticator(
  db: CentralDb,
  { accountId, secret, lastStep, now }: { accountId: string; secret: Buffer; lastStep: number; now: Date },
) {
  const values = { secret, lastStep, confirmedAt: now, createdAt: now, lastUsedAt: null }
  await db
    .insertInto('memberAuthenticators')
    .values({ accountId, ...values })
    .onConflict((conflict) => conflict.column('accountId').doUpdateSet(values))
    .execute()
}

/** The authenticator, or one passkey. @returns false when the person has no such factor */
export async function deleteMemberFactor(
  db: CentralDb,
  accountId: string,
  which: 'authenticator' | { passkey: string },
): Promise<boolean> {
  if (which === 'authenticator') return deleteAuthenticator(db, ofMembers, accountId)
  return (await deletePasskey(db, ofMembers, accountId, which.passkey)) !== undefined
}

/** Every factor, with the recovery codes that belong to them. */
export async function deleteMemberFactors(db: CentralDb, accountId: string): Promise<void> {
  await db.deleteFrom('memberAuthenticators').where('accountId', '=', accountId).execute()
  await db.deleteFrom('memberPasskeys').where('accountId', '=', accountId).execute()
  await db.deleteFrom('memberRecoveryCodes').where('accountId', '=', accountId).execute()
}
