import type { Tables } from '#platform/server/db.ts'

export async function passwordChangedAt(db: Tables<'staffMembers'>, staffId: string) {
  const { passwordChangedAt: at } = await db
    .selectFrom('staffMembers')
    .where('id', '=', staffId)
    .select('passwordChangedAt')
    .executeTakeFirstOrThrow()
  return at
}
