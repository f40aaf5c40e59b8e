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

/** What tells an unusual sign-in from a usual one. */
export async function historyOf(db: Db, who: { staffId: string; network: string; hourAgo: Date }) {
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
        where staff_id = staff.id and network = ${who.network} and kind = 'signed_in') as knows_network,
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

/** Blocks a network unless it is blocked already, the longer the more often it was today. @returns the new block */
export async function insertBlock(
  db: Db,
  block: { network: string; reason: 'too_many_failures' | 'neighbouring_failures'; now: Date },
  secondsAfter: (earlierToday: number) => number,
): Promise<{ id: string; seconds: number; isFirstOfHour: boolean } | null> {
  const { network, now } = block
  return db.transaction().execute(async (tx) => {
    // Two processes that see the same failure number thirty take turns.
    await sql`select pg_advisory_xact_lock(hashtext('address_blocks'))`.execute(tx)
    const { rows } = await sql<{ blocked: boolean; earlier: number; lastHour: number }>`
      select coalesce(bool_or(network = ${network} and lifted_at is null and until > ${now}), false) as blocked,
        count(*) filter (where network = ${network} and lifted_at is null)::int as earlier,
        count(*) filter (where created_at > ${now}::timestamptz - interval '1 hour')::int as last_hour
      from address_blocks where created_at > ${now}::timestamptz - interval '1 day'`.execute(tx)
    const { blocked, earlier, lastHour } = rows[0] ?? { blocked: false, earlier: 0, lastHour: 0 }
    if (blocked) return null
    const seconds = secondsAfter(earlier)
    const { id } = await tx
      .insertInto('addressBlocks')
      .values({
        network,
        reason: block.reason,
        createdAt: now,
        until: new Date(now.getTime() + seconds * 1000),
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    return { id, seconds, isFirstOfHour: lastHour === 0 }
  })
}

/** Adds what blocks answered since the last time, network by network. */
export async function addRefused(db: Db, refused: ReadonlyMap<string, number>, now: Date): Promise<void> {
  const [networks, counts] = [[...refused.keys()], [...refused.values()]]
  await sql`
    update address_blocks set refused = refused + more.count, last_refused_at = ${now}
    from unnest(${networks}::cidr[], ${counts}::int[]) as more (network, count)
    where address_blocks.network = more.network and lifted_at is null and until > ${now}`.execute(db)
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
