/** The statements about who stands beside a patient, what they agreed to, and how they came. */
import type { Insertable } from 'kysely'
import type { Consent, Origin, Relative } from '#contract/patients'
import { phoneDialled, phoneShown } from '#platform/contract/phones.ts'
import { sql } from '#platform/server/db.ts'
import type { TenantDatabase, TenantTables } from '#platform/server/tenant-db.ts'

type Relatives = TenantTables<'relatives'>
type Consents = TenantTables<'consents'>
type Origins = TenantTables<'origins' | 'patients'>

// ─────────────────────────── relatives

const relativeColumns = ['id', 'role', 'firstName', 'lastName', 'phone', 'email', 'pays'] as const
type RelativeRow = Omit<Relative, 'role' | 'phoneShown' | 'phoneDialled'> & { role: string }

const relativeFrom = (row: RelativeRow): Relative => ({
  ...row,
  role: row.role as Relative['role'], // checked by the table
  phoneShown: phoneShown(row.phone),
  phoneDialled: phoneDialled(row.phone),
})

export async function relativesOf(db: Relatives, patientId: string): Promise<Relative[]> {
  const rows = await db
    .selectFrom('relatives')
    .where('patientId', '=', patientId)
    .orderBy('createdAt')
    .orderBy('id')
    .select(relativeColumns)
    .execute()
  return rows.map(relativeFrom)
}

export async function insertRelative(
  db: Relatives,
  relative: Insertable<TenantDatabase['relatives']>,
): Promise<Relative> {
  return relativeFrom(
    await db.insertInto('relatives').values(relative).returning(relativeColumns).executeTakeFirstOrThrow(),
  )
}

type OfPatient = { id: string; patientId: string }

export async function changeRelative(
  db: Relatives,
  { id, patientId }: OfPatient,
  changes: Partial<RelativeRow>,
): Promise<Relative | undefined> {
  const row = await db
    .updateTable('relatives')
    .set(changes)
    .where('id', '=', id)
    .where('patientId', '=', patientId)
    .returning(relativeColumns)
    .executeTakeFirst()
  return row && relativeFrom(row)
}

export async function deleteRelative(db: Relatives, { id, patientId }: OfPatient): Promise<boolean> {
  const gone = await db
    .deleteFrom('relatives')
    .where('id', '=', id)
    .where('patientId', '=', patientId)
    .executeTakeFirst()
  return gone.numDeletedRows > 0n
}

// ─────────────────────────── consents

const consentColumns = sql`id, relative_id, subject, given_on::text as given_on, how, recorded_at, withdrawn_on::text as withdrawn_on`
type ConsentRow = Omit<Consent, 'recordedAt'> & { recordedAt: Date }

const consentFrom = ({ recordedAt, ...row }: ConsentRow): Consent => ({
  ...row,
  recordedAt: recordedAt.toISOString(),
})

/** Those that stand first, then the newest. */
export async function consentsOf(db: Consents, patientId: string): Promise<Consent[]> {
  const { rows } = await sql<ConsentRow>`
    select ${consentColumns} from consents where patient_id = ${patientId}::uuid
    order by withdrawn_on is not null, given_on desc, recorded_at desc, id`.execute(db)
  return rows.map(consentFrom)
}

export async function insertConsent(
  db: Consents,
  consent: Omit<Insertable<TenantDatabase['consents']>, 'id'> & { id: string; patientId: string },
): Promise<void> {
  await db.insertInto('consents').values(consent).execute()
}

/** Not withdrawn. */
export async function standingConsents(db: Consents, patientId: string) {
  return db
    .selectFrom('consents')
    .where('patientId', '=', patientId)
    .where('withdrawnOn', 'is', null)
    .select(['id', 'relativeId', 'subject'])
    .execute()
}

export async function withdraw(
  db: Consents,
  { id, patientId }: OfPatient,
  withdrawnOn: string,
): Promise<void> {
  await db
    .updateTable('consents')
    .set({ withdrawnOn })
    .where('id', '=', id)
    .where('patientId', '=', patientId)
    .execute()
}

// ─────────────────────────── origins

const originColumns = sql`o.id, o.name, o.archived_at is not null as archived,
  (select count(*)::integer from patients p where p.origin_id = o.id and p.trashed_at is null and p.erased_at is null) as patients`

export async function originsByName(db: Origins): Promise<Origin[]> {
  const { rows } = await sql<Origin>`
    select ${originColumns} from origins o order by searchable(o.name)`.execute(db)
  return rows
}

/** One of that name, accents and case aside, is offered again under the name it has. */
export async function addOriginNamed(db: Origins, id: string, name: string): Promise<Origin> {
  await sql`insert into origins (id, name) values (${id}::uuid, ${name})
    on conflict (searchable(name)) do update set archived_at = null`.execute(db)
  const { rows } = await sql<Origin>`
    select ${originColumns} from origins o where searchable(o.name) = searchable(${name})`.execute(db)
  return rows[0]! // it was just written
}

export async function originById(db: Origins, id: string): Promise<Origin | undefined> {
  const { rows } = await sql<Origin>`select ${originColumns} from origins o where o.id = ${id}::uuid`.execute(
    db,
  )
  return rows[0]
}

export async function originNamed(db: Origins, name: string): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    select id from origins where searchable(name) = searchable(${name})`.execute(db)
  return rows[0]?.id
}

export async function changeOrigin(
  db: Origins,
  id: string,
  changes: { name?: string; archivedAt?: Date | null },
): Promise<void> {
  await db.updateTable('origins').set(changes).where('id', '=', id).execute()
}
