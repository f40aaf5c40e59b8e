import {
  bulkLimit,
  type AccountManager,
  type Client,
  type ClientChanges,
  type ClientStatus,
  type NewClient,
} from '#contract/clients'
import { andInside, inside, type Within } from '#server/access'
import { sql, type Tables } from '#platform/server/db.ts'
import { matching } from './listing/filter-sql.ts'
import type { Wanted } from './listing/wanted.ts'
import { nextPayment } from './next-payment.ts'

type Db = Tables<'clients' | 'subscriptions'>

declare const held: unique symbol
/** Clients inside somebody's limits, locked until the transaction ends: no others are changed. */
export type Held = readonly string[] & { readonly [held]: true }
// Only the three functions that lock make one.
const heldOf = (rows: readonly { id: string }[]) => rows.map(({ id }) => id) as readonly string[] as Held

/** A client as the wire shows it, in the trash or not. */
export async function clientById(
  db: Tables<'clients' | 'subscriptions' | 'plans' | 'staffMembers'>,
  id: string,
  mine: Within,
) {
  const { rows } = await sql<{ client: Client }>`
    select row_to_json(whole) as client from (
      select c.id, c.kind, c.status, c.last_name as "lastName", c.first_name as "firstName", c.email, c.phone, c.address,
        c.postal_code as "postalCode", c.city, c.department, c.rpps, c.adeli, c.siret, c.origin,
        c.internal_note as "internalNote", ${nextPayment()} as "nextPaymentOn", c.last_sign_in_at as "lastSignInAt",
        c.created_at as "createdAt", c.updated_at as "updatedAt", c.version, c.trashed_at as "trashedAt",
        c.account_manager_id as "accountManagerId",
        (select first_name || ' ' || last_name from staff_members where staff_members.id = c.account_manager_id) as "accountManager",
        (select first_name || ' ' || last_name from staff_members where staff_members.id = c.trashed_by) as "trashedBy",
        (select row_to_json(current) from (
          select s.id, s.status, plans.name as plan, s.monthly_cents as "monthlyCents", s.started_on as "startedOn",
            s.trial_ends_on as "trialEndsOn", s.paying_from as "payingFrom", s.paying_until as "payingUntil"
          from plans where plans.id = s.plan_id) current) as subscription
      from clients c left join subscriptions s on s.client_id = c.id and s.is_current
      where c.id = ${id} ${andInside(mine, sql`c`)}) whole`.execute(db)
  return rows[0]?.client
}

/** Holds the client until the end of the transaction: two people's changes take turns. */
export async function lockClient(db: Db, id: string, mine: Within) {
  const row = await db
    .selectFrom('clients')
    .where('id', '=', id)
    .where(inside(mine, sql`clients`))
    .select(['id', 'version', 'trashedAt'])
    .forUpdate()
    .executeTakeFirst()
  return row && { ...row, held: heldOf([row]) }
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

export async function holderOfEmail(db: Db, email: string, mine: Within) {
  return db
    .selectFrom('clients')
    .where(sql<string>`lower(email)`, '=', email)
    .where(inside(mine, sql`clients`))
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
export async function lockMatching(db: Db, wanted: Wanted): Promise<Held> {
  const { rows } = await sql<{ id: string }>`
    select c.id from clients c where ${matching(wanted)} order by c.id limit ${bulkLimit + 1} for update of c`.execute(
    db,
  )
  return heldOf(rows)
}

/**
 * Always in the same order, so that two bulk actions wait for each other and never lock each other out.
 * @returns those that exist and lie inside
 */
export async function lockClients(db: Db, ids: readonly string[], mine: Within): Promise<Held> {
  const { rows } = await sql<{ id: string }>`
    select c.id from clients c where c.id = any(${ids}::uuid[]) ${andInside(mine, sql`c`)} order by c.id for update`.execute(
    db,
  )
  return heldOf(rows)
}

export function heldAmong(clients: Held, ids: readonly string[]): Held {
  const known = new Set(clients)
  return heldOf(ids.filter((id) => known.has(id)).map((id) => ({ id })))
}

/** Gives clients a status, those in the trash left out. @returns who changed, with the status each had */
export async function changeStatus(
  db: Db,
  ids: Held,
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
  ids: Held,
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
  ids: Held,
  { staffId, now }: { staffId: string; now: Date },
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    update clients set trashed_at = ${now}, trashed_by = ${staffId}
    where id = any(${ids}::uuid[]) and trashed_at is null returning id`.execute(db)
  return rows.map(({ id }) => id)
}

export async function takeFromTrash(db: Db, ids: Held): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    update clients set trashed_at = null, trashed_by = null
    where id = any(${ids}::uuid[]) and trashed_at is not null returning id`.execute(db)
  return rows.map(({ id }) => id)
}

/** Those of these ids that are clients', trashed or not: what a role may be limited to. */
export async function clientsAmong(db: Tables<'clients'>, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return []
  const rows = await db.selectFrom('clients').where('id', 'in', ids).select('id').execute()
  return rows.map(({ id }) => id)
}

/** Who may look after clients, and who left and still does. */
export async function accountManagers(db: Tables<'staffMembers' | 'clients'>): Promise<AccountManager[]> {
  const { rows } = await sql<AccountManager>`
    select s.id, s.first_name || ' ' || s.last_name as name, s.suspended_at is null as active from staff_members s
    where s.suspended_at is null or exists (select from clients where account_manager_id = s.id)
    order by plain_text(s.first_name || ' ' || s.last_name), s.id`.execute(db)
  return rows
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

export async function managerName(db: Tables<'staffMembers'>, staffId: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('staffMembers')
    .where('id', '=', staffId)
    .select(sql<string>`first_name || ' ' || last_name`.as('name'))
    .executeTakeFirst()
  return row?.name
}
