import { sql } from '#platform/server/db.ts'
import type { TenantTables } from '#platform/server/tenant-db.ts'

type Db = TenantTables<'supportAccesses' | 'supportAccessActs' | 'profiles'>

export async function accessRows(db: Db, limit: number) {
  return db
    .selectFrom('supportAccesses')
    .leftJoin('profiles', 'profiles.memberId', 'supportAccesses.memberId')
    .select([
      'supportAccesses.id',
      'actorName',
      sql<string | null>`first_name || ' ' || last_name`.as('memberName'),
      'reason',
      'reference',
      'mayWrite',
      'startedAt',
      'endedAt',
      sql<number>`(select count(*)::int from support_access_acts acts where acts.access_id = support_accesses.id)`.as(
        'acts',
      ),
    ])
    .orderBy('startedAt', 'desc')
    .orderBy('supportAccesses.id', 'desc')
    .limit(limit)
    .execute()
}
