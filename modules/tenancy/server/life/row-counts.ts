import { sql } from '#platform/server/db.ts'
import type { TenantDb } from '#platform/server/tenant-db.ts'

/** How many rows each of a practice's own tables has now, by name. */
export async function rowCounts(db: TenantDb): Promise<Record<string, number>> {
  const { rows: tables } = await sql<{ name: string }>`
    select relname as name from pg_class
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition
      and relname not in ('schema_migrations', 'console_pill')
      and not exists (select from pg_depend where classid = 'pg_class'::regclass and objid = pg_class.oid and deptype = 'e')`.execute(
    db,
  )
  if (tables.length === 0) return {}
  const each = tables.map(
    ({ name }) => sql`select ${sql.lit(name)} as name, count(*)::integer as rows from ${sql.table(name)}`,
  )
  const { rows } = await sql<{ name: string; rows: number }>`${sql.join(each, sql` union all `)}`.execute(db)
  return Object.fromEntries(rows.map((table) => [table.name, table.rows]))
}
