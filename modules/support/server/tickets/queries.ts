/** Every statement about tickets that several of the module's parts share; a queue's own stand in `listing/`. */
import type { Insertable, Updateable } from 'kysely'
import type { Person, TicketTarget } from '#contract/support'
import type { z } from 'zod'
import { sql, type Database, type Tables } from '#platform/server/db.ts'
import type { LogRow } from './log-of-ticket.ts'

type Named = z.infer<typeof Person>

// ───────────────────────────── the log, and what is worked out from it

export async function insertEvents(
  db: Tables<'ticketEvents'>,
  events: readonly Insertable<Database['ticketEvents']>[],
): Promise<void> {
  await db.insertInto('ticketEvents').values(events).execute()
}

/** In the order in which they happened. */
export const logsOf = (db: Tables<'ticketEvents'>, ids: readonly string[]): Promise<LogRow[]> =>
  db
    .selectFrom('ticketEvents')
    .select(['id', 'ticketId', 'at', 'kind', 'actorStaffId', 'actorLabel', 'data'])
    .where('ticketId', '=', sql<string>`any(${ids}::uuid[])`)
    .orderBy('ticketId')
    .orderBy('at')
    .orderBy('id')
    .execute()

/** As the row's columns are called, since PostgreSQL reads it. */
export type StoredClocks = {
  id: string
  /** `policyVersion`: by which it is promised; null: nothing is. */
  clocks: { targets: TicketTarget[]; longestExchangeSeconds: number | null; policyVersion: string | null }
  due_at: string | null
  warns_at: string | null
  breached: boolean
  first_responded_at: string | null
} & Measured

/** What reports count, each in a column of its own. Kept: null while it runs, or where nothing is promised. */
export type Measured = {
  /** Working seconds until somebody answered; null where nobody did. */
  first_response_seconds: number | null
  first_response_kept: boolean | null
  /** Of several exchanges the longest; kept when all of them were. */
  next_response_seconds: number | null
  next_response_kept: boolean | null
  resolution_seconds: number | null
  resolution_kept: boolean | null
  policy_version_id: string | null
  reopenings: number
}

/** Many at once: a changed calendar moves thousands. */
export async function saveClocks(db: Tables<'tickets'>, stored: readonly StoredClocks[]): Promise<void> {
  await sql`update tickets t set clocks = s.clocks, due_at = s.due_at, warns_at = s.warns_at, breached = s.breached,
      first_responded_at = s.first_responded_at,
      first_response_seconds = s.first_response_seconds, first_response_kept = s.first_response_kept,
      next_response_seconds = s.next_response_seconds, next_response_kept = s.next_response_kept,
      resolution_seconds = s.resolution_seconds, resolution_kept = s.resolution_kept,
      policy_version_id = s.policy_version_id, reopenings = s.reopenings
    from jsonb_to_recordset(${JSON.stringify(stored)}::jsonb) s (id uuid, clocks jsonb, due_at timestamptz,
      warns_at timestamptz, breached boolean, first_responded_at timestamptz,
      first_response_seconds integer, first_response_kept boolean, next_response_seconds integer, next_response_kept boolean,
      resolution_seconds integer, resolution_kept boolean, policy_version_id uuid, reopenings smallint)
    where t.id = s.id`.execute(db)
}

// ───────────────────────────── the row

export async function insertTicket(
  db: Tables<'tickets'>,
  ticket: Insertable<Database['tickets']> & { id: string },
): Promise<void> {
  await db.insertInto('tickets').values(ticket).execute()
}

/** @returns the revision it has now */
export async function changeTicket(
  db: Tables<'tickets'>,
  id: string,
  change: Updateable<Database['tickets']>,
): Promise<number> {
  const { revision } = await db
    .updateTable('tickets')
    .set({ ...change, revision: sql<number>`revision + 1` })
    .where('id', '=', id)
    .returning('revision')
    .executeTakeFirstOrThrow()
  return revision
}

// ───────────────────────────── its words

export async function tagsOf(db: Tables<'ticketTags' | 'supportTags'>, ticketId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('ticketTags')
    .innerJoin('supportTags', 'supportTags.id', 'tagId')
    .select('name')
    .where('ticketId', '=', ticketId)
    .orderBy(sql`lower(name)`)
    .execute()
  return rows.map(({ name }) => name)
}

/** Words that are there already are taken as they are written; others begin here. */
export async function setTags(
  db: Tables<'ticketTags' | 'supportTags'>,
  ticketId: string,
  names: readonly string[],
): Promise<string[]> {
  await sql`insert into support_tags (name)
    select distinct on (lower(name)) name from unnest(${names}::text[]) with ordinality typed (name, place)
    order by lower(name), place
    on conflict (lower(name)) do nothing`.execute(db)
  await sql`delete from ticket_tags where ticket_id = ${ticketId} and tag_id not in (
    select id from support_tags where lower(name) in (select lower(typed) from unnest(${names}::text[]) typed))`.execute(
    db,
  )
  await sql`insert into ticket_tags (ticket_id, tag_id)
    select ${ticketId}, id from support_tags where lower(name) in (select lower(typed) from unnest(${names}::text[]) typed)
    on conflict do nothing`.execute(db)
  return tagsOf(db, ticketId)
}

// ───────────────────────────── whom it is about

/** By which policies choose; of who pays nothing there is none. */
export async function planOf(
  db: Tables<'subscriptions' | 'plans'>,
  clientId: string | null,
): Promise<string | null> {
  if (clientId === null) return null
  const row = await db
    .selectFrom('subscriptions')
    .innerJoin('plans', 'plans.id', 'planId')
    .select('key')
    .where('clientId', '=', clientId)
    .where('isCurrent', '=', true)
    .where('status', '<>', 'ended')
    .executeTakeFirst()
  return row?.key ?? null
}

/** Not one that was thrown away. */
export const clientNamed = (db: Tables<'clients'>, id: string): Promise<Named | undefined> =>
  db
    .selectFrom('clients')
    .select(['id', sql<string>`trim(first_name || ' ' || last_name)`.as('name')])
    .where('id', '=', id)
    .where('trashedAt', 'is', null)
    .executeTakeFirst()

/** The practice of a client, where they have one and no more. */
export async function tenantOf(db: Tables<'tenants'>, clientId: string): Promise<string | null> {
  const rows = await db
    .selectFrom('tenants')
    .select('id')
    .where('clientId', '=', clientId)
    .where('state', 'not in', ['purging', 'purged'])
    .limit(2)
    .execute()
  return rows.length === 1 ? rows[0]!.id : null
}

/** Who of a practice has this address. */
export async function memberWithAddress(
  db: Tables<'members' | 'memberAccounts'>,
  tenantId: string,
  email: string,
): Promise<string | null> {
  const row = await db
    .selectFrom('members')
    .innerJoin('memberAccounts', 'memberAccounts.id', 'accountId')
    .select('members.id')
    .where('tenantId', '=', tenantId)
    .where('leftAt', 'is', null)
    .where(sql`lower(email)`, '=', email)
    .executeTakeFirst()
  return row?.id ?? null
}

// ───────────────────────────── who works on it

export const teamNamed = (db: Tables<'supportTeams'>, id: string): Promise<Named | undefined> =>
  db
    .selectFrom('supportTeams')
    .select(['id', 'name'])
    .where('id', '=', id)
    .where('archivedAt', 'is', null)
    .executeTakeFirst()

/** What people, teams and clients are called, whether or not they are still there. */
export async function namesOf(
  db: Tables<'staffMembers' | 'supportTeams' | 'clients'>,
  ids: readonly (string | null)[],
): Promise<Map<string, string>> {
  const { rows } = await sql<Named>`
    select id, first_name || ' ' || last_name as name from staff_members where id = any(${ids}::uuid[])
    union all select id, name from support_teams where id = any(${ids}::uuid[])
    union all select id, trim(first_name || ' ' || last_name) from clients where id = any(${ids}::uuid[])`.execute(
    db,
  )
  return new Map(rows.map(({ id, name }) => [id, name]))
}

// ───────────────────────────── who read it

export async function setUnread(db: Tables<'ticketReads'>, ticketId: string, staffId: string): Promise<void> {
  await db.deleteFrom('ticketReads').where('ticketId', '=', ticketId).where('staffId', '=', staffId).execute()
}

// ───────────────────────────── who follows it

export async function isFollowing(
  db: Tables<'ticketFollowers'>,
  ticketId: string,
  staffId: string,
): Promise<boolean> {
  const row = await db
    .selectFrom('ticketFollowers')
    .select('staffId')
    .where('ticketId', '=', ticketId)
    .where('staffId', '=', staffId)
    .executeTakeFirst()
  return row !== undefined
}

export async function setFollowing(
  db: Tables<'ticketFollowers'>,
  ticketId: string,
  staffId: string,
  following: boolean,
): Promise<void> {
  if (following)
    await db
      .insertInto('ticketFollowers')
      .values({ ticketId, staffId })
      .onConflict((known) => known.doNothing())
      .execute()
  else
    await db
      .deleteFrom('ticketFollowers')
      .where('ticketId', '=', ticketId)
      .where('staffId', '=', staffId)
      .execute()
}
