import type { RawBuilder } from 'kysely'
import type {
  PrivacyRequest,
  PrivacyRequestRow,
  RequestFields,
  RequestKind,
  RequestState,
  Step,
} from '#contract/privacy'
import { dueSoonDays } from '#contract/privacy'
import { sql, type Tables } from '#platform/server/db.ts'

/** Of clients and staff members only who they are. */
type Db = Tables<'privacyRequests' | 'privacySteps' | 'privacyProofs' | 'clients' | 'staffMembers'>

/** What is asked of the register on a day, `2026-02-27`. */
export type Wanted = {
  today: string
  q?: string | undefined
  state?: RequestState | undefined
  kind?: RequestKind | undefined
  late?: 'yes' | undefined
  client?: string | undefined
}

export type Place = { key: number; id: string }

/** Where request `r` stands that day. */
const stateOn = (today: string) => sql<RequestState>`(case
  when r.answered_on is not null then 'answered'
  when r.due_on < ${today}::date then 'late'
  when r.due_on <= ${today}::date + ${sql.lit(dueSoonDays)} then 'due_soon'
  when r.is_extended then 'extended'
  else 'open' end)`

/** What waits, the nearest deadline first; then what was answered, the latest answer first. */
const order = sql<number>`(case
  when r.answered_on is null then r.due_on - date '1900-01-01'
  else 1000000 - (r.answered_on - date '1900-01-01') end)`

const rowOn = (today: string) => sql`r.id, r.number, r.kind, ${stateOn(today)} as state, r.channel,
  json_build_object('name', r.person_name, 'email', r.person_email, 'client', (
    select json_build_object('id', c.id, 'name', trim(c.first_name || ' ' || c.last_name), 'inTrash', c.trashed_at is not null)
    from clients c where c.id = r.client_id)) as person,
  r.received_on as "receivedOn", r.due_on as "dueOn", r.due_on - coalesce(r.answered_on, ${today}::date) as "daysLeft",
  r.is_extended as "isExtended", r.identity_checked_on is not null as "isIdentityChecked",
  r.answered_on as "answeredOn", r.outcome`

export async function requestsPage(
  db: Db,
  wanted: Wanted,
  { after, limit }: { after: Place | undefined; limit: number },
): Promise<{ row: PrivacyRequestRow; key: number }[]> {
  const beyond = after ? sql`and (${order}, r.id) > (${after.key}, ${after.id}::uuid)` : sql``
  const { rows } = await sql<{ row: PrivacyRequestRow; key: number }>`
    select (select row_to_json(shown) from (select ${rowOn(wanted.today)}) shown) as row, ${order} as key
    from privacy_requests r where ${matching(wanted)} ${beyond}
    order by ${order}, r.id limit ${limit}`.execute(db)
  return rows
}

/** How many there are by state, whatever state is asked for. */
export async function requestsCounted(
  db: Db,
  wanted: Wanted,
): Promise<Partial<Record<RequestState, number>>> {
  const { rows } = await sql<{ state: RequestState; count: number }>`
    select ${stateOn(wanted.today)} as state, count(*)::integer as count
    from privacy_requests r where ${matching({ ...wanted, state: undefined })} group by 1`.execute(db)
  return Object.fromEntries(rows.map(({ state, count }) => [state, count]))
}

function matching({ today, q, state, kind, late, client }: Wanted): RawBuilder<boolean> {
  const conditions: RawBuilder<unknown>[] = [sql`true`]
  if (state) conditions.push(sql`${stateOn(today)} = ${state}`)
  if (kind) conditions.push(sql`r.kind = ${kind}`)
  if (client) conditions.push(sql`r.client_id = ${client}::uuid`)
  if (late) conditions.push(sql`coalesce(r.answered_on, ${today}::date) > r.due_on`)
  if (q) conditions.push(saying(q))
  return sql<boolean>`${sql.join(conditions, sql` and `)}`
}

/** A number alone (« 12 », « n° 12 ») is the request's; else every word stands in the person's name or e-mail. */
function saying(q: string): RawBuilder<unknown> {
  const [, number] = /^\s*(?:n\s*[°o.]?\s*)?(\d{1,9})\s*$/i.exec(q) ?? []
  if (number !== undefined) return sql`r.number = ${Number(number)}`
  return sql`plain_text(${q}) <> '' and r.search_text like all (
    select '%' || word || '%' from unnest(string_to_array(replace(plain_text(${q}), '_', '\\_'), ' ')) as word)`
}

export async function requestById(db: Db, id: string, today: string): Promise<PrivacyRequest | undefined> {
  const name = (staffId: string) =>
    sql`(select first_name || ' ' || last_name from staff_members where staff_members.id = ${sql.ref(staffId)})`
  const { rows } = await sql<{ request: PrivacyRequest }>`
    select row_to_json(whole) as request from (
      select ${rowOn(today)}, r.wording, r.first_due_on as "firstDueOn", r.created_at as "createdAt",
        ${name('r.created_by')} as "createdBy",
        (select json_agg(step) from (
          select s.id, s.kind, s.at, ${name('s.staff_id')} as by, s.note, s.day as "on", s.method, s.outcome, s.ground,
            (select p.name from privacy_proofs p where p.id = s.proof_id) as proof, s.changes
          from privacy_steps s where s.request_id = r.id order by s.at, s.id) step) as steps,
        coalesce((select json_agg(proof) from (
          select p.id, p.kind, p.name, p.added_at as "addedAt", ${name('p.added_by')} as "addedBy", p.reference,
            case when p.kind = 'file' then json_build_object(
              'mediaType', p.media_type, 'bytes', p.bytes, 'sha256', encode(p.sha256, 'hex')) end as file
          from privacy_proofs p where p.request_id = r.id order by p.added_at, p.id) proof), '[]') as proofs
      from privacy_requests r where r.id = ${id}) whole`.execute(db)
  return rows[0]?.request
}

/** Holds the request until the end of the transaction: what two people do about it takes turns. */
export async function lockRequest(db: Db, id: string) {
  return db.selectFrom('privacyRequests').where('id', '=', id).selectAll().forUpdate().executeTakeFirst()
}

export type Columns = Omit<RequestFields, 'name' | 'email'> & {
  personName: string
  personEmail: string | null
  identityCheckedOn: string | null
  firstDueOn: string
  dueOn: string
  isExtended: boolean
  answeredOn: string | null
  outcome: string | null
}

export async function insertRequest(
  db: Db,
  row: Omit<Columns, 'identityCheckedOn' | 'isExtended' | 'answeredOn' | 'outcome'> & {
    createdAt: Date
    createdBy: string
  },
): Promise<{ id: string; number: number }> {
  return db.insertInto('privacyRequests').values(row).returning(['id', 'number']).executeTakeFirstOrThrow()
}

export async function changeRequest(db: Db, id: string, changes: Partial<Columns>): Promise<void> {
  if (Object.keys(changes).length === 0) return
  await db.updateTable('privacyRequests').set(changes).where('id', '=', id).execute()
}

export type NewStep = {
  requestId: string
  kind: Step['kind']
  at: Date
  staffId: string
  note?: string | undefined
  day?: string
  method?: string
  outcome?: string
  ground?: string | null
  proofId?: string
  changes?: Step['changes']
}

export async function insertStep(db: Db, { note, changes, ...step }: NewStep): Promise<void> {
  await db
    .insertInto('privacySteps')
    .values({ ...step, note: note?.trim() || null, changes: changes ? JSON.stringify(changes) : null })
    .execute()
}

export async function clientNamed(db: Tables<'clients'>, id: string) {
  return db
    .selectFrom('clients')
    .where('id', '=', id)
    .select([sql<string>`trim(first_name || ' ' || last_name)`.as('name'), 'email'])
    .executeTakeFirst()
}

/** Requests without an answer whose deadline is near or past, the nearest first. */
export async function urgentRequests(db: Db, today: string) {
  return db
    .selectFrom('privacyRequests')
    .where('answeredOn', 'is', null)
    .where('dueOn', '<=', sql<string>`${today}::date + ${sql.lit(dueSoonDays)}`)
    .orderBy('dueOn')
    .orderBy('id')
    .select(['number', 'kind', 'dueOn', sql<number>`due_on - ${today}::date`.as('daysLeft')])
    .execute()
}

/** Whether this is somebody, and not suspended. */
export async function isAtWork(db: Tables<'staffMembers'>, staffId: string): Promise<boolean> {
  const row = await db
    .selectFrom('staffMembers')
    .where('id', '=', staffId)
    .where('suspendedAt', 'is', null)
    .select('id')
    .executeTakeFirst()
  return row !== undefined
}
