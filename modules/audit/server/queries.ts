import { keptStatement } from '#platform/server/kept-statements.ts'
import type { Whisper } from '#platform/server/news.ts'
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

// The schema is named: no temporary table of a session's own takes an entry in their place.
const insertAlone = keptStatement(`
  with entry as (insert into public.audit_entries (leaf, object_ids) values ($1, $2))
  select pg_notify('news', whisper) from unnest($3::text[]) as whisper`)
const insertWithPayload = keptStatement(`
  with entry as (insert into public.audit_entries (leaf, object_ids) values ($1, $2)),
    payload as (insert into public.audit_payloads (entry_id, at, sealed, ip_index) values ($4, $5, $6, $7))
  select pg_notify('news', whisper) from unnest($3::text[]) as whisper`)

/** An entry and its payload, in one statement: either both are there or neither. And the news of it, as `tell` writes them. */
export async function insertEntry(
  db: CentralDb,
  entry: EntryRow,
  news: readonly Whisper[] = [],
): Promise<void> {
  const { id, at, leaf, objectIds, sealed, ipIndex } = entry
  const told = news.map((whisper) => JSON.stringify(whisper))
  if (sealed) await insertWithPayload(db, [leaf, objectIds, told, id, at, sealed, ipIndex])
  else await insertAlone(db, [leaf, objectIds, told])
}

/** Written when they say they happened, which only the tables' owner may claim. */
export async function insertPastEntries(db: CentralDb, entries: readonly EntryRow[]): Promise<void> {
  const ours = db.withSchema('public')
  const payloads = entries.flatMap(({ id, at, sealed, ipIndex }) =>
    sealed ? [{ entryId: id, at, sealed, ipIndex }] : [],
  )
  if (payloads.length > 0) await ours.insertInto('auditPayloads').values(payloads).execute()
  const leaves = entries.map(({ leaf }) => leaf)
  const times = entries.map(({ at }) => at)
  // An array of arrays must be even in PostgreSQL, and these are not.
  const objects = entries.map(({ objectIds }) => objectIds && JSON.stringify(objectIds))
  await sql`
    insert into public.audit_entries (leaf, written_at, object_ids)
    select leaf, at, case when ids is not null then array(select jsonb_array_elements_text(ids::jsonb)) end
    from unnest(${leaves}::text[], ${times}::timestamptz[], ${objects}::text[]) as past (leaf, at, ids)`.execute(
    db,
  )
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

export async function followedRows(db: Log, impersonationId: string, limit: number) {
  const rows = await db
    .selectFrom('auditLog')
    .where('impersonationId', '=', impersonationId)
    .where('result', '<>', 'intended')
    .orderBy('at')
    .orderBy('id')
    .limit(limit)
    .select(['id as entryId', 'at', 'result', 'verb', 'objectType', 'objectId', 'sealed'])
    .execute()
  // Checked by the table.
  return rows.map((row) => ({ ...row, result: row.result as 'seen' | 'done' | 'refused' | 'failed' }))
}

/** As the person is called today; what is no person names itself. */
const actorName = sql<string>`coalesce(
  case when actor_type = 'staff' and pg_input_is_valid(actor_id, 'uuid') then
    (select concat_ws(' ', nullif(named.first_name, ''), named.last_name)
      from staff_members named where named.id = actor_id::uuid) end,
  actor_id, actor_type)`
