/** What the command line shows of a tenant's life. */
import { sql, type Tables } from '#platform/server/db.ts'

/** Those that can be restored, the newest first. */
export async function backupsToRestore(db: Tables<'tenantBackups'>, tenantId: string) {
  return db
    .selectFrom('tenantBackups')
    .where('tenantId', '=', tenantId)
    .where('removedAt', 'is', null)
    .orderBy('madeAt', 'desc')
    .select(['id', 'madeAt', 'occasion', 'schemaVersion', 'bytes'])
    .execute()
}

/** Databases beside the living one, the newest first. */
export async function sparesBeside(db: Tables<'tenantSpares' | 'clusters'>, tenantId: string) {
  return db
    .selectFrom('tenantSpares')
    .innerJoin('clusters', 'clusters.id', 'tenantSpares.clusterId')
    .where('tenantId', '=', tenantId)
    .where('droppedAt', 'is', null)
    .orderBy('madeAt', 'desc')
    .select(['databaseName', 'origin', 'madeAt', 'dropAfter', 'clusters.name as cluster'])
    .select(
      sql<number>`(select coalesce(sum(value::bigint), 0)::integer from jsonb_each_text(rows_by_table))`.as(
        'rows',
      ),
    )
    .execute()
}

/** How a work stands, and what went wrong in it last. */
export async function troubleOf(db: Tables<'tenantWorks'>, workId: string) {
  return db
    .selectFrom('tenantWorks')
    .where('id', '=', workId)
    .select(['step', 'errorCode', 'errorDetail'])
    .executeTakeFirstOrThrow()
}

export async function certificateOf(db: Tables<'tenantPurges'>, tenantId: string) {
  return db
    .selectFrom('tenantPurges')
    .where('tenantId', '=', tenantId)
    .select(['certificate', 'sha256'])
    .executeTakeFirst()
}
