import { sql, type Tables } from '#platform/server/db.ts'

type Db = Tables<'auditEntries'>

export type NewEntry = {
  actorStaffId: string | null
  actorLabel: string
  sessionId: string | null
  verb: string
  objectType: string
  objectId: string | null
  before: unknown
  after: unknown
  ip: string | null
  userAgent: string | null
  requestId: string | null
}

const jsonOrNull = (value: unknown) => (value === undefined || value === null ? null : JSON.stringify(value))

export async function insertEntry(db: Db, entry: NewEntry): Promise<void> {
  await db
    .insertInto('auditEntries')
    .values({ ...entry, before: jsonOrNull(entry.before), after: jsonOrNull(entry.after) })
    .execute()
}

export type EntryRow = Awaited<ReturnType<typeof historyOf>>[number]

/** What happened to one object, newest first, actions on many objects included. */
export async function historyOf(db: Db, objectType: string, objectId: string, limit: number) {
  return db
    .selectFrom('auditEntries')
    .where('objectType', '=', objectType)
    .where((eb) =>
      eb.or([eb('objectId', '=', objectId), sql<boolean>`(after ? 'ids' and after -> 'ids' ? ${objectId})`]),
    )
    .orderBy('at', 'desc')
    .limit(limit)
    .select(['id', 'at', 'actorLabel', 'verb', 'before', 'after'])
    .execute()
}

export async function entriesPage(
  db: Db,
  wanted: {
    before: { at: string; id: string } | undefined
    limit: number
    verb: string | undefined
    objectType: string | undefined
  },
) {
  let query = db.selectFrom('auditEntries').orderBy('at', 'desc').orderBy('id', 'desc').limit(wanted.limit)
  if (wanted.before)
    query = query.where(
      sql<boolean>`(at, id) < (${wanted.before.at}::timestamptz, ${wanted.before.id}::uuid)`,
    )
  if (wanted.verb) query = query.where('verb', '=', wanted.verb)
  if (wanted.objectType) query = query.where('objectType', '=', wanted.objectType)
  // The cursor must hold all six decimals, which a JavaScript date drops.
  return query
    .select([
      'id',
      'at',
      'actorLabel',
      'verb',
      'objectType',
      'objectId',
      sql<string>`to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`.as('exactAt'),
      sql<string | null>`host(ip)`.as('ip'),
    ])
    .execute()
}
