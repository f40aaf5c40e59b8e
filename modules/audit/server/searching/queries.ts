import type { RawBuilder } from 'kysely'
import type { Within } from '#server/access'
import { pgCode, sql, type CentralDb, type Tables } from '#platform/server/db.ts'
import { conditionsOf, type Way } from './conditions.ts'
import { lineColumns, smallPayload, type LineRow } from './line-columns.ts'
import { objectName } from './names.ts'
import type { Wanted } from './wanted.ts'

type Log = Tables<'auditLog' | 'auditLeaves'>

/** Where a page begins: after this entry, on the way to older ones. */
export type Place = { at: string; id: string }

export type PageRequest = {
  wanted: Wanted
  after: Place | undefined
  /** Only entries numbered from here on, if these are not too many. */
  since: number | undefined
  limit: number
  /** Whose names may be shown. */
  mine: Within | undefined
}

/** `since` holds when that many at most came meanwhile; with more, reading the list from its top is cheaper. */
export const mostSince = 10_000

export type Page = { rows: LineRow[]; size: number; since: number | null }

/** One page, with how many entries were numbered at that instant. */
export async function readPage(db: Log, request: PageRequest): Promise<Page> {
  const { since } = request
  if (since === undefined) return { ...(await ask(db, request, pageFrom(request))), since: null }
  const size = await numbered(db)
  if (since > size || size - since > mostSince)
    return { ...(await ask(db, request, pageFrom(request))), since: null }
  return { ...(await ask(db, request, newcomers(request, since))), since }
}

async function ask(
  db: Log,
  { mine }: PageRequest,
  page: RawBuilder<unknown>,
): Promise<Pick<Page, 'rows' | 'size'>> {
  const { rows } = await sql<{ size: number } & (LineRow | { id: null })>`
    with page as materialized (${page})
    select numbered.size, line.* from (${size}) numbered
      left join (select ${lineColumns}, ${smallPayload} from page join audit_log e on e.id = page.id
        -- Looked up once a line, although two columns ask for it.
        cross join lateral (select ${objectName(mine)} as name offset 0) object) line on true
    order by line.at desc, line.id desc`.execute(db.withoutPlugins())
  return {
    rows: rows.filter((row): row is { size: number } & LineRow => row.id !== null),
    size: rows[0]?.size ?? 0,
  }
}

const size = sql`select coalesce(max(index) + 1, 0) as size from audit_leaves`

async function numbered(db: Log): Promise<number> {
  const { rows } = await sql<{ size: number }>`${size}`.execute(db)
  return rows[0]?.size ?? 0
}

/** The ids of a page. */
function pageFrom({ wanted, after, limit }: PageRequest): RawBuilder<unknown> {
  const { ways, rest } = conditionsOf(wanted)
  const clock = isAddressAlone(wanted) ? sql`e.payload_at` : sql`e.at`
  const all = [...rest, ...within(clock, wanted), ...older(clock, after)]
  const [only, ...more] = ways
  if (!only || (more.length === 0 && !only.each))
    return newest(only ? [only.where, ...all] : all, clock, limit)
  return alongAll(ways, all, limit)
}

/**
 * Each way is read as far as the page could need it: not beyond what the ways before it gave. An entry may lie on several.
 */
function alongAll(
  ways: readonly Way[],
  all: readonly RawBuilder<boolean>[],
  limit: number,
): RawBuilder<unknown> {
  const names = ways.map((_, at) => sql.table(`hit_${at}`))
  const upTo = (at: number) =>
    sql.join(
      names.slice(0, at).map((name) => sql`select id, at from ${name}`),
      sql` union `,
    )
  const hits = ways.map((way, at) => {
    const last = sql`select at from (${upTo(at)}) before order by at desc offset ${limit - 1} limit 1`
    const bound = at === 0 ? [] : [sql<boolean>`e.at >= coalesce((${last}), '-infinity')`]
    return sql`${names[at]} as materialized (${along(way, [...all, ...bound], limit)})`
  })
  return sql`with ${sql.join(hits)} select id from (${upTo(ways.length)}) hit order by at desc, id desc limit ${limit}`
}

function along({ each, where }: Way, all: readonly RawBuilder<boolean>[], limit: number) {
  const entries = newest([where, ...all], sql`e.at`, limit)
  return each
    ? sql`select hit.id, hit.at from unnest(${each}::text[]) as way (value) cross join lateral (${entries}) hit`
    : entries
}

const newest = (all: readonly RawBuilder<boolean>[], clock: RawBuilder<unknown>, limit: number) => sql`
  select e.id, ${clock} as at from audit_log e where ${every(all)} order by ${clock} desc, e.id desc limit ${limit}`

/** What was numbered since: few, so they are looked at one by one. */
function newcomers({ wanted, after, limit }: PageRequest, since: number): RawBuilder<unknown> {
  const { all } = conditionsOf(wanted)
  return sql`select e.id from (select * from audit_log where index >= ${since} offset 0) e
    where ${every([...all, ...within(sql`e.at`, wanted), ...older(sql`e.at`, after)])}
    order by e.at desc, e.id desc limit ${limit}`
}

/** An address is indexed with the time of its payload, which is that of the entry. */
function isAddressAlone({ ipIndex, from, until, ...others }: Wanted): boolean {
  return ipIndex !== undefined && Object.values(others).every((value) => value === undefined)
}

function within(clock: RawBuilder<unknown>, { from, until }: Wanted): RawBuilder<boolean>[] {
  return [
    ...(from ? [sql<boolean>`${clock} >= ${from}::timestamptz`] : []),
    ...(until ? [sql<boolean>`${clock} < ${until}::timestamptz`] : []),
  ]
}

const older = (clock: RawBuilder<unknown>, place: Place | undefined): RawBuilder<boolean>[] =>
  place ? [sql`(${clock}, e.id) < (${place.at}::timestamptz, ${place.id}::uuid)`] : []

const every = (conditions: readonly RawBuilder<boolean>[]): RawBuilder<boolean> =>
  conditions.length === 0 ? sql`true` : sql`${sql.join(conditions, sql` and `)}`

export type WholeRow = LineRow & { leaf: string; committed: boolean }

export async function entryById(
  db: Tables<'auditLog'>,
  id: string,
  mine: Within | undefined,
): Promise<WholeRow | undefined> {
  const { rows } = await sql<WholeRow>`
    select ${lineColumns}, e.sealed, e.leaf, e.commitment is not null as committed
    from audit_log e cross join lateral (select ${objectName(mine)} as name) object
    where e.id = ${id}::uuid`.execute(db.withoutPlugins())
  return rows[0]
}

/** The whole filter as one condition on entry `e`. */
export const matching = (wanted: Wanted): RawBuilder<boolean> =>
  every([...conditionsOf(wanted).all, ...within(sql`e.at`, wanted)])

/** @returns null when finding out takes longer than a glance at a list is worth */
export async function countMatching(db: CentralDb, wanted: Wanted, upTo: number): Promise<number | null> {
  try {
    return await db.transaction().execute(async (transaction) => {
      await sql`set local statement_timeout = '500ms'`.execute(transaction)
      const { rows } = await sql<{ count: number }>`
        select count(*)::integer as count from (
          select from audit_log e where ${matching(wanted)} limit ${upTo}) counted`.execute(transaction)
      return rows[0]?.count ?? 0
    })
  } catch (error) {
    // 57014: the time was over.
    if (pgCode(error) === '57014') return null
    throw error
  }
}
