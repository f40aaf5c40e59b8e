import type { Updateable } from 'kysely'
import type { PatientRequest } from '#contract/patients'
import { sql } from '#platform/server/db.ts'
import type { TenantDatabase, TenantTables } from '#platform/server/tenant-db.ts'

type Db = TenantTables<'patientRequests' | 'patients' | 'profiles'>

export type RequestRow = Omit<
  PatientRequest,
  'patient' | 'identityCheckedAt' | 'answeredAt' | 'createdAt'
> & {
  patientId: string
  patientName: string
  erased: boolean
  identityCheckedAt: Date | null
  answeredAt: Date | null
  createdAt: Date
}

const columns = (today: string) => sql`
  r.id, r.patient_id, p.first_name || ' ' || p.last_name as patient_name, p.erased_at is not null as erased, r.kind,
  r.received_on::text as received_on, r.due_on::text as due_on,
  case when r.state = 'open' then r.due_on - ${today}::date end as days_left, r.note, r.state, r.identity_checked_at,
  r.answered_at, f.first_name || ' ' || f.last_name as answered_by, r.answer, r.proof, r.created_at`

const from = sql`patient_requests r join patients p on p.id = r.patient_id left join profiles f on f.member_id = r.answered_by`

type Asked = { state: State; patientId?: string | undefined; limit: number }
type State = 'open' | 'overdue' | 'closed' | 'all'

const stateIs = (state: State, today: string) =>
  ({
    open: sql<boolean>`r.state = 'open'`,
    overdue: sql<boolean>`r.state = 'open' and r.due_on < ${today}::date`,
    closed: sql<boolean>`r.state <> 'open'`,
    all: sql<boolean>`true`,
  })[state]

/** Open ones first, the most pressing on top; then those that ended last. */
export async function requestRows(
  db: Db,
  { state, patientId, limit }: Asked,
  today: string,
): Promise<RequestRow[]> {
  const { rows } = await sql<RequestRow>`
    select ${columns(today)} from ${from}
    where ${stateIs(state, today)} and (${patientId ?? null}::uuid is null or r.patient_id = ${patientId ?? null}::uuid)
    order by r.state <> 'open', case when r.state = 'open' then r.due_on end, r.answered_at desc, r.id
    limit ${limit}`.execute(db)
  return rows
}

export async function requestCounts(db: Db, today: string) {
  const { rows } = await sql<{ open: number; overdue: number; closed: number }>`
    select count(*) filter (where ${stateIs('open', today)})::integer as open,
      count(*) filter (where ${stateIs('overdue', today)})::integer as overdue,
      count(*) filter (where ${stateIs('closed', today)})::integer as closed
    from patient_requests r`.execute(db)
  return rows[0]! // an aggregate without groups is one row
}

export async function requestRow(db: Db, id: string, today: string): Promise<RequestRow | undefined> {
  const { rows } = await sql<RequestRow>`
    select ${columns(today)} from ${from} where r.id = ${id}::uuid`.execute(db)
  return rows[0]
}

/** Held until the transaction ends. */
export async function heldRequest(db: TenantTables<'patientRequests'>, id: string) {
  return db
    .selectFrom('patientRequests')
    .where('id', '=', id)
    .select(['id', 'patientId', 'state', 'identityCheckedAt'])
    .forUpdate()
    .executeTakeFirst()
}

export async function insertRequest(
  db: TenantTables<'patientRequests'>,
  request: {
    id: string
    patientId: string
    kind: string
    receivedOn: string
    dueOn: string
    note: string
    createdBy: string
    createdAt: Date
  },
): Promise<void> {
  await db.insertInto('patientRequests').values(request).execute()
}

export async function changeRequest(
  db: TenantTables<'patientRequests'>,
  id: string,
  changes: Updateable<TenantDatabase['patientRequests']>,
): Promise<void> {
  await db.updateTable('patientRequests').set(changes).where('id', '=', id).execute()
}
