import { sql } from '#platform/server/db.ts'
import type { TenantTables } from '#platform/server/tenant-db.ts'
import { dayOf, type Clock } from '#platform/server/clock.ts'

/** The clock and the calendar of the practice. */
export async function practiceNow(db: TenantTables<'practice'>, clock: Clock) {
  const { timeZone } = await db.selectFrom('practice').select('timeZone').executeTakeFirstOrThrow()
  const now = clock.now()
  return { now, timeZone, today: dayOf(now, timeZone) }
}

/** Whether somebody works there now: whom a call is for, who does a task. */
export async function worksHere(db: TenantTables<'profiles'>, memberId: string): Promise<boolean> {
  const row = await db
    .selectFrom('profiles')
    .where('memberId', '=', memberId)
    .where('leftAt', 'is', null)
    .select('memberId')
    .executeTakeFirst()
  return row !== undefined
}

/** `{ id, name }` of a profile, or null: `whoSql('c.taken_by')`. */
export const whoSql = (
  column: 'c.for_id' | 'c.taken_by' | 'c.handled_by' | 't.assignee_id' | 't.created_by' | 't.done_by',
) =>
  sql<{
    id: string
    name: string
  } | null>`(select json_build_object('id', f.member_id, 'name', f.first_name || ' ' || f.last_name)
    from profiles f where f.member_id = ${sql.ref(column)})`

/** What somebody typed, as a pattern that is matched anywhere in what is searchable. */
export const anywhere = (typed: string) =>
  sql`'%' || searchable(${typed.replaceAll(/[\\%_]/g, String.raw`\$&`)}) || '%'`
