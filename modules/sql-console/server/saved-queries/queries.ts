/** Every statement about kept queries. */
import type { QueryReach, QueryState, QueryTarget } from '#contract/sql-console'
import { sql, type Tables } from '#platform/server/db.ts'

export type Db = Tables<'sqlQueries'>

export type QueryRow = {
  id: string
  ownerId: string
  ownerName: string
  reach: QueryReach
  name: string
  description: string
  target: QueryTarget
  state: QueryState
  textSealed: Buffer
  revision: number
  updatedAt: Date
  updatedBy: string
  updatedByName: string
  trashedAt: Date | null
}

/** Who asks: what is private is nobody else's; what is shared is looked after by who may execute. */
export type Reader = { staffId: string; looksAfter: boolean }

const columns = sql`q.id, q.owner_id as "ownerId", o.first_name || ' ' || o.last_name as "ownerName", q.reach, q.name, q.description,
  q.target, q.state, q.text_sealed as "textSealed", q.revision, q.updated_at as "updatedAt", q.updated_by as "updatedBy",
  u.first_name || ' ' || u.last_name as "updatedByName", q.trashed_at as "trashedAt"`
const from = sql`sql_queries q join staff_members o on o.id = q.owner_id join staff_members u on u.id = q.updated_by`

const visible = ({ staffId, looksAfter }: Reader) =>
  sql<boolean>`(q.owner_id = ${staffId} or q.reach = 'everyone' and (q.trashed_at is null or ${looksAfter}))`

export async function queryById(
  db: Db,
  reader: Reader,
  id: string,
  how: { hold?: boolean } = {},
): Promise<QueryRow | undefined> {
  const { rows } =
    await sql<QueryRow>`select ${columns} from ${from} where q.id = ${id} and ${visible(reader)}
    ${how.hold ? sql`for update of q` : sql``}`.execute(db)
  return rows[0]
}

export type Filter = {
  q?: string | undefined
  whose?: 'mine' | 'shared' | 'trash' | undefined
  target?: QueryTarget | undefined
}

const matching = (reader: Reader, { q, whose, target }: Filter) => sql<boolean>`${visible(reader)}
  and (q.trashed_at is not null) = ${whose === 'trash'}
  ${whose === 'mine' ? sql`and q.owner_id = ${reader.staffId}` : sql``}
  ${whose === 'shared' ? sql`and q.reach = 'everyone'` : sql``}
  ${target ? sql`and q.target = ${target}` : sql``}
  ${
    q
      ? sql`and position(plain_text(${q}) in plain_text(q.name || ' ' || q.description || ' ' || o.first_name || ' ' || o.last_name)) > 0`
      : sql``
  }`

/** By name, as people sort names. */
export async function queriesPage(
  db: Db,
  reader: Reader,
  filter: Filter,
  after: readonly [string, string] | undefined,
  limit: number,
): Promise<QueryRow[]> {
  const { rows } = await sql<QueryRow>`select ${columns} from ${from} where ${matching(reader, filter)}
    ${after ? sql`and (plain_text(q.name), q.id) > (plain_text(${after[0]}), ${after[1]}::uuid)` : sql``}
    order by plain_text(q.name), q.id limit ${limit}`.execute(db)
  return rows
}

export async function queriesCounted(db: Db, reader: Reader, filter: Filter, most: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from (
    select from ${from} where ${matching(reader, filter)} limit ${most + 1}) counted`.execute(db)
  return rows[0]?.count ?? 0
}

/** Until the transaction ends: counting a person's queries and adding one happens once at a time. */
export async function takeTurns(db: Db, ownerId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`sql queries ${ownerId}`}, 0))`.execute(db)
}

export async function keptBy(db: Db, ownerId: string): Promise<number> {
  const { count } = await db
    .selectFrom('sqlQueries')
    .select((of) => of.fn.countAll<string>().as('count'))
    .where('ownerId', '=', ownerId)
    .where('trashedAt', 'is', null)
    .executeTakeFirstOrThrow()
  return Number(count)
}

export type NewQuery = Pick<
  QueryRow,
  'id' | 'ownerId' | 'reach' | 'name' | 'description' | 'target' | 'state' | 'textSealed' | 'updatedAt'
>

export async function insertQuery(db: Db, query: NewQuery): Promise<void> {
  await db
    .insertInto('sqlQueries')
    .values({ ...query, createdAt: query.updatedAt, updatedBy: query.ownerId })
    .execute()
}

export type Change = Partial<
  Pick<
    QueryRow,
    'reach' | 'name' | 'description' | 'target' | 'state' | 'textSealed' | 'updatedAt' | 'updatedBy'
  >
>

export async function changeQuery(db: Db, id: string, change: Change): Promise<void> {
  await db
    .updateTable('sqlQueries')
    .set({ ...change, revision: sql<number>`revision + 1` })
    .where('id', '=', id)
    .execute()
}

/** Its revision stays: whoever has it open saves on once it is back. */
export async function setTrashed(db: Db, id: string, trashedAt: Date | null): Promise<void> {
  await db.updateTable('sqlQueries').set({ trashedAt }).where('id', '=', id).execute()
}

/**
 * What lay in the trash long enough; and what somebody kept for themself alone who has been gone for long. What they shared
 * is everybody's by then, and stays under their name.
 */
export async function forgetQueries(db: Db, before: { trashed: Date; gone: Date }): Promise<void> {
  await sql`delete from sql_queries where trashed_at < ${before.trashed}`.execute(db)
  await sql`delete from sql_queries q using staff_members s
    where s.id = q.owner_id and q.reach = 'personal' and s.suspended_at < ${before.gone}`.execute(db)
}
