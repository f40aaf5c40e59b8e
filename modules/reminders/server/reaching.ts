import type { Channel } from '#contract/reminders'
import { normalisePhone } from '#platform/contract/phones.ts'
import { sql } from '#platform/server/db.ts'
import type { TenantTables } from '#platform/server/tenant-db.ts'

type Person = { name: string; phone: string; email: string }
export type Reached = {
  id: string
  name: string
  noSms: boolean
  noEmail: boolean
  /** E.164 or an address; `of` is whose it is where it is not the patient's own. */
  sms: { to: string; of: string | null } | null
  email: { to: string; of: string | null } | null
}

/** Where a patient is reached; a minor without a number or address of their own, by who answers for them. */
export async function reachOf(
  db: TenantTables<'patients' | 'relatives'>,
  patientId: string,
  today: string,
): Promise<Reached | undefined> {
  const { rows } = await sql<
    Person & { id: string; noSms: boolean; noEmail: boolean; guardians: Person[] }
  >`select p.id, p.first_name || ' ' || p.last_name as name, p.phone, p.email, p.no_sms, p.no_email,
      case when p.born_on > ${today}::date - interval '18 years' then coalesce((
        select json_agg(json_build_object('name', r.first_name || ' ' || r.last_name, 'phone', r.phone, 'email', r.email)
          order by r.created_at, r.id)
        from relatives r where r.patient_id = p.id and r.role in ('parental_authority', 'guardian')), '[]')
      else '[]' end as guardians
    from patients p where p.id = ${patientId}::uuid and p.erased_at is null`.execute(db)
  const [row] = rows
  if (!row) return undefined
  const { id, name, noSms, noEmail, guardians } = row
  return {
    id,
    name,
    noSms,
    noEmail,
    sms: first(row, guardians, 'sms'),
    email: first(row, guardians, 'email'),
  }
}

/**
 * Where a fee note goes: to whom it is addressed, and to nobody in their place. It froze its payer's name alone: where two
 * of that name stand beside the patient with an address each, nobody knows which of them it was.
 */
export async function billedAt(
  db: TenantTables<'patients' | 'relatives'>,
  { patientId, payer }: { patientId: string; payer: string | null },
): Promise<string | undefined> {
  const { rows } = await sql<{ email: string }>`
    select p.email from patients p
    where ${payer}::text is null and p.id = ${patientId}::uuid and p.erased_at is null and p.email <> ''
    union
    select r.email from relatives r join patients p on p.id = r.patient_id
    where r.first_name || ' ' || r.last_name = ${payer} and p.id = ${patientId}::uuid and p.erased_at is null
      and r.email <> ''`.execute(db)
  const [only, ...others] = rows
  return others.length === 0 ? only?.email : undefined
}

function first(patient: Person, guardians: readonly Person[], channel: Channel) {
  const at = ({ phone, email }: Person) => (channel === 'sms' ? mobileOf(phone) : email || undefined)
  const own = at(patient)
  if (own !== undefined) return { to: own, of: null }
  const guardian = guardians.find((one) => at(one) !== undefined)
  const to = guardian && at(guardian)
  return guardian && to !== undefined ? { to, of: guardian.name } : null
}

/** A number that takes SMS, in E.164; French landlines do not (06 and 07, overseas 069x and 0639). */
export function mobileOf(written: string): string | undefined {
  const phone = normalisePhone(written)
  if (!/^\+[1-9]\d{6,14}$/.test(phone)) return undefined
  if (phone.startsWith('+33')) return /^\+33[67]/.test(phone) ? phone : undefined
  if (/^\+(262|590|594|596|508)/.test(phone)) return /^\+\d{3}(6|7|55|4)/.test(phone) ? phone : undefined
  return phone
}
