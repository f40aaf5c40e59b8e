import type { ClientBase } from 'pg'
import { catalogueLines } from './catalogue-lines.ts'

/**
 * A database's schema and rights as lines of text: two databases are alike when their lines are. What PostgreSQL and
 * its extensions bring is left out, unless somebody changed who may use it; so is what belongs to the database as a
 * whole and is not cloned with it.
 *
 * @param client a connection of its own, inside a transaction or not; whoever may connect may describe
 * @returns sorted by code unit, whatever the database's collation
 */
export async function describeCatalogue(client: Pick<ClientBase, 'query'>): Promise<string[]> {
  // Names are written with their schema where the search path does not lead to them.
  const { rows: before } = await client.query<{ path: string }>(
    `SELECT current_setting('search_path') AS path, set_config('search_path', 'pg_catalog', false)`,
  )
  const { rows } = await client.query<{ line: string }>(catalogueLines)
  await client.query(`SELECT set_config('search_path', $1, false)`, [before[0]?.path ?? 'public,pg_temp'])
  return rows.map(({ line }) => line).sort()
}
