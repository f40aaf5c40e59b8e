import type { Tables } from '#platform/server/db.ts'

type Db = Tables<'staffMembers' | 'staffPasswordRequests' | 'staffLinks'>

const person = ['id', 'firstName', 'lastName', 'email', 'language', 'passwordHash', 'suspendedAt'] as const

export async function personByAddress(db: Db, email: string) {
  return db.selectFrom('staffMembers').where('email', '=', email).select(person).executeTakeFirst()
}

export async function insertPasswordRequest(
  db: Db,
  request: { id: string; askedSealed: Buffer; askedAt: Date },
) {
  await db.insertInto('staffPasswordRequests').values(request).execute()
}

/** Takes a request away to be answered: of two who try, one gets it. */
export async function takePasswordRequest(db: Db, id: string) {
  return db
    .deleteFrom('staffPasswordRequests')
    .where('id', '=', id)
    .returning('askedSealed')
    .executeTakeFirst()
}

/** What no job ever answered need not be known for longer. */
export async function forgetPasswordRequests(db: Db, askedBefore: Date) {
  await db.deleteFrom('staffPasswordRequests').where('askedAt', '<', askedBefore).execute()
}

/** Whether an invitation of somebody is still good. */
export async function isInvited(db: Db, staffId: string, now: Date): Promise<boolean> {
  const link = await db
    .selectFrom('staffLinks')
    .where('staffId', '=', staffId)
    .where('kind', '=', 'invitation')
    .where('usedAt', 'is', null)
    .where('expiresAt', '>', now)
    .select('staffId')
    .executeTakeFirst()
  return link !== undefined
}
