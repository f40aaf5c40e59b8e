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

/** With the file it names, in the transaction of both: the job says so at its end, and may die before it. */
export async function noteResult(db: Db, jobId: string, result: Record<string, unknown>): Promise<void> {
  await db
    .updateTable('backgroundJobs')
    .set({ result: JSON.stringify(result) })
    .where('id', '=', jobId)
    .execute()
}

export async function notedResult(db: Db, jobId: string): Promise<Record<string, unknown> | null> {
  const row = await db
    .selectFrom('backgroundJobs')
    .where('id', '=', jobId)
    .select('result')
    .executeTakeFirst()
  return (row?.result ?? null) as Record<string, unknown> | null // written above alone
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
