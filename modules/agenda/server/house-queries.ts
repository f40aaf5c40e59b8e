import { sql } from '#platform/server/db.ts'
import type { TenantTables } from '#platform/server/tenant-db.ts'
import type { Practitioner } from '#contract/agenda'

type Db = TenantTables<'practice' | 'profiles'>

/** Whoever works there in the profession the practice was opened for has an agenda: in a secretary's own space, secretaries. */
export async function houseRow(db: Db) {
  return db
    .selectFrom('practice')
    .select(['timeZone', 'holidays', 'lateWindowHours', 'lateSharePercent', 'noShowSharePercent'])
    .select(
      sql<Practitioner[]>`coalesce((
        select json_agg(json_build_object('memberId', member_id, 'name', first_name || ' ' || last_name)
          order by last_name, first_name, member_id)
        from profiles where left_at is null and profile = practice.kind), '[]')`.as('practitioners'),
    )
    .executeTakeFirstOrThrow()
}

/** Who has appointments in these days and no agenda any more. */
export async function departedBetween(
  db: TenantTables<'profiles' | 'appointments'>,
  { from, to, practitioners }: { from: Date; to: Date; practitioners: readonly Practitioner[] },
): Promise<Practitioner[]> {
  const here = practitioners.map(({ memberId }) => memberId)
  const { rows } = await sql<Practitioner>`
    select w.member_id, w.first_name || ' ' || w.last_name as name from profiles w
    where w.member_id <> all(${here}::uuid[]) and exists (select from appointments a where a.practitioner_id = w.member_id
      and a.starts_at < ${to} and a.ends_at > ${from})
    order by w.last_name, w.first_name, w.member_id`.execute(db)
  return rows
}

/** The practice's own rules, and the revision they share with its name. */
export async function rulesRow(db: Db) {
  return db
    .selectFrom('practice')
    .select(['revision', 'holidays', 'lateWindowHours', 'lateSharePercent', 'noShowSharePercent'])
    .executeTakeFirstOrThrow()
}

/** False when another revision stands by now. */
export async function changeRules(
  db: Db,
  revision: number,
  rules: {
    holidays: string
    lateWindowHours: number
    lateSharePercent: number
    noShowSharePercent: number
  },
  now: Date,
): Promise<boolean> {
  const changed = await db
    .updateTable('practice')
    .set({ ...rules, revision: revision + 1, updatedAt: now })
    .where('revision', '=', revision)
    .executeTakeFirst()
  return changed.numUpdatedRows > 0n
}
