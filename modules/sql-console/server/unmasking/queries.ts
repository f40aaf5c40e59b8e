/** Windows in which somebody sees more. What one opens with never changes; it is used, and it ends. */
import type { Unmasked, UnmaskingEnd } from '#contract/sql-console'
import { sql, type Tables } from '#platform/server/db.ts'

export type Db = Tables<
  'sqlUnmaskings' | 'sqlRuns' | 'staffSessions' | 'staffMembers' | 'tenants' | 'tickets'
>

export type NewWindow = {
  id: string
  staffId: string
  staffSessionId: string
  tenantId: string | null
  classes: Unmasked[]
  reasonSealed: Buffer
  ticketId: string
  minutes: number
  openedAt: Date
  endsAt: Date
  mac: Buffer
}

export type WindowRow = NewWindow & {
  staffName: string
  tenantName: string | null
  ticketNumber: number
  runs: number
  endedAt: Date | null
  endedBy: UnmaskingEnd | null
  endedByStaff: string | null
  enderName: string | null
  /** Neither ended nor over, and whose it is may still come in. */
  sessionLives: boolean
}

/** @returns the id of the one that stands open, where there is one */
export async function insertWindow(db: Db, window: NewWindow): Promise<string | undefined> {
  const inserted = await db
    .insertInto('sqlUnmaskings')
    .values(window)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  if (inserted.numInsertedOrUpdatedRows === 1n) return undefined
  const open = await db
    .selectFrom('sqlUnmaskings')
    .where('staffId', '=', window.staffId)
    .where('endedAt', 'is', null)
    .select('id')
    .executeTakeFirst()
  return open?.id ?? ''
}

const lives = (now: Date) =>
  sql<boolean>`(c.ended_at is null and c.expires_at > ${now} and s.suspended_at is null)`

const columns = (
  now: Date,
) => sql`u.id, u.staff_id as "staffId", s.first_name || ' ' || s.last_name as "staffName",
  u.staff_session_id as "staffSessionId", u.tenant_id as "tenantId", t.name as "tenantName", u.classes,
  u.reason_sealed as "reasonSealed", u.ticket_id as "ticketId", k.number as "ticketNumber", u.minutes, u.opened_at as "openedAt",
  u.ends_at as "endsAt", u.mac, u.runs, u.ended_at as "endedAt", u.ended_by as "endedBy", u.ended_by_staff as "endedByStaff",
  e.first_name || ' ' || e.last_name as "enderName", ${lives(now)} as "sessionLives"`
const from = sql`sql_unmaskings u join staff_members s on s.id = u.staff_id join staff_sessions c on c.id = u.staff_session_id
  join tickets k on k.id = u.ticket_id left join tenants t on t.id = u.tenant_id left join staff_members e on e.id = u.ended_by_staff`

export async function windowById(
  db: Db,
  id: string,
  now: Date,
  how: { lock: boolean } = { lock: false },
): Promise<WindowRow | undefined> {
  const { rows } = await sql<WindowRow>`select ${columns(now)} from ${from} where u.id = ${id}
    ${how.lock ? sql`for update of u` : sql``}`.execute(db)
  return rows[0]
}

/** The one that was opened in a session and has not ended, whatever the clock says. */
export async function windowOfSession(
  db: Db,
  who: { staffId: string; sessionId: string },
  now: Date,
): Promise<WindowRow | undefined> {
  const { rows } = await sql<WindowRow>`select ${columns(now)} from ${from}
    where u.staff_id = ${who.staffId} and u.staff_session_id = ${who.sessionId} and u.ended_at is null`.execute(
    db,
  )
  return rows[0]
}

/** @param staffId of one person; of everybody unless told */
export async function notEnded(db: Db, now: Date, staffId?: string): Promise<WindowRow[]> {
  const { rows } = await sql<WindowRow>`select ${columns(now)} from ${from} where u.ended_at is null
    ${staffId === undefined ? sql`` : sql`and u.staff_id = ${staffId}`}`.execute(db)
  return rows
}

/**
 * An answer goes out unmasked: only in a window that stands at this very moment, which whoever ends it waits for.
 * @returns whether it may
 */
export async function countUse(db: Db, id: string, runId: string, now: Date): Promise<boolean> {
  const { rows } = await sql`update sql_unmaskings u set runs = u.runs + 1, last_used_at = ${now}
    from staff_sessions c, staff_members s where u.id = ${id} and u.ended_at is null and u.ends_at > ${now}
      and (u.last_used_at is null or u.last_used_at <= ${new Date(now.getTime() + clocksApartMs)})
      and c.id = u.staff_session_id and s.id = u.staff_id and ${lives(now)} returning u.id`.execute(db)
  if (rows.length !== 1) return false
  await db.updateTable('sqlRuns').set({ unmaskingId: id }).where('id', '=', runId).execute()
  return true
}

/** Of two machines; a clock that was turned back by more opens nothing. */
export const clocksApartMs = 5_000

/** @returns whether it had not ended before */
export async function endWindow(
  db: Db,
  id: string,
  how: { by: UnmaskingEnd; staffId?: string; at: Date },
): Promise<boolean> {
  const ended = await db
    .updateTable('sqlUnmaskings')
    .set({ endedAt: how.at, endedBy: how.by, endedByStaff: how.staffId ?? null })
    .where('id', '=', id)
    .where('endedAt', 'is', null)
    .executeTakeFirst()
  return ended.numUpdatedRows === 1n
}

// ───────────────────────────── who has had what

export type Filter = { staffId: string | undefined; state: 'open' | 'ended' | undefined; now: Date }

const isOpen = (now: Date) => sql<boolean>`(u.ended_at is null and u.ends_at > ${now} and ${lives(now)})`
const matching = ({ staffId, state, now }: Filter) => sql<boolean>`true
  ${staffId === undefined ? sql`` : sql`and u.staff_id = ${staffId}`}
  ${state === undefined ? sql`` : state === 'open' ? sql`and ${isOpen(now)}` : sql`and not ${isOpen(now)}`}`

/** The latest first. */
export async function windowsPage(
  db: Db,
  filter: Filter,
  after: readonly [string, string] | undefined,
  limit: number,
): Promise<WindowRow[]> {
  const { rows } = await sql<WindowRow>`select ${columns(filter.now)} from ${from} where ${matching(filter)}
    ${after ? sql`and (u.opened_at, u.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql``}
    order by u.opened_at desc, u.id desc limit ${limit}`.execute(db)
  return rows
}

export async function windowsCounted(db: Db, filter: Filter, most: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from (
    select from ${from} where ${matching(filter)} limit ${most + 1}) counted`.execute(db)
  return rows[0]?.count ?? 0
}
