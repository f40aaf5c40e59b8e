import type { Tables } from '#platform/server/db.ts'

/** Everybody leaves a practice that is purged, in the transaction that says so. @returns how many there were, and sessions */
export async function everybodyLeaves(
  db: Tables<'members' | 'memberSessions'>,
  tenantId: string,
  now: Date,
): Promise<{ members: number; sessions: number }> {
  const members = await db
    .updateTable('members')
    .set({ leftAt: now })
    .where('tenantId', '=', tenantId)
    .where('leftAt', 'is', null)
    .executeTakeFirst()
  const sessions = await db
    .updateTable('memberSessions')
    .set({ endedAt: now, endedReason: 'left' })
    .where('endedAt', 'is', null)
    .where('memberId', 'in', (eb) =>
      eb.selectFrom('members').where('tenantId', '=', tenantId).select('members.id'),
    )
    .executeTakeFirst()
  return { members: Number(members.numUpdatedRows), sessions: Number(sessions.numUpdatedRows) }
}
