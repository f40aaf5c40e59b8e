import { sql, type Tables } from '#platform/server/db.ts'

/**
 * Of whoever was suspended before then; and of tickets that were forgotten while somebody was typing in them.
 * @returns how many went
 */
export async function deleteDraftsOfWhoLeft(
  db: Tables<'ticketDrafts' | 'staffMembers' | 'tickets'>,
  before: Date,
): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom('ticketDrafts')
    .where((eb) =>
      eb.or([
        eb.exists(
          eb
            .selectFrom('staffMembers')
            .whereRef('staffMembers.id', '=', 'ticketDrafts.staffId')
            .where('suspendedAt', '<', before)
            .select(sql`1`.as('one')),
        ),
        eb.exists(
          eb
            .selectFrom('tickets')
            .whereRef('tickets.id', '=', 'ticketDrafts.ticketId')
            .where('forgottenAt', 'is not', null)
            .select(sql`1`.as('one')),
        ),
      ]),
    )
    .executeTakeFirst()
  return Number(numDeletedRows)
}
