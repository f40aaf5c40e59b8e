import type { RetentionAct } from '#contract/patients'
import { sql } from '#platform/server/db.ts'
import type { TenantDb, TenantTables } from '#platform/server/tenant-db.ts'

export type Rule = { activeYears: number; archiveYears: number }

export async function ruleOf(db: TenantTables<'practice'>) {
  return db
    .selectFrom('practice')
    .select(['retentionActiveYears as activeYears', 'retentionArchiveYears as archiveYears', 'revision'])
    .executeTakeFirstOrThrow()
}

/** False when another revision stands by now. */
export async function changeRule(
  db: TenantTables<'practice'>,
  revision: number,
  { activeYears, archiveYears }: Rule,
  now: Date,
): Promise<boolean> {
  const changed = await db
    .updateTable('practice')
    .set({
      retentionActiveYears: activeYears,
      retentionArchiveYears: archiveYears,
      revision: revision + 1,
      updatedAt: now,
    })
    .where('revision', '=', revision)
    .executeTakeFirst()
  return changed.numUpdatedRows > 0n
}

export type ConcernedRow = { id: string; name: string; lastContactOn: string }

/**
 * Whom the rule concerns on a day, who was there last longest ago first. Who was there came, or is awaited: one that was
 * cancelled, or that nobody came to, is no contact (a record is kept from the last consultation: code de la santé publique,
 * R1112-7, whose twenty years practices take for theirs). To be archived: in use, and nobody came for so
 * many years. To be erased: wherever they lie, once the archive's years are over too; an open request is answered first.
 */
export async function concerned(
  db: TenantDb,
  act: RetentionAct,
  { activeYears, archiveYears }: Rule,
  { today, timeZone }: { today: string; timeZone: string },
): Promise<ConcernedRow[]> {
  const over = (years: number) =>
    sql<boolean>`last.on + make_interval(years => ${years}::integer) <= ${today}::date`
  const whole = activeYears + archiveYears
  const due =
    act === 'archive'
      ? sql`p.archived_at is null and p.trashed_at is null and ${over(activeYears)} and not ${over(whole)}`
      : sql`${over(whole)} and not exists (select from patient_requests r where r.patient_id = p.id and r.state = 'open')`
  const { rows } = await sql<ConcernedRow>`
    select p.id, p.first_name || ' ' || p.last_name as name, last.on::text as last_contact_on
    from patients p, lateral (
      select (coalesce(max(a.starts_at), p.created_at) at time zone ${timeZone})::date as on from appointments a
      where a.patient_id = p.id and a.status in ('planned', 'kept')) last
    where p.erased_at is null and ${due}
    order by last.on, p.id`.execute(db)
  return rows
}

export async function archiveAll(
  db: TenantTables<'patients'>,
  ids: readonly string[],
  now: Date,
): Promise<void> {
  await sql`update patients set archived_at = ${now}, revision = revision + 1
    where id = any(${ids}::uuid[]) and archived_at is null`.execute(db)
}

/** Held until the transaction ends: nobody books or changes them meanwhile. */
export async function holdPatients(db: TenantTables<'patients'>, ids: readonly string[]): Promise<void> {
  await sql`select from patients where id = any(${ids}::uuid[]) order by id for update`.execute(db)
}
