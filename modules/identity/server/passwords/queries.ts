import type { Tables } from '#platform/server/db.ts'

type Db = Tables<'staffMembers'>

export async function personWithPassword(db: Db, staffId: string) {
  return db
    .selectFrom('staffMembers')
    .where('id', '=', staffId)
    .select(['id', 'firstName', 'lastName', 'email', 'language', 'passwordHash'])
    .executeTakeFirst()
}

export async function setPassword(db: Db, staffId: string, passwordHash: string, now: Date) {
  await db
    .updateTable('staffMembers')
    .set({ passwordHash, passwordChangedAt: now })
    .where('id', '=', staffId)
    .execute()
}
