/** What both doors keep of second factors alike, each in tables of its own: how it is read, shown once, and replaced. */
import type { CentralDb } from '#platform/server/db.ts'
import type { Challenge } from './challenges.ts'
import type { Answer, KeptPasskey } from './passkeys.ts'
import type { KeptCode } from './recovery-codes.ts'

export const ofStaff = {
  authenticators: 'staffAuthenticators',
  passkeys: 'staffPasskeys',
  codes: 'staffRecoveryCodes',
  owner: 'staffId',
} as const

export const ofMembers = {
  authenticators: 'memberAuthenticators',
  passkeys: 'memberPasskeys',
  codes: 'memberRecoveryCodes',
  owner: 'accountId',
} as const

/** Which tables, and the column that says whose. */
export type Door = typeof ofStaff | typeof ofMembers

/** What a right factor is taken by. */
export type RightFactor =
  | { factor: 'totp'; step: number }
  | { factor: 'recovery_code'; codeId: string }
  | { factor: 'passkey'; passkeyId: string; answer: Answer }

/** The oldest first. */
export async function passkeysOf(db: CentralDb, door: Door, ownerId: string) {
  return db
    .selectFrom(door.passkeys)
    .where(door.owner, '=', ownerId)
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
    .execute()
}

export async function recoveryCodesOf(db: CentralDb, door: Door, ownerId: string) {
  return db
    .selectFrom(door.codes)
    .where(door.owner, '=', ownerId)
    .select(['id', 'selector', 'codeHash', 'createdAt', 'usedAt'])
    .execute()
}

// ─────────────────────────── shown once

/** Takes what was shown, once and for all; false when it was taken before. */
export async function takeRight(
  db: CentralDb,
  door: Door,
  ownerId: string,
  right: RightFactor,
  now: Date,
): Promise<boolean> {
  switch (right.factor) {
    case 'totp':
      return takeStep(db, door, ownerId, right.step, now)
    case 'recovery_code':
      return takeRecoveryCode(db, door, right.codeId, now)
    case 'passkey':
      return (
        (await takeChallenge(db, right.answer.challenge)) &&
        (await countPasskeyUse(db, door, right.passkeyId, right.answer, now))
      )
  }
}

/** Takes a code's step once and for all; false when it or a later one was taken before. */
export async function takeStep(
  db: CentralDb,
  door: Door,
  ownerId: string,
  step: number,
  now: Date,
): Promise<boolean> {
  const taken = await db
    .updateTable(door.authenticators)
    .set({ lastStep: step, lastUsedAt: now })
    .where(door.owner, '=', ownerId)
    .where((eb) => eb.or([eb('lastStep', 'is', null), eb('lastStep', '<', step)]))
    .executeTakeFirst()
  return taken.numUpdatedRows > 0n
}

/** Takes a recovery code once and for all; false when it was taken before. */
export async function takeRecoveryCode(db: CentralDb, door: Door, id: string, now: Date): Promise<boolean> {
  const taken = await db
    .updateTable(door.codes)
    .set({ usedAt: now })
    .where('id', '=', id)
    .where('usedAt', 'is', null)
    .executeTakeFirst()
  return taken.numUpdatedRows > 0n
}

/** Counts a passkey's use; false when its count did not go on, or the passkey is gone. */
export async function countPasskeyUse(
  db: CentralDb,
  door: Door,
  id: string,
  answer: Answer,
  now: Date,
): Promise<boolean> {
  const counted = await db
    .updateTable(door.passkeys)
    .set({ signCount: answer.signCount, backedUp: answer.backedUp, lastUsedAt: now })
    .where('id', '=', id)
    .where((eb) =>
      answer.signCount === 0 ? eb('signCount', '=', 0) : eb('signCount', '<', answer.signCount),
    )
    .executeTakeFirst()
  return counted.numUpdatedRows > 0n
}

/** Takes a challenge once and for all; false when it was answered before. */
export async function takeChallenge(db: CentralDb, { nonce, expiresAt }: Challenge): Promise<boolean> {
  const taken = await db
    .insertInto('usedChallenges')
    .values({ nonce, expiresAt })
    .onConflict((conflict) => conflict.column('nonce').doNothing())
    .executeTakeFirst()
  return (taken.numInsertedOrUpdatedRows ?? 0n) > 0n
}

export async function wasAnswered(db: CentralDb, { nonce }: Challenge): Promise<boolean> {
  return Boolean(
    await db.selectFrom('usedChallenges').where('nonce', '=', nonce).select('nonce').executeTakeFirst(),
  )
}

/** Answered challenges that would no longer be taken anyway. */
export async function forgetOldChallenges(db: CentralDb, now: Date) {
  await db.deleteFrom('usedChallenges').where('expiresAt', '<', now).execute()
}

// ─────────────────────────── kept, named, replaced

/** @returns its id; undefined when that credential is known already, whoever's it is */
export async function insertPasskey(
  db: CentralDb,
  door: Door,
  ownerId: string,
  passkey: KeptPasskey & { backedUp: boolean; name: string; createdAt: Date },
): Promise<string | undefined> {
  const { name, credentialId, publicKey, signCount, transports, backedUp, createdAt } = passkey
  const row = { name, credentialId, publicKey, signCount, transports, backedUp, createdAt }
  const inserted = await db
    .insertInto(door.passkeys)
    .values({ ...row, [door.owner]: ownerId })
    .onConflict((conflict) => conflict.column('credentialId').doNothing())
    .returning('id')
    .executeTakeFirst()
  return inserted?.id
}

/** @returns the former name; undefined when the person has no such passkey */
export async function setPasskeyName(db: CentralDb, door: Door, ownerId: string, id: string, name: string) {
  const before = await db
    .selectFrom(door.passkeys)
    .where('id', '=', id)
    .where(door.owner, '=', ownerId)
    .select('name')
    .forUpdate()
    .executeTakeFirst()
  await db
    .updateTable(door.passkeys)
    .set({ name })
    .where('id', '=', id)
    .where(door.owner, '=', ownerId)
    .execute()
  return before?.name
}

/** @returns its name; undefined when the person has no such passkey */
export async function deletePasskey(db: CentralDb, door: Door, ownerId: string, id: string) {
  const gone = await db
    .deleteFrom(door.passkeys)
    .where('id', '=', id)
    .where(door.owner, '=', ownerId)
    .returning('name')
    .executeTakeFirst()
  return gone?.name
}

/** @returns false when there was none */
export async function deleteAuthenticator(db: CentralDb, door: Door, ownerId: string): Promise<boolean> {
  const gone = await db.deleteFrom(door.authenticators).where(door.owner, '=', ownerId).executeTakeFirst()
  return gone.numDeletedRows > 0n
}

/** The former codes no longer work. */
export async function replaceRecoveryCodes(
  db: CentralDb,
  door: Door,
  ownerId: string,
  kept: readonly KeptCode[],
  createdAt: Date,
) {
  await db.deleteFrom(door.codes).where(door.owner, '=', ownerId).execute()
  await db
    .insertInto(door.codes)
    .values(kept.map((code) => ({ ...code, createdAt, [door.owner]: ownerId })))
    .execute()
}
