import { getQueueCounts, queues } from '#contract/support'
import { sql, type Tables } from '#platform/server/db.ts'
import { handle, type Handler } from '#platform/server/requests.ts'
import { inQueue, inSight, isPile, isUnread, notMerged } from './filter-sql.ts'
import { countedUpTo } from './queries.ts'

type Counts = { queues: Record<(typeof queues)[number], number>; unread: number; breached: number }

export const counting: Handler = handle(getQueueCounts, (ctx) =>
  countsFor(ctx.db, ctx.actor.staffId, ctx.clock.now()),
)

/** What is open is counted in one look; what piles up for ever is counted no further than a list says. */
async function countsFor(db: Tables<'tickets'>, asker: string, now: Date): Promise<Counts> {
  const piles = queues.filter(isPile)
  const ofOpen = queues.filter((queue) => !isPile(queue))
  const { rows } = await sql<Counts>`
    select json_build_object(${sql.join([
      ...ofOpen.map(
        (queue) =>
          sql`${sql.lit(queue)}, count(*) filter (where ${inQueue(queue, asker, now)}${queue === 'snoozed' ? sql`` : sql` and ${inSight(now)}`})`,
      ),
      ...piles.map(
        (queue) => sql`${sql.lit(queue)}, (select count(*) from (select from tickets t
          where ${queue === 'trash' ? sql`true` : sql`t.trashed_at is null`} and ${notMerged} and ${inQueue(queue, asker, now)} limit ${sql.lit(countedUpTo)}) pile)`,
      ),
    ])}) as queues,
      (count(*) filter (where ${inSight(now)} and ${isUnread(asker)}))::integer as unread,
      (count(*) filter (where t.due_at <= ${now}::timestamptz))::integer as breached
    from tickets t where t.trashed_at is null and ${notMerged} and t.status <> 'resolved'`.execute(db)
  return rows[0]! // an aggregate without groups has one row
}
