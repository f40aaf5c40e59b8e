/** Names of today, from the tables of what is named: an entry does not say whose it is. */
import type { RawBuilder } from 'kysely'
import type { AuditFilter } from '#contract/audit'
import { andInside, inside, isLimited, limitsOf, type Within } from '#server/access'
import { sql, type CentralDb } from '#platform/server/db.ts'
import type { Actor } from '#platform/server/requests.ts'

type Rights = Pick<Actor, 'permissions' | 'limits' | 'staffId'>

/** With more people of one name than this, one looks for something else besides. */
const mostNamed = 200

/** Whose names are for this reader; clients' names are for those who may read clients, within their limits. */
export const namedFor = (reader: Rights): Within | undefined =>
  reader.permissions.has('clients.read') ? limitsOf(reader, 'clients.read') : undefined

/** The text holds the word; one or two letters count at the beginning of a word only. Both forms have trigrams to look up. */
export function holds(text: RawBuilder<unknown>, word: string): RawBuilder<boolean> {
  // `_` is the only character of a plain word that LIKE understands otherwise.
  const liked = word.replaceAll('_', String.raw`\_`)
  return word.length > 2
    ? sql<boolean>`${text} like ${`%${liked}%`}`
    : sql<boolean>`(${text} like ${`${liked}%`} or ${text} like ${`% ${liked}%`})`
}

/** @param mine the clients whose names may be known; undefined: none */
export async function objectsNamed(
  db: CentralDb,
  words: readonly string[],
  mine: Within | undefined,
): Promise<string[]> {
  if (words.length === 0) return []
  const all = (text: RawBuilder<unknown>) =>
    sql.join(
      words.map((word) => holds(text, word)),
      sql` and `,
    )
  const ofClients = mine
    ? sql`union all (select id::text from clients c where ${all(sql`c.search_text`)} and ${inside(mine, sql`c`)} limit ${mostNamed})`
    : sql``
  const { rows } = await sql<{ id: string }>`
    (select id::text from staff_members where ${all(sql`plain_text(first_name || ' ' || last_name)`)} limit ${mostNamed})
    ${ofClients}`.execute(db)
  return rows.map(({ id }) => id)
}

/** Of an actor `e.actor_id`: as the person is called today, where that is for who asks; what is no person names itself. */
export const actorName = (mine: Within | undefined) => sql<string>`coalesce(
  case when pg_input_is_valid(e.actor_id, 'uuid') then case e.actor_type
    when 'staff' then (select concat_ws(' ', nullif(named.first_name, ''), named.last_name)
      from staff_members named where named.id = e.actor_id::uuid)
    when 'member' then ${memberName(mine, sql`e.actor_id`)} end end,
  e.actor_id, e.actor_type)`

/** Whoever may know a client may know who works in the client's practice; the log knows members and, before they said which, accounts. */
function memberName(mine: Within | undefined, id: RawBuilder<unknown>): RawBuilder<unknown> {
  if (!mine) return sql`null::text`
  return sql`(select concat_ws(' ', nullif(named.first_name, ''), named.last_name) from member_accounts named
    where (named.id = ${id}::uuid or named.id = (select account_id from members where id = ${id}::uuid))
      ${andInPractice(mine, sql`tenants.id in (select tenant_id from members where account_id = named.id)`)})`
}

/** `andInside` for what belongs to practices: those whose client lies inside. */
function andInPractice(mine: Within, which: RawBuilder<unknown>): RawBuilder<unknown> {
  return isLimited(mine)
    ? sql`and exists (select from tenants join clients on clients.id = tenants.client_id
        where ${which} and ${inside(mine, sql`clients`)})`
    : sql``
}

/**
 * Of the object of entry `e`; null where it has no name, or one that is not for who asks. A data-subject request is called
 * by its number, which the log says anyway: whose it is stays in the register. A role of every house is called by its key,
 * whose words are the screen's. What the console did is called by where it did it.
 *
 * @param practice whose practice the entry is about, where the entry itself is asked
 */
export function objectName(
  mine: Within | undefined,
  practice: RawBuilder<unknown> = sql`null`,
): RawBuilder<string | null> {
  const named = (table: string, also: RawBuilder<unknown>) => sql`
    (select concat_ws(' ', nullif(named.first_name, ''), named.last_name)
      from ${sql.table(table)} named where named.id = e.object_id::uuid ${also})`
  const where = sql`case when ${practice} is null then 'central' else ${practiceName(mine, practice)} end`
  return sql<string | null>`case when pg_input_is_valid(e.object_id, 'uuid') then case e.object_type
    when 'staff_member' then ${named('staff_members', sql``)}
    when 'client' then ${mine ? named('clients', andInside(mine, sql`named`)) : sql`null`}
    when 'member' then ${memberName(mine, sql`e.object_id`)}
    when 'member_account' then ${memberName(mine, sql`e.object_id`)}
    when 'tenant' then ${practiceName(mine, sql`e.object_id`)}
    when 'sql_run' then ${where}
    when 'sql_request' then ${where}
    when 'sql_export' then ${where}
    when 'sql_unmasking' then ${where}
    when 'sql_fleet' then ${practiceName(mine, practice)}
    when 'role' then (select coalesce(name, key) from roles where id = e.object_id::uuid)
    when 'ticket' then (select '#' || number from tickets where id = e.object_id::uuid)
    when 'privacy_request' then (select number::text from privacy_requests where id = e.object_id::uuid)
    when 'privacy_proof' then (select number::text from privacy_requests
      where id = (select request_id from privacy_proofs where id = e.object_id::uuid)) end end`
}

function practiceName(mine: Within | undefined, id: RawBuilder<unknown>): RawBuilder<unknown> {
  if (!mine) return sql`null`
  return sql`(select name from tenants named where id = ${id}::uuid
    ${andInPractice(mine, sql`tenants.id = named.id`)})`
}

const kindsNamed = [
  'ticket',
  'client',
  'tenant',
  'member',
  'member_account',
  'staff_member',
  'role',
  'privacy_request',
  'privacy_proof',
]

/** What those are called today that a filter asks for by id, by that id: also where it finds nothing that would name them. */
export async function namesIn(
  db: CentralDb,
  { person, actor, subject, object, objectType }: AuditFilter,
  mine: Within | undefined,
): Promise<Record<string, string>> {
  const people = [person, actor, subject].map((id) => ({ id, types: ['staff_member', 'member'] }))
  const asked = [
    ...people,
    { id: object, types: objectType === undefined ? kindsNamed : [objectType] },
  ].flatMap(({ id, types }) => (id === undefined ? [] : types.map((type) => ({ id, type }))))
  if (asked.length === 0) return {}
  const { rows } = await sql<{ id: string; name: string }>`
    select e.object_id as id, object.name
    from unnest(${asked.map(({ id }) => id)}::text[], ${asked.map(({ type }) => type)}::text[]) as e (object_id, object_type)
      cross join lateral (select ${objectName(mine)} as name) object
    where object.name is not null`.execute(db.withoutPlugins())
  return Object.fromEntries(rows.map(({ id, name }) => [id, name]))
}
