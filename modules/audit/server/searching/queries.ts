import type { RawBuilder } from 'kysely'
import type { Within } from '#server/access'
import { pgCode, sql, type CentralDb, type Tables } from '#platform/server/db.ts'
import { lineColumns, smallPayload, type LineRow } from './line-columns.ts'
import { objectName } from './names.ts'
import { isOfOneKind, matching, newcomers, pageFrom, type PageOrder } from './page-sql.ts'
import type { Wanted } from './wanted.ts'

type Log = Tables<'auditLog' | 'auditLeaves'>

export type PageRequest = PageOrder & {
  /** Only entries numbered from here on, if these are not too many. */
  since: number | undefined
  /** The clients whose names may be shown. */
  mine: Within | undefined
}

/** With more than that since, reading the list from its top is cheaper. */
const mostSince = 10_000

export type Page = {
  rows: LineRow[]
  /** How many entries were numbered at that instant. */
  size: number
  /** Null: this is the list from its top. */
  since: number | null
}

export type Ask = <Row extends object>(question: RawBuilder<Row>) => Promise<Row[]>

/** Each question planned for its values. */
export const asking =
  (db: Log): Ask =>
  async (question) =>
    (await question.execute(db.withoutPlugins())).rows

/** @param prepared asks without planning anew: what is planned alike whatever its values */
export async function readPage(ask: Ask, prepared: Ask, request: PageRequest): Promise<Page> {
  const { since, mine, wanted } = request
  if (since !== undefined) {
    const [{ size } = { size: 0 }] = await prepared(treeSize)
    if (since <= size && size - since <= mostSince) {
      const [page] = await ask(picked(newcomers(request, since)))
      return { ...(await lines(prepared, page, mine)), since }
    }
  }
  const [page] = await (isOfOneKind(wanted) ? prepared : ask)(picked(pageFrom(request)))
  return { ...(await lines(prepared, page, mine)), since: null }
}

const treeSize = sql<{ size: number }>`select coalesce(max(index) + 1, 0) as size from audit_leaves`

type Picked = { ids: string[]; size: number }

/** Which entries, with the size of the tree in the same instant: a tail from there on misses none. */
const picked = (page: RawBuilder<unknown>) => sql<Picked>`
  with page as materialized (${page})
  select (${treeSize}) as size, array(select id from page order by at desc, id desc) as ids`

/** What the lines of a page show: the same statement for all, planned once. */
async function lines(
  prepared: Ask,
  { ids, size }: Picked = { ids: [], size: 0 },
  mine: Within | undefined,
): Promise<Pick<Page, 'rows' | 'size'>> {
  if (ids.length === 0) return { rows: [], size }
  const rows = await prepared(sql<LineRow>`
    select ${lineColumns(mine)}, ${smallPayload}
    from unnest(${ids}::uuid[]) with ordinality as page (id, place) join audit_log e on e.id = page.id
      -- Looked up once a line, although two columns ask for it.
      cross join lateral (select ${objectName(mine, sql`e.tenant_id`)} as name offset 0) object
    order by page.place`)
  return { rows, size }
}

export type WholeRow = LineRow & { leaf: string; commitment: string | null }

export async function entryById(
  db: Tables<'auditLog'>,
  id: string,
  mine: Within | undefined,
): Promise<WholeRow | undefined> {
  const { rows } = await sql<WholeRow>`
    select ${lineColumns(mine)}, e.sealed, e.leaf, encode(e.commitment, 'hex') as commitment
    from audit_log e cross join lateral (select ${objectName(mine, sql`e.tenant_id`)} as name) object
    where e.id = ${id}::uuid`.execute(db.withoutPlugins())
  return rows[0]
}

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
