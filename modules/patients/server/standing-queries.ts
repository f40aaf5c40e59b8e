import { sql } from '#platform/server/db.ts'
import type { TenantTables } from '#platform/server/tenant-db.ts'
import { isMinor, noHolderOfAuthority } from './ages.ts'

/** Sessions of « Mon soutien psy » kept and planned in a calendar year of the practice. */
export async function sessionsIn(
  db: TenantTables<'appointments' | 'acts'>,
  patientId: string,
  year: number,
  timeZone: string,
): Promise<number> {
  const begin = (of: number) => sql`${`${of}-01-01`}::date::timestamp at time zone ${timeZone}`
  const { rows } = await sql<{ used: number }>`
    select count(*)::integer as used from appointments a join acts on acts.id = a.act_id
    where a.patient_id = ${patientId}::uuid and acts.mon_soutien_psy and a.status in ('planned', 'kept')
      and a.starts_at >= ${begin(year)} and a.starts_at < ${begin(year + 1)}`.execute(db)
  return rows[0]?.used ?? 0
}

/** On a day: whether they are a minor, whether somebody answers for them, and has agreed to what. */
export async function standingOn(
  db: TenantTables<'patients' | 'relatives' | 'consents'>,
  patientId: string,
  on: string,
) {
  const agreed = (subject: 'care' | 'mon_soutien_psy') => sql<boolean>`exists (
    select from consents c join relatives r on r.id = c.relative_id
    where c.patient_id = p.id and c.subject = ${subject} and r.role in ('parental_authority', 'guardian')
      and c.given_on <= ${on}::date and (c.withdrawn_on is null or c.withdrawn_on > ${on}::date))`
  const { rows } = await sql<{ minor: boolean; unanswered: boolean; care: boolean; monSoutienPsy: boolean }>`
    select ${isMinor(on)} as minor, ${noHolderOfAuthority} as unanswered, ${agreed('care')} as care,
      ${agreed('mon_soutien_psy')} as mon_soutien_psy
    from patients p where p.id = ${patientId}::uuid and p.erased_at is null`.execute(db)
  return rows[0]
}
