import type { AuditSearch } from '#contract/audit'
import { sql, type Tables } from '#platform/server/db.ts'

type Db = Tables<'auditSearches'>

const shown = ['id', 'name', 'query'] as const
// The column holds what the contract let in, an object of texts.
const asSearch = (row: { id: string; name: string; query: unknown }) => row as AuditSearch

export async function searchesOf(db: Db, staffId: string): Promise<AuditSearch[]> {
  const rows = await db
    .selectFrom('auditSearches')
    .where('staffId', '=', staffId)
    .orderBy(sql`plain_text(name)`)
    .orderBy('id')
    .select(shown)
    .execute()
  return rows.map(asSearch)
}

export async function ownSearch(db: Db, staffId: string, id: string): Promise<AuditSearch | undefined> {
  const row = await db
    .selectFrom('auditSearches')
    .where('staffId', '=', staffId)
    .where('id', '=', id)
    .select(shown)
    .forUpdate()
    .executeTakeFirst()
  return row && asSearch(row)
}

/** Until the transaction ends: counting a person's searches and adding one happens once at a time. */
export async function takeTurns(db: Db, staffId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`audit searches ${staffId}`}, 0))`.execute(db)
}

/** @returns nothing when the person has a search of that name */
export async function insertSearch(
  db: Db,
  staffId: string,
  { name, query }: Omit<AuditSearch, 'id'>,
): Promise<AuditSearch | undefined> {
  const row = await db
    .insertInto('auditSearches')
    .values({ name, query: JSON.stringify(query), staffId })
    .onConflict((conflict) => conflict.columns(['staffId', 'name']).doNothing())
    .returning(shown)
    .executeTakeFirst()
  return row && asSearch(row)
}

export async function changeSearch(
  db: Db,
  id: string,
  { name, query }: Omit<AuditSearch, 'id'>,
): Promise<AuditSearch> {
  const row = await db
    .updateTable('auditSearches')
    .set({ name, query: JSON.stringify(query) })
    .where('id', '=', id)
    .returning(shown)
    .executeTakeFirstOrThrow()
  return asSearch(row)
}

export async function removeSearch(db: Db, id: string): Promise<void> {
  await db.deleteFrom('auditSearches').where('id', '=', id).execute()
}
