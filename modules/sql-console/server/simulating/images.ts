/**
 * Which rows a transaction has changed, from what PostgreSQL keeps of each. A row it made bears its number in xmin and is seen by
 * it alone; one it deleted or replaced bears it in xmax and is seen by everybody else. PostgreSQL's own counts
 * (`pg_stat_xact_user_tables`) are no such thing: they hold what a savepoint undid. They say where to look.
 */
import pg, { type ClientBase } from 'pg'
import type { Row } from './simulation.ts'

/** A table that may have changed, and what one may read of it. */
export type Touched = {
  oid: string
  name: string
  /** As it stands in a statement. */
  sql: string
  columns: string[]
  key: string[]
  counted: { inserted: number; updated: number; deleted: number }
}

/** ctid → key, or the ctid itself where there is none. */
export type Rows = Map<string, string>

export async function touched(inside: ClientBase): Promise<Touched[]> {
  const { rows } = await inside.query<Touched>(
    `SELECT s.relid::text AS oid, s.relname AS name, format('%I.%I', s.schemaname, s.relname) AS sql,
       ARRAY(SELECT a.attname::text FROM pg_attribute a
         WHERE a.attrelid = s.relid AND a.attnum > 0 AND NOT a.attisdropped
           AND has_column_privilege(s.relid, a.attnum, 'SELECT') ORDER BY a.attnum) AS columns,
       ARRAY(SELECT a.attname::text FROM pg_index i, pg_attribute a
         WHERE i.indrelid = s.relid AND i.indisprimary AND a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
           AND has_column_privilege(s.relid, a.attnum, 'SELECT') ORDER BY a.attnum) AS key,
       json_build_object('inserted', n_tup_ins, 'updated', n_tup_upd, 'deleted', n_tup_del) AS counted
     FROM pg_stat_xact_user_tables s
     WHERE n_tup_ins + n_tup_upd + n_tup_del > 0 AND s.relname <> 'console_pill'
       AND has_any_column_privilege(s.relid, 'SELECT') ORDER BY s.relname`,
  )
  return rows
}

/** A transaction whose parts were undone or ended one by one (an EXCEPTION block) has more numbers than its own. */
export type Numbers = {
  xid: string
  /** Of its parts, all are below; null: it has none. */ below: string | null
}

export async function numbersOf(beside: ClientBase, xid: string, pid: number): Promise<Numbers> {
  const { rows } = await beside.query<{ below: string | null }>(
    `SELECT CASE WHEN bool_or(s.subxact_count > 0 OR s.subxact_overflowed) THEN pg_current_xact_id()::text END AS below
     FROM pg_stat_get_backend_idset() AS id, pg_stat_get_backend_subxact(id) AS s
     WHERE pg_stat_get_backend_pid(id) = $1`,
    [pid],
  )
  return { xid, below: rows[0]?.below ?? null }
}

/**
 * Whether a number on a row is ours. One that is still at work while its row is seen by us can be nobody else's; numbers of
 * parts come after the whole's.
 */
const isOurs = (column: 'xmin' | 'xmax', { xid, below }: Numbers): string => {
  const own = BigInt(xid)
  const number = (own % epoch).toString()
  if (below === null) return `${column} = '${number}'::xid`
  const bare = `${column}::text::bigint`
  const full = `(${own - (own % epoch)}::bigint + ${bare})`
  return (
    `(${column} = '${number}'::xid OR CASE WHEN ${full} > ${own} AND ${full} < ${below} ` +
    `THEN pg_xact_status(${full}::text::xid8) = 'in progress' ELSE false END)`
  )
}
/** A row keeps the lower half of a number. One that turns over within a simulation is not thought of. */
const epoch = 2n ** 32n

const keyOf = ({ key }: Touched) =>
  key.length ? `ROW(${key.map((name) => pg.escapeIdentifier(name)).join(', ')})::text` : 'ctid::text'

async function ask(client: ClientBase, table: Touched, where: string, most: number): Promise<Rows> {
  const { rows } = await client.query<[string, string]>({
    text: `SELECT ctid::text, ${keyOf(table)} FROM ONLY ${table.sql} WHERE ${where} LIMIT ${most + 1}`,
    rowMode: 'array',
  })
  return new Map(rows)
}

/** What is there now and was made by us. */
export const made = (inside: ClientBase, table: Touched, numbers: Numbers, most: number): Promise<Rows> =>
  ask(inside, table, isOurs('xmin', numbers), most)

/** What others still see and we have deleted or replaced. What we only locked, we see too. */
export async function gone(
  inside: ClientBase,
  beside: ClientBase,
  table: Touched,
  numbers: Numbers,
  most: number,
): Promise<Rows> {
  const [marked, locked] = await Promise.all([
    ask(beside, table, isOurs('xmax', numbers), most),
    ask(inside, table, `${isOurs('xmax', numbers)} AND NOT ${isOurs('xmin', numbers)}`, most),
  ])
  for (const ctid of locked.keys()) marked.delete(ctid)
  return marked
}

/** Of some rows, all that may be read. */
export async function read(client: ClientBase, table: Touched, ctids: string[]): Promise<Map<string, Row>> {
  if (ctids.length === 0) return new Map()
  const columns = table.columns.map((name) => `t.${pg.escapeIdentifier(name)}`).join(', ')
  const { rows } = await client.query<{ at: string; row: Row }>(
    `SELECT t.ctid::text AS at, (SELECT to_jsonb(r) FROM (SELECT ${columns}) AS r) AS row
     FROM ONLY ${table.sql} AS t WHERE t.ctid = ANY ($1::tid[])`,
    [ctids],
  )
  return new Map(rows.map(({ at, row }) => [at, row]))
}
