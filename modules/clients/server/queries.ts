import {
  bulkLimit,
  type Client,
  type ClientChanges,
  type ClientStatus,
  type NewClient,
} from '#contract/clients'
import { sql, type Tables } from '#platform/server/db.ts'
import { matching, type Wanted } from './listing/filter-sql.ts'

type Db = Tables<'clients' | 'subscriptions'>

/** A client as the wire shows it, in the trash or not. */
export async function clientById(
  db: Tables<'clients' | 'subscriptions' | 'plans' | 'staffMembers'>,
  id: string,
) {
  const { rows } = await sql<{ client: Client }>`
    select row_to_json(whole) as client from (
      select c.id, c.kind, c.status, c.last_name as "lastName", c.first_name as "firstName", c.email, c.phone, c.address,
        c.postal_code as "postalCode", c.city, c.department, c.rpps, c.adeli, c.siret, c.origin,
        c.internal_note as "internalNote", c.next_payment_on as "nextPaymentOn", c.last_sign_in_at as "lastSignInAt",
        c.created_at as "createdAt", c.updated_at as "updatedAt", c.version, c.trashed_at as "trashedAt",
        (select first_name || ' ' || last_name from staff_members where staff_members.id = c.trashed_by) as "trashedBy",
        (select row_to_json(current) from (
          select s.status, plans.name as plan, s.monthly_cents as "monthlyCents", s.started_on as "startedOn",
            s.trial_ends_on as "trialEndsOn", s.paying_from as "payingFrom", s.paying_until as "payingUntil"
          from subscriptions s join plans on plans.id = s.plan_id
          where s.client_id = c.id and s.is_current) current) as subscription
      from clients c where c.id = ${id}) whole`.execute(db)
  return rows[0]?.client
}

/** Holds the client until the end of the transaction: two people's changes take turns. */
export async function lockClient(db: Db, id: string) {
  return db
    .selectFrom('clients')
    .where('id', '=', id)
    .select(['version', 'trashedAt'])
    .forUpdate()
    .executeTakeFirst()
}

/** @returns the new client's id, or nothing when somebody has the address */
export async function insertClient(db: Db, client: NewClient, now: Date): Promise<string | undefined> {
  const row = await db
    .insertInto('clients')
    .values({ ...client, createdAt: now, updatedAt: now })
    .onConflict((conflict) => conflict.expression(sql`lower(email)`).doNothing())
    .returning('id')
    .executeTakeFirst()
  return row?.id
}

export async function holderOfEmail(db: Db, email: string) {
  return db
    .selectFrom('clients')
    .where(sql<string>`lower(email)`, '=', email)
    .select(['id', 'firstName', 'lastName', sql<boolean>`trashed_at is not null`.as('inTrash')])
    .executeTakeFirst()
}

export async function changeClient(db: Db, id: string, changes: Omit<ClientChanges, 'version'>, now: Date) {
  await db
    .updateTable('clients')
    .set({ ...changes, version: sql`version + 1`, updatedAt: now })
    .where('id', '=', id)
    .execute()
}

/** The clients a filter shows, held until the end of the transaction; one more than a bulk action may change tells "too many". */
export async function lockMatching(db: Db, wanted: Wanted): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select c.id from clients c where ${matching(wanted)} order by c.id limit ${bulkLimit + 1} for update of c`.execute(
    db,
  )
  return rows.map(({ id }) => id)
}

/** Always in the same order, so that two bulk actions wait for each other and never lock each other out. */
export async function lockClients(db: Db, ids: readonly string[]): Promise<void> {
  await sql`select from clients where id = any(${ids}::uuid[]) order by id for update`.execute(db)
}

/** Gives clients a status, those in the trash left out. @returns who changed, with the status each had */
export async function changeStatus(
  db: Db,
  ids: readonly string[],
  status: ClientStatus,
  now: Date,
): Promise<{ id: string; previous: ClientStatus }[]> {
  const { rows } = await sql<{ id: string; previous: ClientStatus }>`
    update clients set status = ${status}, version = version + 1, updated_at = ${now}
    where id = any(${ids}::uuid[]) and status <> ${status} and trashed_at is null
    returning id, old.status as previous`.execute(db)
  return rows
}

/** Gives them their former status back where nobody changed it since. */
export async function putStatusBack(
  db: Db,
  ids: readonly string[],
  { from, to }: { from: ClientStatus; to: ClientStatus },
  now: Date,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    update clients set status = ${to}, version = version + 1, updated_at = ${now}
    where id = any(${ids}::uuid[]) and status = ${from} and trashed_at is null
    returning id`.execute(db)
  return rows.map(({ id }) => id)
}

/** Nothing else of the client changes, its version neither: what comes back is what went. */
export async function putInTrash(
  db: Db,
  ids: readonly string[],
  { staffId, now }: { staffId: string; now: Date },
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    update clients set trashed_at = ${now}, trashed_by = ${staffId}
    where id = any(${ids}::uuid[]) and trashed_at is null returning id`.execute(db)
  return rows.map(({ id }) => id)
}

export async function takeFromTrash(db: Db, ids: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    update clients set trashed_at = null, trashed_by = null
    where id = any(${ids}::uuid[]) and trashed_at is not null returning id`.execute(db)
  return rows.map(({ id }) => id)
}
