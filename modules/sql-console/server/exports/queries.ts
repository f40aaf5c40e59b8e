/** The rows of exports: who asked for what, and what became of it. */
import type { SqlExport, SqlExportFormat } from '#contract/sql-console'
import { sql, type Tables } from '#platform/server/db.ts'

export type Db = Tables<'sqlExports' | 'backgroundJobs'>

export type ExportRow = {
  id: string
  staffId: string
  tenantId: string | null
  tenantName: string | null
  runId: string
  place: number
  format: SqlExportFormat
  askedAt: Date
  cancelledAt: Date | null
  outcome: 'whole' | 'rows' | 'bytes' | 'failed' | 'cancelled' | null
  code: string | null
  rowCount: number | null
  bytes: string | null
  sha256: Buffer | null
  leftOut: number
  lapsesAt: Date | null
  textSealed: Buffer
  /** Of the job, as long as it is known. */
  jobState: string | null
  jobError: string | null
  done: number
  total: number | null
}

const selected = sql`e.id, e.staff_id as "staffId", e.tenant_id as "tenantId", t.name as "tenantName", e.run_id as "runId", e.place, e.format,
  e.asked_at as "askedAt", e.cancelled_at as "cancelledAt", e.outcome, e.code, e.row_count as "rowCount", e.bytes, e.sha256,
  e.left_out as "leftOut", e.lapses_at as "lapsesAt", r.text_sealed as "textSealed", j.state as "jobState", j.error_code as "jobError",
  coalesce(j.done, 0) as done, j.total`
const from = sql`sql_exports e join sql_runs r on r.id = e.run_id left join tenants t on t.id = e.tenant_id
  left join background_jobs j on j.id = e.id`

export async function exportById(db: Db, id: string, staffId?: string): Promise<ExportRow | undefined> {
  const { rows } = await sql<ExportRow>`select ${selected} from ${from}
    where e.id = ${id} ${staffId === undefined ? sql`` : sql`and e.staff_id = ${staffId}`}`.execute(db)
  return rows[0]
}

/** The latest first. */
export async function exportsOf(db: Db, staffId: string, most: number): Promise<ExportRow[]> {
  const { rows } = await sql<ExportRow>`select ${selected} from ${from} where e.staff_id = ${staffId}
    order by e.asked_at desc, e.id desc limit ${most}`.execute(db)
  return rows
}

/** One that is being made for this person; whoever asks twice at once is served one after the other. */
export async function underWay(db: Db, staffId: string): Promise<string | undefined> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`sql export ${staffId}`}, 0))`.execute(db)
  const { rows } = await sql<{
    id: string
  }>`select e.id from sql_exports e join background_jobs j on j.id = e.id
    where e.staff_id = ${staffId} and e.outcome is null and e.cancelled_at is null and j.state in ('waiting', 'running') limit 1`.execute(
    db,
  )
  return rows[0]?.id
}

export async function insertExport(
  db: Db,
  row: Pick<ExportRow, 'id' | 'staffId' | 'tenantId' | 'runId' | 'place' | 'format' | 'askedAt'>,
): Promise<void> {
  await db.insertInto('sqlExports').values(row).execute()
}

/** @returns whether it was still to be ended */
export async function cancelExport(db: Db, id: string, now: Date): Promise<boolean> {
  const done = await db
    .updateTable('sqlExports')
    .set({ cancelledAt: now })
    .where('id', '=', id)
    .where('outcome', 'is', null)
    .where('cancelledAt', 'is', null)
    .executeTakeFirst()
  return done.numUpdatedRows === 1n
}

export async function isCancelled(db: Db, id: string): Promise<boolean> {
  const row = await db.selectFrom('sqlExports').where('id', '=', id).select('cancelledAt').executeTakeFirst()
  return row === undefined || row.cancelledAt !== null
}

export type Made = {
  outcome: 'whole' | NonNullable<SqlExport['cut']>
  endedAt: Date
  rowCount: number
  bytes: number
  sha256: Buffer
  leftOut: number
  lapsesAt: Date
}

/** @returns whether it is made now: one that was cancelled meanwhile is not */
export async function endMade(db: Db, id: string, made: Made): Promise<boolean> {
  const done = await db
    .updateTable('sqlExports')
    .set(made)
    .where('id', '=', id)
    .where('outcome', 'is', null)
    .where('cancelledAt', 'is', null)
    .executeTakeFirst()
  return done.numUpdatedRows === 1n
}

export async function endUnmade(
  db: Db,
  id: string,
  { outcome, code, endedAt }: { outcome: 'failed' | 'cancelled'; code: string | null; endedAt: Date },
): Promise<void> {
  await db
    .updateTable('sqlExports')
    .set({ outcome, code, endedAt })
    .where('id', '=', id)
    .where('outcome', 'is', null)
    .execute()
}

/** Those of which nothing is left to take. @returns whose files they were */
export async function forgetExports(db: Db, now: Date, keptMs: number): Promise<void> {
  await db
    .deleteFrom('sqlExports')
    .where(sql<boolean>`coalesce(lapses_at, ended_at, asked_at) < ${new Date(now.getTime() - keptMs)}`)
    .execute()
}

/** Of these files, those that may still be taken. */
export async function stillKept(db: Db, ids: readonly string[], now: Date): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const rows = await db
    .selectFrom('sqlExports')
    .where('id', 'in', ids)
    .where((where) => where.or([where('outcome', 'is', null), where('lapsesAt', '>=', now)]))
    .select('id')
    .execute()
  return new Set(rows.map(({ id }) => id))
}

export async function isAnyUnderWay(db: Db, staffId: string): Promise<boolean> {
  const row = await db
    .selectFrom('sqlExports')
    .where('staffId', '=', staffId)
    .where('outcome', 'is', null)
    .select('id')
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** Somebody, and not suspended. */
export async function isAtWork(db: Tables<'staffMembers'>, staffId: string): Promise<boolean> {
  const row = await db
    .selectFrom('staffMembers')
    .where('id', '=', staffId)
    .where('suspendedAt', 'is', null)
    .select('id')
    .executeTakeFirst()
  return row !== undefined
}
