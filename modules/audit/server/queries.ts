import { sql, type CentralDb, type Tables } from '#platform/server/db.ts'

type Log = Tables<'auditLog'>

export type EntryRow = {
  id: string
  at: Date
  leaf: string
  objectIds: string[] | null
  sealed: Buffer | undefined
  ipIndex: Buffer | null
}

/** An entry and its payload, in one statement: either both are there or neither. */
export async function insertEntry(db: CentralDb, entry: EntryRow): Promise<void> {
  const { id, at, leaf, objectIds, sealed, ipIndex } = entry
  if (!sealed) {
    await sql`insert into audit_entries (leaf, object_ids) values (${leaf}, ${objectIds})`.execute(db)
    return
  }
  await sql`
    with payload as (
      insert into audit_payloads (entry_id, at, sealed, ip_index) values (${id}, ${at}, ${sealed}, ${ipIndex}))
    insert into audit_entries (leaf, object_ids) values (${leaf}, ${objectIds})`.execute(db)
}

/** Written when they say they happened, which only the tables' owner may claim. */
export async function insertPastEntries(db: CentralDb, entries: readonly EntryRow[]): Promise<void> {
  await db
    .insertInto('auditPayloads')
    .values(
      entries.flatMap(({ id, at, sealed, ipIndex }) =>
        sealed ? [{ entryId: id, at, sealed, ipIndex }] : [],
      ),
    )
    .execute()
  await db
    .insertInto('auditEntries')
    .values(entries.map(({ at, leaf, objectIds }) => ({ leaf, objectIds, writtenAt: at })))
    .execute()
}

/** A timeline is about what was done: looks (`seen`) and refusals are not in it. */
export async function historyRows(db: Log, objectType: string, objectId: string, limit: number) {
  return db
    .selectFrom('auditLog')
    .where('objectType', '=', objectType)
    .where((eb) =>
      eb.or([eb('objectId', '=', objectId), sql<boolean>`object_ids @> array[${objectId}]::text[]`]),
    )
    .where('result', '=', 'done')
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .select(['id', 'at', 'verb', 'sealed', actorName.as('actorLabel')])
    .execute()
}

export async function entriesPage(
  db: Log,
  wanted: {
    mayReadClients: boolean
    before: { at: string; id: string } | undefined
    limit: number
    verb: string | undefined
    objectType: string | undefined
    person: string | undefined
  },
) {
  let query = db.selectFrom('auditLog').orderBy('at', 'desc').orderBy('id', 'desc').limit(wanted.limit)
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
        eb('actorId', '=', person),
        eb.and([eb('objectType', '=', 'staff_member'), eb('objectId', '=', person)]),
      ]),
    )
  return query.select([...lineOf(wanted), smallPayload.as('sealed')]).execute()
}

/** One line as the list reads it. */
export type LineRow = Omit<Awaited<ReturnType<typeof entriesPage>>[number], 'sealed'>

export async function entryById(db: Log, id: string, reader: { mayReadClients: boolean }) {
  return db
    .selectFrom('auditLog')
    .where('id', '=', id)
    .select([...lineOf(reader), 'sealed', 'commitment', 'leaf'])
    .executeTakeFirst()
}

/** As the person is called today; what is no person names itself. */
const actorName = sql<string>`coalesce(
  case when actor_type = 'staff' and pg_input_is_valid(actor_id, 'uuid') then
    (select concat_ws(' ', nullif(named.first_name, ''), named.last_name)
      from staff_members named where named.id = actor_id::uuid) end,
  actor_id, actor_type)`

/** Names stand in small payloads; a page does not fetch a megabyte for each of its lines. */
const smallPayload = sql<Buffer | null>`case when octet_length(sealed) <= 8192 then sealed end`

/** What a line of the log shows. */
function lineOf({ mayReadClients }: { mayReadClients: boolean }) {
  return [
    'id',
    'at',
    actorName.as('actorLabel'),
    'actorType',
    'actorId',
    'verb',
    'objectType',
    'objectId',
    'objectCount',
    'result',
    'reason',
    'index',
    sql<string | null>`coalesce(
      ${nameIn('staff_member', 'staff_members')},
      ${mayReadClients ? nameIn('client', 'clients') : sql`null`})`.as('objectName'),
  ] as const
}

/** The name of today, from the table of the object: an entry does not say whose it is. */
export function nameIn(objectType: string, table: string) {
  return sql`(case when object_type = ${objectType} and pg_input_is_valid(object_id, 'uuid') then
    (select concat_ws(' ', nullif(named.first_name, ''), named.last_name)
      from ${sql.table(table)} named where named.id = object_id::uuid) end)`
}
