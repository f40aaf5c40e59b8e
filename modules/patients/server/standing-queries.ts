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

type Subject = 'care' | 'mon_soutien_psy'
type Standing = {
  minor: boolean
  unanswered: boolean
  care: boolean
  careWithdrawn: boolean
  monSoutienPsy: boolean
  monSoutienPsyWithdrawn: boolean
}

/**
 * On a day: whether they are a minor, whether somebody answers for them, and has agreed to what; and whether one who does
 * took back what they had agreed to, whatever another says.
 */
export async function standingOn(
  db: TenantTables<'patients' | 'relatives' | 'consents'>,
  patientId: string,
  on: string,
) {
  const theirs = (subject: Subject) =>
    sql`c.patient_id = p.id and c.subject = ${subject} and c.given_on <= ${on}::date`
  const standing = sql<boolean>`(c.withdrawn_on is null or c.withdrawn_on > ${on}::date)`
  const holders = sql`consents c join relatives r
    on r.id = c.relative_id and r.role in ('parental_authority', 'guardian')`
  const agreed = (subject: Subject) => sql<boolean>`exists (
    select from ${holders} where ${theirs(subject)} and ${standing})`
  const withdrew = (subject: Subject) => sql<boolean>`exists (
    select from ${holders} where ${theirs(subject)} group by r.id having not bool_or(${standing}))`
  const { rows } = await sql<Standing>`
    select ${isMinor(on)} as minor, ${noHolderOfAuthority} as unanswered, ${agreed('care')} as care,
      ${agreed('mon_soutien_psy')} as mon_soutien_psy, ${withdrew('care')} as care_withdrawn,
      ${withdrew('mon_soutien_psy')} as mon_soutien_psy_withdrawn
    from patients p where p.id = ${patientId}::uuid and p.erased_at is null`.execute(db)
  return rows[0]
}
