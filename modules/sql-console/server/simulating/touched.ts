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
  /** Numbers, dates and the like, whose texts hold nothing but digits and marks. */
  plainKey: boolean
  /** By PostgreSQL in this transaction; what a savepoint undid is in it. */
  counted: Counted
  /** By us, to everybody else. */
  closed: boolean
  readable: boolean
  hidden: boolean
}

const notOurs = `n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname !~ '^pg_toast'`

/** What one may know of it, whoever asks as the same login. */
const facts = `
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
  NOT EXISTS (SELECT FROM pg_index i, pg_attribute a WHERE i.indrelid = c.oid AND i.indisprimary
    AND a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
    AND a.atttypid <> ALL ('{int2,int4,int8,uuid,date,timestamptz}'::regtype[])) AS "plainKey",
  has_schema_privilege(n.oid, 'USAGE') AND has_column_privilege(c.oid, 'ctid', 'SELECT')
    AND has_column_privilege(c.oid, 'xmin', 'SELECT') AND has_column_privilege(c.oid, 'xmax', 'SELECT') AS readable,
  row_security_active(c.oid) AS hidden`

const counts = `
  c.oid::text AS oid, c.relfilenode::text AS file,
  json_build_object('inserted', pg_stat_get_xact_tuples_inserted(c.oid), 'updated', pg_stat_get_xact_tuples_updated(c.oid),
    'deleted', pg_stat_get_xact_tuples_deleted(c.oid)) AS counted`

const closedByUs = `EXISTS (SELECT FROM held WHERE held.relation = c.oid)`
const closing = `SELECT relation FROM pg_locks
  WHERE pid = pg_backend_pid() AND locktype = 'relation' AND mode = 'AccessExclusiveLock'`
/** Read once and not for each table. */
const held = `WITH held AS MATERIALIZED (${closing})`

/** What a transaction has looked at and changed so far, as PostgreSQL counts it for who runs it. */
export type Counts = {
  moved: Pick<Table, 'oid' | 'file' | 'counted' | 'closed'>[]
  /** Pages of what is nobody's but ours: of tables, indexes and what is too long for them, each by its number. */
  pages: PagesOf
}

export type Pages = { fetched: number; hit: number }
export type PagesOf = ReadonlyMap<string, Pages>

/**
 * One question for all: what something was counted in, what is closed to others, and what is known already. Large objects lie in
 * a table of PostgreSQL's own. Our own pill is nobody's doing.
 */
export async function countsOf(inside: ClientBase, known: string[]): Promise<Counts> {
  type Found = Counted & Pages & { oid: string; file: string; isTable: boolean; closed: boolean }
  const { rows } = await inside.query<Found>(
    `SELECT c.oid::text AS oid, c.relfilenode::text AS file, c.relkind IN ('r', 'm') AS "isTable",
       pg_stat_get_xact_tuples_inserted(c.oid)::float8 AS inserted, pg_stat_get_xact_tuples_updated(c.oid)::float8 AS updated,
       pg_stat_get_xact_tuples_deleted(c.oid)::float8 AS deleted,
       pg_stat_get_xact_blocks_fetched(c.oid)::float8 AS fetched, pg_stat_get_xact_blocks_hit(c.oid)::float8 AS hit,
       c.oid = ANY (ARRAY(${closing})) AS closed
     FROM pg_class c
     WHERE (c.oid >= 16384 OR c.oid IN (2613, 2995)) AND c.relkind IN ('r', 'm', 'i', 't') AND c.relname <> 'console_pill'
       AND (pg_stat_get_xact_blocks_fetched(c.oid) > 0
         OR c.relkind IN ('r', 'm') AND (pg_stat_get_xact_tuples_inserted(c.oid) > 0 OR pg_stat_get_xact_tuples_updated(c.oid) > 0
           OR pg_stat_get_xact_tuples_deleted(c.oid) > 0 OR c.oid = ANY (ARRAY(${closing})) OR c.oid = ANY ($1::oid[])))`,
    [known],
  )
  const pages = new Map(rows.map(({ oid, fetched, hit }) => [oid, { fetched, hit }]))
  const moved = rows.flatMap(({ oid, file, isTable, closed, inserted, updated, deleted }) =>
    isTable && (closed || known.includes(oid) || inserted + updated + deleted > 0)
      ? [{ oid, file, closed, counted: { inserted, updated, deleted } }]
      : [],
  )
  return { moved, pages }
}

export type Facts = Omit<Table, 'file' | 'counted' | 'closed'>

/** @param client inside, or somebody of the same login who sees the same tables */
export async function factsOf(client: ClientBase, oids: string[]): Promise<Facts[]> {
  if (oids.length === 0) return []
  const { rows } = await client.query<Facts>(
    `SELECT c.oid::text AS oid, ${facts} FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.oid = ANY ($1::oid[]) AND (${notOurs} OR c.oid IN (2613, 2995)) ORDER BY n.nspname, c.relname`,
    [oids],
  )
  return rows
}

/** What a transaction holds, asked of somebody else of the same login, while nothing in it changes a table itself. */
export type Held = {
  facts: (Facts & { kind: string; modes: string[] })[]
  /** Constraints that may wait for the end. */
  waiting: string[]
}

export async function heldBy(beside: ClientBase, pid: number): Promise<Held> {
  const { rows } = await beside.query<Held['facts'][number] & { waiting: string[] }>(
    `WITH held AS MATERIALIZED (SELECT relation, array_agg(mode) AS modes FROM pg_locks
       WHERE pid = $1 AND locktype = 'relation' AND mode <> 'AccessShareLock' GROUP BY relation),
     waits AS MATERIALIZED (
       SELECT k.conrelid, k.confrelid, format('%I.%I', kn.nspname, k.conname) AS name
       FROM pg_constraint k JOIN pg_namespace kn ON kn.oid = k.connamespace
       WHERE k.condeferrable AND kn.nspname NOT IN ('pg_catalog', 'information_schema')
         AND has_schema_privilege(kn.oid, 'USAGE') AND k.conname <> 'console_pill_refuses')
     SELECT c.oid::text AS oid, c.relkind::text AS kind, held.modes, ${facts},
       ARRAY(SELECT w.name FROM waits w WHERE c.oid IN (w.conrelid, w.confrelid)) AS waiting
     FROM held JOIN pg_class c ON c.oid = held.relation JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'p', 'm') AND (${notOurs} OR c.oid IN (2613, 2995)) AND c.relname <> 'console_pill'
     ORDER BY n.nspname, c.relname`,
    [pid],
  )
  return { facts: rows, waiting: [...new Set(rows.flatMap(({ waiting }) => waiting))] }
}

/** @param facts in the order in which they are told */
export function tablesOf({ moved }: Pick<Counts, 'moved'>, facts: readonly Facts[]): Table[] {
  const byOid = new Map(moved.map((one) => [one.oid, one]))
  return facts.flatMap((one) => {
    const counted = byOid.get(one.oid)
    return counted ? [{ ...one, ...counted }] : []
  })
}

export async function touched(inside: ClientBase, known: string[]): Promise<Table[]> {
  const counts = await countsOf(inside, known)
  const oids = counts.moved.map(({ oid }) => oid)
  return tablesOf(counts, await factsOf(inside, oids))
}

/**
 * Of those named, all that a change of them reaches: parts, heirs and, emptied, whoever refers to them. A text names what is in `public`
 * alone (`relations.ts`): what is called the same elsewhere is another.
 */
export async function reached(
  inside: ClientBase,
  names: string[],
  isEmptied: boolean,
  others: readonly string[] = [],
): Promise<Table[]> {
  const { rows } = await inside.query<Table>(
    `WITH RECURSIVE edges AS (
       SELECT inhparent AS above, inhrelid AS below FROM pg_inherits
       UNION ALL SELECT confrelid, conrelid FROM pg_constraint WHERE contype = 'f' AND $2),
     found AS (
       SELECT c.oid FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE c.relname = ANY ($1) AND n.nspname = 'public' OR c.oid = ANY ($3::oid[])
       UNION SELECT e.below FROM edges e JOIN found f ON f.oid = e.above),
     ${held.replace('WITH', '')}
     SELECT ${counts}, ${facts}, ${closedByUs} AS closed
     FROM found f JOIN pg_class c USING (oid) JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind = 'r' AND has_table_privilege(c.oid, 'UPDATE, DELETE, TRUNCATE') ORDER BY n.nspname, c.relname`,
    [names, isEmptied, others],
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
