/** Which tables a statement may have changed, and what one may read of them. */
import type { ClientBase } from 'pg'

export type Counted = { inserted: number; updated: number; deleted: number }

export type Table = {
  oid: string
  /** As it is told: with its schema, but for `public`. */
  name: string
  /** As it stands in a statement. */
  sql: string
  /** Where it lies: another file, and it was emptied or written anew. */
  file: string
  columns: string[]
  /** Of the primary key, where all of it may be read. */
  key: string[]
  /** Whether what is in the key may be long. */
  longKey: boolean
  /** By PostgreSQL in this transaction; what a savepoint undid is in it. */
  counted: Counted
  /** By us, to everybody else. */
  closed: boolean
  readable: boolean
  hidden: boolean
}

const notOurs = `n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname !~ '^pg_toast'`

const facts = `
  c.oid::text AS oid, c.relfilenode::text AS file,
  CASE WHEN n.nspname IN ('public', 'pg_catalog') THEN c.relname ELSE n.nspname || '.' || c.relname END AS name,
  format('%I.%I', n.nspname, c.relname) AS sql,
  ARRAY(SELECT a.attname::text FROM pg_attribute a
    WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
      AND has_column_privilege(c.oid, a.attnum, 'SELECT') ORDER BY a.attnum) AS columns,
  coalesce((SELECT CASE WHEN bool_and(has_column_privilege(c.oid, a.attnum, 'SELECT'))
      THEN array_agg(a.attname::text ORDER BY a.attnum) END
    FROM pg_index i, pg_attribute a
    WHERE i.indrelid = c.oid AND i.indisprimary AND a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)), '{}') AS key,
  EXISTS (SELECT FROM pg_index i, pg_attribute a WHERE i.indrelid = c.oid AND i.indisprimary
    AND a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey) AND a.attlen < 0) AS "longKey",
  json_build_object('inserted', pg_stat_get_xact_tuples_inserted(c.oid), 'updated', pg_stat_get_xact_tuples_updated(c.oid),
    'deleted', pg_stat_get_xact_tuples_deleted(c.oid)) AS counted,
  has_schema_privilege(n.oid, 'USAGE') AND has_column_privilege(c.oid, 'ctid', 'SELECT')
    AND has_column_privilege(c.oid, 'xmin', 'SELECT') AND has_column_privilege(c.oid, 'xmax', 'SELECT') AS readable,
  row_security_active(c.oid) AS hidden`

const closedByUs = `EXISTS (SELECT FROM held WHERE held.relation = c.oid)`
/** Read once and not for each table. */
const held = `
WITH held AS MATERIALIZED (
  SELECT relation FROM pg_locks WHERE pid = pg_backend_pid() AND locktype = 'relation' AND mode = 'AccessExclusiveLock'
)`

/**
 * What PostgreSQL counted something in, what is closed to others, and what is known already. Large objects lie in a table of
 * PostgreSQL's own.
 */
export async function touched(inside: ClientBase, known: string[]): Promise<Table[]> {
  const { rows } = await inside.query<Table>(
    `${held} SELECT ${facts}, ${closedByUs} AS closed
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'm') AND (${notOurs} OR c.oid IN (2613, 2995)) AND c.relname <> 'console_pill'
       AND (pg_stat_get_xact_tuples_inserted(c.oid) + pg_stat_get_xact_tuples_updated(c.oid)
         + pg_stat_get_xact_tuples_deleted(c.oid) > 0 OR ${closedByUs} OR c.oid = ANY ($1::oid[]))
     ORDER BY n.nspname, c.relname`,
    [known],
  )
  return rows
}

/** Of those named, all that a change of them reaches: parts, heirs and, emptied, whoever refers to them. */
export async function reached(inside: ClientBase, names: string[], isEmptied: boolean): Promise<Table[]> {
  const { rows } = await inside.query<Table>(
    `WITH RECURSIVE edges AS (
       SELECT inhparent AS above, inhrelid AS below FROM pg_inherits
       UNION ALL SELECT confrelid, conrelid FROM pg_constraint WHERE contype = 'f' AND $2),
     found AS (
       SELECT c.oid FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE c.relname = ANY ($1) AND ${notOurs}
       UNION SELECT e.below FROM edges e JOIN found f ON f.oid = e.above),
     ${held.replace('WITH', '')}
     SELECT ${facts}, ${closedByUs} AS closed
     FROM found f JOIN pg_class c USING (oid) JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind = 'r' AND has_table_privilege(c.oid, 'UPDATE, DELETE, TRUNCATE') ORDER BY n.nspname, c.relname`,
    [names, isEmptied],
  )
  return rows
}

export type Catalogue = Map<string, { name: string; file: string; kind: string }>

/** All tables there are, by their number. */
export async function catalogue(client: ClientBase): Promise<Catalogue> {
  const { rows } = await client.query<{ oid: string; name: string; file: string; kind: string }>(
    `SELECT c.oid::text, CASE WHEN n.nspname = 'public' THEN c.relname ELSE n.nspname || '.' || c.relname END AS name,
       c.relfilenode::text AS file, c.relkind::text AS kind
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'p', 'm', 'f') AND ${notOurs} AND c.relname <> 'console_pill'`,
  )
  return new Map(rows.map(({ oid, ...table }) => [oid, table]))
}
