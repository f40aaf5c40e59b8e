import { sql, type Tables } from '#platform/server/db.ts'
import { exportJobKind } from '#contract/tenancy'

type Db = Tables<'backgroundJobs' | 'storedFiles' | 'staffMembers'>

/** Whether this is somebody, and not suspended. */
export async function isAtWork(db: Db, staffId: string): Promise<boolean> {
  const row = await db
    .selectFrom('staffMembers')
    .where('id', '=', staffId)
    .where('suspendedAt', 'is', null)
    .select('id')
    .executeTakeFirst()
  return row !== undefined
}

/** The files exports of that tenant left, as long as they are kept. */
export async function exportsKept(db: Db, tenantId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('backgroundJobs')
    .innerJoin('storedFiles', (join) =>
      join.on(sql<boolean>`stored_files.id::text = background_jobs.result ->> 'fileId'`),
    )
    .where('backgroundJobs.kind', '=', exportJobKind)
    .where(sql<string>`input ->> 'tenantId'`, '=', tenantId)
    .select('storedFiles.id')
    .execute()
  return rows.map(({ id }) => id)
}
