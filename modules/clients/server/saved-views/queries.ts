import type { SavedView } from '#contract/clients'
import { sql, type Tables } from '#platform/server/db.ts'

type Db = Tables<'savedViews'>

const shown = ['id', 'page', 'name', 'query'] as const
// The column holds what the contract let in, an object of texts.
const asView = (row: { id: string; page: string; name: string; query: unknown }) => row as SavedView

export async function viewsOf(db: Db, staffId: string, page: string): Promise<SavedView[]> {
  const rows = await db
    .selectFrom('savedViews')
    .where('staffId', '=', staffId)
    .where('page', '=', page)
    .orderBy(sql`plain_text(name)`)
    .orderBy('id')
    .select(shown)
    .execute()
  return rows.map(asView)
}

export async function ownView(db: Db, staffId: string, id: string): Promise<SavedView | undefined> {
  const row = await db
    .selectFrom('savedViews')
    .where('staffId', '=', staffId)
    .where('id', '=', id)
    .select(shown)
    .forUpdate()
    .executeTakeFirst()
  return row && asView(row)
}

/** Until the transaction ends: counting a person's views and adding one happens once at a time. */
export async function takeTurns(db: Db, staffId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`saved views ${staffId}`}, 0))`.execute(db)
}

/** @returns nothing when the person has a view of that name there */
export async function insertView(
  db: Db,
  staffId: string,
  view: Omit<SavedView, 'id'>,
): Promise<SavedView | undefined> {
  const row = await db
    .insertInto('savedViews')
    .values({ ...view, query: JSON.stringify(view.query), staffId })
    .onConflict((conflict) => conflict.columns(['staffId', 'page', 'name']).doNothing())
    .returning(shown)
    .executeTakeFirst()
  return row && asView(row)
}

export async function changeView(
  db: Db,
  id: string,
  { name, query }: Pick<SavedView, 'name' | 'query'>,
): Promise<SavedView> {
  const row = await db
    .updateTable('savedViews')
    .set({ name, query: JSON.stringify(query) })
    .where('id', '=', id)
    .returning(shown)
    .executeTakeFirstOrThrow()
  return asView(row)
}

export async function removeView(db: Db, id: string): Promise<void> {
  await db.deleteFrom('savedViews').where('id', '=', id).execute()
}
