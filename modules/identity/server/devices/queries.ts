import { sql, type Tables } from '#platform/server/db.ts'

type Db = Tables<'staffMembers' | 'staffDevices'>

/** A browser somebody signed in from before. */
export type Device = { id: string; staffId: string }

/** The browser with this cookie, if this person, or whoever has this e-mail address, signed in from it. */
export async function deviceOf(
  db: Db,
  tokenHash: Buffer,
  whose: { staffId: string } | { email: string } | null,
): Promise<Device | undefined> {
  let query = db
    .selectFrom('staffDevices')
    .innerJoin('staffMembers', 'staffMembers.id', 'staffDevices.staffId')
    .where('tokenHash', '=', tokenHash)
  if (whose && 'staffId' in whose) query = query.where('staffId', '=', whose.staffId)
  if (whose && 'email' in whose) query = query.where('email', '=', whose.email.toLowerCase())
  return query.select(['staffDevices.id', 'staffId']).limit(1).executeTakeFirst()
}

/** Notes that somebody signed in from a browser. @returns its id, and whether it is new to this person */
export async function seeDevice(
  db: Db,
  device: { staffId: string; tokenHash: Buffer; userAgent: string; now: Date },
): Promise<{ id: string; isNew: boolean }> {
  const { now, ...row } = device
  return db
    .insertInto('staffDevices')
    .values({ ...row, createdAt: now, lastSeenAt: now })
    .onConflict((conflict) =>
      conflict.columns(['staffId', 'tokenHash']).doUpdateSet({ lastSeenAt: now, userAgent: row.userAgent }),
    )
    .returning(['id', sql<boolean>`old.id is null`.as('isNew')])
    .executeTakeFirstOrThrow()
}

/** Somebody's open sessions, the latest used first. */
export async function openSessionsOf(db: SessionsDb, staffId: string, now: Date, idleSince: Date) {
  return open(db, now, idleSince)
    .where('staffId', '=', staffId)
    .orderBy('lastSeenAt', 'desc')
    .orderBy('id')
    .select([
      'id',
      'userAgent',
      'factor',
      'createdAt',
      'lastSeenAt',
      'expiresAt',
      sql<string>`host(coalesce(last_ip, ip))`.as('ip'),
    ])
    .execute()
}

export async function countOpenSessions(db: SessionsDb, now: Date, idleSince: Date): Promise<number> {
  const { count } = await open(db, now, idleSince)
    .select(sql<number>`count(*)::int`.as('count'))
    .executeTakeFirstOrThrow()
  return count
}

/** Whose sessions are open, besides one's own. */
export async function staffSignedIn(db: SessionsDb, but: string): Promise<string[]> {
  const rows = await db
    .selectFrom('staffSessions')
    .where('endedAt', 'is', null)
    .where('id', '<>', but)
    .select('staffId')
    .distinct()
    .execute()
  return rows.map(({ staffId }) => staffId)
}

type SessionsDb = Tables<'staffSessions'>

const open = (db: SessionsDb, now: Date, idleSince: Date) =>
  db
    .selectFrom('staffSessions')
    .where('endedAt', 'is', null)
    .where('expiresAt', '>', now)
    .where('lastSeenAt', '>', idleSince)
