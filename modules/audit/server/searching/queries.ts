import type { RawBuilder } from 'kysely'
import { isLimited, type Within } from '#server/access'
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

/** @param prepared asks without planning anew; for pages that are planned alike whatever their values */
export async function readPage(ask: Ask, prepared: Ask, request: PageRequest): Promise<Page> {
  const { since, mine, wanted } = request
  if (since !== undefined) {
    const [{ size } = { size: 0 }] = await prepared(treeSize)
    if (since <= size && size - since <= mostSince)
      return { ...(await lines(ask, newcomers(request, since), mine)), since }
  }
  const askPage = isOfOneKind(wanted) && !(mine && isLimited(mine)) ? prepared : ask
  return { ...(await lines(askPage, pageFrom(request), mine)), since: null }
}

/** What the lines of a page show, with the size of the tree in the same instant. */
async function lines(
  ask: Ask,
  page: RawBuilder<unknown>,
  mine: Within | undefined,
): Promise<Pick<Page, 'rows' | 'size'>> {
  const rows = await ask(sql<{ size: number } & (LineRow | { id: null })>`
    with page as materialized (${page})
    select numbered.size, line.* from (${treeSize}) numbered
      left join (select ${lineColumns}, ${smallPayload} from page join audit_log e on e.id = page.id
        -- Looked up once a line, although two columns ask for it.
        cross join lateral (select ${objectName(mine)} as name offset 0) object) line on true
    order by line.at desc, line.id desc`)
  return {
    rows: rows.filter((row): row is { size: number } & LineRow => row.id !== null),
    size: rows[0]?.size ?? 0,
  }
}

const treeSize = sql<{ size: number }>`select coalesce(max(index) + 1, 0) as size from audit_leaves`

export type WholeRow = LineRow & { leaf: string; commitment: string | null }

export async function entryById(
  db: Tables<'auditLog'>,
  id: string,
  mine: Within | undefined,
): Promise<WholeRow | undefined> {
  const { rows } = await sql<WholeRow>`
    select ${lineColumns}, e.sealed, e.leaf, encode(e.commitment, 'hex') as commitment
    from audit_log e cross join lateral (select ${objectName(mine)} as name) object
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
