/** The statements about one patient. There is no tenant in them: the handle is one practice's. */
import type { Updateable } from 'kysely'
import { sql } from '#platform/server/db.ts'
import type { TenantDatabase, TenantTables } from '#platform/server/tenant-db.ts'
import { isMinor, noHolderOfAuthority, yearsOld } from './ages.ts'

type Db = TenantTables<'patients' | 'profiles' | 'origins' | 'relatives' | 'consents'>
type Changes = Updateable<TenantDatabase['patients']>

export type PatientState = {
  id: string
  revision: number
  trashedAt: Date | null
  archivedAt: Date | null
  erasedAt: Date | null
}

const stateOf = (db: TenantTables<'patients'>, id: string) =>
  db
    .selectFrom('patients')
    .where('id', '=', id)
    .select(['id', 'revision', 'trashedAt', 'archivedAt', 'erasedAt'])

export async function patientState(
  db: TenantTables<'patients'>,
  id: string,
): Promise<PatientState | undefined> {
  return stateOf(db, id).executeTakeFirst()
}

/** Held until the transaction ends, so that whatever is decided by it stays true. */
export async function heldPatient(
  db: TenantTables<'patients'>,
  id: string,
): Promise<PatientState | undefined> {
  return stateOf(db, id).forUpdate().executeTakeFirst()
}

export async function wholePatient(db: Db, id: string, today: string) {
  const { rows } = await sql<{
    id: string
    firstName: string
    lastName: string
    birthName: string
    bornOn: string | null
    age: number | null
    email: string
    phone: string
    address: string
    postcode: string
    city: string
    originId: string | null
    originName: string | null
    remark: string
    noSms: boolean
    noEmail: boolean
    monSoutienPsy: boolean
    practitionerId: string
    practitionerName: string
    authorityMissing: boolean
    createdAt: Date
    archivedAt: Date | null
    trashedAt: Date | null
    erasedAt: Date | null
    revision: number
  }>`
    select p.id, p.first_name, p.last_name, p.birth_name, p.born_on::text as born_on, ${yearsOld(today)} as age,
      p.email, p.phone, p.address, p.postcode, p.city, o.id as origin_id, o.name as origin_name, p.remark, p.no_sms,
      p.no_email, p.mon_soutien_psy, p.practitioner_id, f.first_name || ' ' || f.last_name as practitioner_name,
      ${isMinor(today)} and ${noHolderOfAuthority} and p.erased_at is null as authority_missing,
      p.created_at, p.archived_at, p.trashed_at, p.erased_at, p.revision
    from patients p join profiles f on f.member_id = p.practitioner_id left join origins o on o.id = p.origin_id
    where p.id = ${id}::uuid`.execute(db)
  return rows[0]
}

export async function insertPatient(
  db: TenantTables<'patients'>,
  patient: Changes & { id: string; firstName: string; lastName: string; practitionerId: string },
) {
  await db.insertInto('patients').values(patient).execute()
}

/** False when another revision stands by now. */
export async function changePatient(
  db: TenantTables<'patients'>,
  { id, revision }: { id: string; revision: number },
  changes: Changes,
): Promise<boolean> {
  const changed = await db
    .updateTable('patients')
    .set({ ...changes, revision: revision + 1 })
    .where('id', '=', id)
    .where('revision', '=', revision)
    .executeTakeFirst()
  return changed.numUpdatedRows > 0n
}

/** Those who see patients here: whoever has left is among them no more. Who was there first stands first. */
export async function practitionersHere(db: TenantTables<'profiles'>): Promise<string[]> {
  const rows = await db
    .selectFrom('profiles')
    .where('profile', '=', 'practitioner')
    .where('leftAt', 'is', null)
    .orderBy('createdAt')
    .orderBy('memberId')
    .select('memberId')
    .execute()
  return rows.map(({ memberId }) => memberId)
}

export async function originExists(db: TenantTables<'origins'>, id: string): Promise<boolean> {
  return (await db.selectFrom('origins').where('id', '=', id).select('id').executeTakeFirst()) !== undefined
}
