import type { AuditFinding, AuditVerification } from '#contract/audit'
import { sql, type CentralDb, type Tables } from '#platform/server/db.ts'

/** The latest first, as the contract has them. */
export async function latestVerifications(
  db: Tables<'auditVerifications' | 'staffMembers'>,
  { limit, before }: { limit: number; before?: { at: string; id: string } | undefined },
): Promise<AuditVerification[]> {
  let query = db
    .selectFrom('auditVerifications as run')
    .leftJoin('staffMembers as person', 'person.id', 'run.askedBy')
    .orderBy('run.endedAt', 'desc')
    .orderBy('run.id', 'desc')
    .limit(limit)
  // Instants are told to the millisecond and kept to the millisecond.
  if (before)
    query = query.where(
      sql<boolean>`(run.ended_at, run.id) < (${before.at}::timestamptz, ${before.id}::uuid)`,
    )
  const rows = await query
    .selectAll('run')
    .select(sql<string>`concat_ws(' ', nullif(person.first_name, ''), person.last_name)`.as('name'))
    .execute()
  return rows.map(({ askedBy, name, startedAt, endedAt, findings, ...run }) => ({
    ...run,
    startedAt: startedAt.toISOString(),
    endedAt: endedAt.toISOString(),
    askedBy: askedBy === null ? null : { id: askedBy, name },
    // As insertVerification wrote them.
    findings: findings as AuditFinding[],
  }))
}

export type NewVerification = Omit<AuditVerification, 'id' | 'startedAt' | 'endedAt' | 'askedBy'> & {
  startedAt: Date
  endedAt: Date
  askedBy: string | null
}

/** @returns its id */
export async function insertVerification(
  db: CentralDb,
  { findings, ...run }: NewVerification,
): Promise<string> {
  const { id } = await db
    .insertInto('auditVerifications')
    .values({ ...run, findings: JSON.stringify(findings) })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}
