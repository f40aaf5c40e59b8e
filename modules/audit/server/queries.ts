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
    mayReadClients: boolean
    before: { at: string; id: string } | undefined
    limit: number
    verb: string | undefined
    objectType: string | undefined
    person: string | undefined
  },
) {
  let query = db.selectFrom('auditEntries').orderBy('at', 'desc').orderBy('id', 'desc').limit(wanted.limit)
  if (wanted.before)
    query = query.where(
      sql<boolean>`(at, id) < (${wanted.before.at}::timestamptz, ${wanted.before.id}::uuid)`,
    )
  if (wanted.verb) query = query.where('verb', '=', wanted.verb)
  if (wanted.objectType) query = query.where('objectType', '=', wanted.objectType)
  const { person } = wanted
  if (person)
    query = query.where((eb) =>
      eb.or([
        eb('actorStaffId', '=', person),
        eb.and([eb('objectType', '=', 'staff_member'), eb('objectId', '=', person)]),
      ]),
    )
  // The cursor must hold all six decimals, which a JavaScript date drops.
  return query
    .select([
      ...lineOf(wanted),
      sql<string>`to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`.as('exactAt'),
    ])
    .execute()
}

/** One line as the list reads it. */
export type LineRow = Omit<Awaited<ReturnType<typeof entriesPage>>[number], 'exactAt'>

export async function entryById(db: Db, id: string, reader: { mayReadClients: boolean }) {
  return db
    .selectFrom('auditEntries')
    .where('id', '=', id)
    .select([...lineOf(reader), 'subjectId', 'userAgent', 'requestId', 'before', 'after'])
    .executeTakeFirst()
}

/** What a line of the log shows. */
function lineOf({ mayReadClients }: { mayReadClients: boolean }) {
  return [
    'id',
    'at',
    'actorLabel',
    'verb',
    'objectType',
    'objectId',
    sql<string | null>`host(ip)`.as('ip'),
    sql<string | null>`coalesce(
      ${nameIn('staff_member', 'staff_members')},
      ${mayReadClients ? nameIn('client', 'clients') : sql`null`},
      ${nameWritten('after')}, ${nameWritten('before')})`.as('objectName'),
    // An import too long to name its clients says how many they were.
    sql<number | null>`case
      when jsonb_typeof(after -> 'ids') = 'array' then jsonb_array_length(after -> 'ids')
      when verb = 'client.imported' then (after ->> 'accepted')::int end`.as('objectCount'),
  ] as const
}

/** The name of today, from the table of the object: an entry on one field does not say whose it is. */
function nameIn(objectType: string, table: string) {
  return sql`(case when object_type = ${objectType} and pg_input_is_valid(object_id, 'uuid') then
    (select concat_ws(' ', nullif(named.first_name, ''), named.last_name)
      from ${sql.table(table)} named where named.id = object_id::uuid) end)`
}

/** The name the entry itself tells: of a view or a file, or of a person who is gone since. */
function nameWritten(side: 'before' | 'after') {
  const written = sql.ref(side)
  return sql`nullif(coalesce(
    ${written} ->> 'name',
    concat_ws(' ', nullif(${written} ->> 'firstName', ''), ${written} ->> 'lastName')), '')`
}
