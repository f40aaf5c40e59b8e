import type { Factor } from '#contract/identity'
import { sql, type Tables } from '#platform/server/db.ts'

type Db = Tables<
  | 'staffMembers'
  | 'staffDevices'
  | 'staffSignInEvents'
  | 'staffSessions'
  | 'addressBlocks'
  | 'attemptCounters'
>

export type FailureKind = 'password_wrong' | 'factor_wrong' | 'account_unknown' | 'account_suspended'

export async function insertFailure(
  db: Db,
  event: {
    at: Date
    kind: FailureKind
    staffId: string | null
    factor: Factor | null
    ip: string
    network: string
    userAgent: string
  },
): Promise<void> {
  await db.insertInto('staffSignInEvents').values(event).execute()
}

export async function insertEntry(
  db: Db,
  event: {
    at: Date
    kind: 'signed_in' | 'stepped_up'
    staffId: string
    factor: Factor
    ip: string
    network: string
    userAgent: string
    newDevice?: boolean
    newNetwork?: boolean
    failuresBefore?: number
    suspicious?: boolean
  },
): Promise<void> {
  await db.insertInto('staffSignInEvents').values(event).execute()
}

/** What tells an unusual sign-in from a usual one. @param who `around` is the network whose sign-ins make an address known */
export async function historyOf(db: Db, who: { staffId: string; around: string; hourAgo: Date }) {
  const { rows } = await sql<{
    isFirst: boolean
    knowsNetwork: boolean
    failures: number
    firstName: string
    lastName: string
    language: string
  }>`
    select
      not exists (select from staff_sessions where staff_id = staff.id) as is_first,
      exists (select from staff_sign_in_events
        where staff_id = staff.id and network <<= ${who.around}::cidr and kind = 'signed_in') as knows_network,
      (select count(*)::int from staff_sign_in_events
        where staff_id = staff.id and at > ${who.hourAgo}
          and kind in ('password_wrong', 'factor_wrong')) as failures,
      first_name, last_name, language
    from staff_members staff where id = ${who.staffId}`.execute(db)
  return rows[0]
}

/** Whether anybody signed in from there: under attack such networks may still try. */
export async function isNetworkKnown(db: Db, network: string): Promise<boolean> {
  const { rows } = await sql<{ known: boolean }>`
    select exists (select from staff_sign_in_events where network = ${network} and kind = 'signed_in') as known`.execute(
    db,
  )
  return rows[0]?.known === true
}

/** How many /64s of a /48 failed since. */
export async function networksFailing(db: Db, site: string, since: Date): Promise<number> {
  const { rows } = await sql<{ networks: number }>`
    select count(distinct network)::int as networks from staff_sign_in_events
    where network << ${site}::cidr and at > ${since} and kind not in ('signed_in', 'stepped_up')`.execute(db)
  return rows[0]?.networks ?? 0
}

/** Nothing tried is kept longer than it can serve: addresses and browsers are personal data. */
export async function forgetOld(
  db: Db,
  before: { events: Date; blocks: Date; devices: Date; counters: Date },
) {
  await db.deleteFrom('staffSignInEvents').where('at', '<', before.events).execute()
  await db.deleteFrom('addressBlocks').where('until', '<', before.blocks).execute()
  await db
    .updateTable('staffSessions')
    .set({ deviceId: null })
    .where('deviceId', 'in', (eb) =>
      eb.selectFrom('staffDevices').where('lastSeenAt', '<', before.devices).select('id'),
    )
    .execute()
  await db.deleteFrom('staffDevices').where('lastSeenAt', '<', before.devices).execute()
  await db.deleteFrom('attemptCounters').where('expire', '<', before.counters.getTime()).execute()
}

/** Beyond this many nobody counts any more. */
export const countedUpTo = 10_000

/** Where a page ended. */
export type Place = { at: string; id: string }

/** The cursor must hold all six decimals, which a JavaScript date drops. */
const exactly = (column: 'at' | 'created_at') =>
  sql<string>`to_char(${sql.ref(column)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`.as('exactAt')

export type EventFilter = { what: 'suspicious' | 'failed' | 'succeeded' | 'all'; staff?: string | undefined }

export type EventRow = Omit<Awaited<ReturnType<typeof eventsPage>>[number], 'exactAt'>

export async function eventsPage(
  db: Db,
  wanted: { filter: EventFilter; before: Place | undefined; limit: number },
) {
  const { before } = wanted
  let query = matching(db, wanted.filter)
  if (before)
    query = query.where(
      sql<boolean>`(at, staff_sign_in_events.id) < (${before.at}::timestamptz, ${before.id}::uuid)`,
    )
  return query
    .leftJoin('staffMembers', 'staffMembers.id', 'staffSignInEvents.staffId')
    .orderBy('at', 'desc')
    .orderBy('staffSignInEvents.id', 'desc')
    .limit(wanted.limit)
    .select([
      'staffSignInEvents.id',
      'at',
      'kind',
      'staffId',
      sql<string | null>`first_name || ' ' || last_name`.as('name'),
      'factor',
      sql<string>`host(ip)`.as('ip'),
      'userAgent',
      'newDevice',
      'newNetwork',
      'failuresBefore',
      'suspicious',
      exactly('at'),
    ])
    .execute()
}

export async function signInsOf(db: Db, staffId: string, limit: number): Promise<EventRow[]> {
  return eventsPage(db, { filter: { what: 'all', staff: staffId }, before: undefined, limit })
}

/** At most one more than is counted. */
export async function eventsCounted(db: Db, filter: EventFilter): Promise<number> {
  const counted = matching(db, filter)
    .select('staffSignInEvents.id')
    .limit(countedUpTo + 1)
  const { total } = await db
    .selectFrom(counted.as('counted'))
    .select(sql<number>`count(*)`.as('total'))
    .executeTakeFirstOrThrow()
  return total
}

const entries = ['signed_in', 'stepped_up']

function matching(db: Db, { what, staff }: EventFilter) {
  let query = db.selectFrom('staffSignInEvents')
  if (what === 'suspicious') query = query.where('suspicious', '=', true)
  if (what === 'failed') query = query.where('kind', 'not in', entries)
  if (what === 'succeeded') query = query.where('kind', 'in', entries)
  if (staff) query = query.where('staffId', '=', staff)
  return query
}

/** The last 24 hours, the one under way included, the oldest first. */
export async function eventsByHour(db: Db, now: Date) {
  const { rows } = await sql<{ from: Date; failed: number; succeeded: number }>`
    select hours.hour as "from",
      count(*) filter (where kind not in ('signed_in', 'stepped_up'))::int as failed,
      count(*) filter (where kind = 'signed_in')::int as succeeded
    from generate_series(date_trunc('hour', ${now}::timestamptz) - interval '23 hours', ${now}::timestamptz, interval '1 hour') as hours (hour)
    left join staff_sign_in_events on at >= hours.hour and at < hours.hour + interval '1 hour'
    group by hours.hour order by hours.hour`.execute(db)
  return rows
}

/** What the security page says in figures. */
export async function countsNow(db: Db, now: Date) {
  const { rows } = await sql<{
    activeBlocks: number
    suspiciousLastWeek: number
    waitingFactorResets: number
  }>`
    select
      (select count(*)::int from address_blocks where lifted_at is null and until > ${now}) as active_blocks,
      (select count(*)::int from staff_sign_in_events
        where suspicious and at > ${now}::timestamptz - interval '7 days') as suspicious_last_week,
      (select count(*)::int from staff_factor_resets
        where done_at is null and cancelled_at is null and effective_at is null) as waiting_factor_resets`.execute(
    db,
  )
  return rows[0] ?? { activeBlocks: 0, suspiciousLastWeek: 0, waitingFactorResets: 0 }
}
