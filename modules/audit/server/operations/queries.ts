import { sql, type CentralDb, type Tables } from '#platform/server/db.ts'
import type { Within } from '#server/access'
import { actorName } from '../searching/names.ts'

type Operations = Tables<'auditOperations'>

export type Outcome = 'done' | 'refused' | 'failed'

export async function insertOperation(
  db: Operations,
  operation: { id: string; tenantId: string; intentEntryId: string },
): Promise<void> {
  await db.insertInto('auditOperations').values(operation).execute()
}

/**
 * The right to tell what came of it, until the transaction ends: who comes second waits, and then gets nothing.
 * @returns the intent's leaf and payload
 */
export async function claimOutcome(
  db: Tables<'auditOperations' | 'auditLog'>,
  id: string,
  { outcome, entryId }: { outcome: Outcome; entryId: string },
) {
  const claimed = await db
    .updateTable('auditOperations')
    .set({ outcome, outcomeEntryId: entryId, settledAt: sql<Date>`clock_timestamp()` })
    .where('id', '=', id)
    .where('outcome', 'is', null)
    .returning('intentEntryId')
    .executeTakeFirst()
  if (!claimed) return undefined
  return db
    .selectFrom('auditLog')
    .where('id', '=', claimed.intentEntryId)
    .select(['id', 'leaf', 'sealed'])
    .executeTakeFirstOrThrow()
}

export async function outcomeOf(db: Operations, id: string): Promise<Outcome | null | undefined> {
  const row = await db.selectFrom('auditOperations').where('id', '=', id).select('outcome').executeTakeFirst()
  // The column's check holds the same three.
  return row?.outcome as Outcome | null | undefined
}

/** Tenant by tenant, the oldest first; or of one of them. */
export async function unsettledByTenant(
  db: Operations,
  { olderThanSeconds, tenantId }: { olderThanSeconds: number; tenantId?: string | undefined },
) {
  return db
    .selectFrom('auditOperations')
    .where('outcome', 'is', null)
    .$if(tenantId !== undefined, (query) => query.where('tenantId', '=', tenantId ?? ''))
    .where('intendedAt', '<=', sql<Date>`clock_timestamp() - make_interval(secs => ${olderThanSeconds})`)
    .groupBy('tenantId')
    .orderBy(sql`min(intended_at)`)
    .select(['tenantId', sql<string[]>`array_agg(id::text order by intended_at)`.as('operations')])
    .execute()
}

/** Settled more than a day ago: no process can still be about to do them. */
export async function settledLongAgo(db: Operations) {
  return db
    .selectFrom('auditOperations')
    .where('outcome', 'is not', null)
    .where('settledAt', '<', sql<Date>`clock_timestamp() - interval '1 day'`)
    .groupBy('tenantId')
    .select(['tenantId', sql<string[]>`array_agg(id::text)`.as('operations')])
    .execute()
}

export async function forgetOperations(db: Operations, ids: readonly string[]): Promise<void> {
  await db
    .deleteFrom('auditOperations')
    .where(sql<boolean>`id = any(${ids}::uuid[])`)
    .execute()
}

export async function noteTrouble(db: Operations, ids: readonly string[], trouble: string): Promise<void> {
  await db
    .updateTable('auditOperations')
    .set({ trouble, triedAt: sql<Date>`clock_timestamp()` })
    .where(sql<boolean>`id = any(${ids}::uuid[])`)
    .where('outcome', 'is', null)
    .execute()
}

export async function unsettled(db: CentralDb, limit: number, mine: Within | undefined) {
  return db
    .selectFrom('auditOperations as operation')
    .innerJoin('auditLog as e', 'e.id', 'operation.intentEntryId')
    .where('outcome', 'is', null)
    .orderBy('operation.intendedAt')
    .limit(limit)
    .select([
      'operation.id',
      'operation.tenantId',
      'operation.intendedAt',
      'operation.intentEntryId as entryId',
      'operation.trouble',
      'operation.triedAt',
      'e.verb',
      'e.objectType',
      'e.objectId',
      actorName(mine).as('actor'),
      sql<number>`count(*) over ()`.as('total'),
    ])
    .execute()
}
