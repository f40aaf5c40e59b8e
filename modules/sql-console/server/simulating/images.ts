/**
 * Which rows a transaction has changed, from what PostgreSQL keeps of each. A row it made bears its number in xmin and is seen by
 * it alone; one it deleted or replaced is still seen by everybody else, and by it no more. What xmax holds only says where to
 * look: it may be the number of a lock that several share, in which ours cannot be read.
 */
import pg, { type ClientBase } from 'pg'
import type { Change, Row } from './simulation.ts'
import type { Table } from './touched.ts'

/** ctid → key, or the ctid itself where there is none. */
export type Rows = Map<string, string>

/** Ours, and the next of locks that are shared when we began: whatever is older than both cannot be our doing. */
export type Numbers = { xid: string; nextMulti: string }

const short = (xid: string) => `'${BigInt(xid) % 2n ** 32n}'::xid`

/** May be ours: a number that came with us or after us, or a shared lock that did. */
const isRecent = ({ xid, nextMulti }: Numbers): string =>
  `(xmax <> '0'::xid AND (age(xmax) <= (SELECT age(${short(xid)})) OR mxid_age(xmax) BETWEEN 1 AND (SELECT mxid_age('${nextMulti}'::xid))))`

/**
 * Of a row that we see: parts of a transaction (an EXCEPTION block) have numbers of their own, that come after the whole's. One
 * that is still at work while its row is seen by us can be nobody else's.
 */
const isOurs = ({ xid }: Numbers): string =>
  `CASE WHEN xmin = ${short(xid)} THEN true WHEN age(xmin) < (SELECT age(${short(xid)}))
     THEN pg_xact_status((${xid} - age(xmin)::bigint + (SELECT age(${short(xid)})))::text::xid8) = 'in progress'
     ELSE false END`

export const keyOf = ({ key, longKey }: Pick<Table, 'key' | 'longKey'>): string => {
  if (key.length === 0) return 'ctid::text'
  const columns = key.map((name) => pg.escapeIdentifier(name))
  const text = columns.length === 1 ? `${columns[0]}::text` : `ROW(${columns.join(', ')})::text`
  return longKey
    ? `CASE WHEN length(${text}) < 100 THEN ${text} ELSE left(${text}, 50) || md5(${text}) END`
    : text
}

async function ask<T extends unknown[]>(client: ClientBase, text: string, values?: unknown[]): Promise<T[]> {
  const { rows } = await client.query<T>({ text, rowMode: 'array', ...(values && { values }) })
  return rows
}

export type Seen = { made: Rows; gone: Rows; whole: boolean }

/** What is there now and was made by us, and what others still see and we have deleted or replaced. */
export async function changed(
  inside: ClientBase,
  beside: ClientBase,
  table: Table,
  numbers: Numbers,
  most: number,
): Promise<Seen> {
  const [here, there] = await Promise.all([
    ask<[ctid: string, key: string | null, xmin: string | null]>(
      inside,
      `SELECT ctid::text, CASE WHEN ours THEN key END, CASE WHEN NOT ours THEN xmin::text END
       FROM (SELECT ctid, xmin, ${keyOf(table)} AS key, ${isOurs(numbers)} AS ours, ${isRecent(numbers)} AS recent
         FROM ONLY ${table.sql}) AS t WHERE ours OR recent LIMIT ${most + 1}`,
    ),
    ask<[ctid: string, key: string, xmin: string, sure: boolean]>(
      beside,
      `SELECT ctid::text, ${keyOf(table)}, xmin::text, xmax = ${short(numbers.xid)}
         AND NOT (SELECT mxid_age(${short(numbers.xid)}) BETWEEN 1 AND mxid_age('${numbers.nextMulti}'::xid))
       FROM ONLY ${table.sql} WHERE ${isRecent(numbers)} LIMIT ${most + 1}`,
    ),
  ])
  const made: Rows = new Map()
  const stillSeen = new Map<string, string>()
  for (const [ctid, key, xmin] of here) {
    if (xmin === null) made.set(ctid, key ?? ctid)
    else stillSeen.set(ctid, xmin)
  }
  const gone: Rows = new Map()
  const unsure = new Map<string, { key: string; xmin: string }>()
  for (const [ctid, key, xmin, sure] of there) {
    if (stillSeen.get(ctid) === xmin) continue
    if (sure) gone.set(ctid, key)
    else unsure.set(ctid, { key, xmin })
  }
  for (const [ctid, key] of await ofUs(inside, beside, table, unsure)) gone.set(ctid, key)
  return { made, gone, whole: here.length <= most && there.length <= most }
}

/**
 * Others may have changed rows between the two looks. What we do not see now, and they still see afterwards, went by our doing.
 */
async function ofUs(
  inside: ClientBase,
  beside: ClientBase,
  table: Table,
  unsure: Map<string, { key: string; xmin: string }>,
): Promise<Rows> {
  if (unsure.size === 0) return new Map()
  const versions = (client: ClientBase) =>
    ask<[ctid: string, xmin: string]>(
      client,
      `SELECT ctid::text, xmin::text FROM ONLY ${table.sql} WHERE ctid = ANY ($1::tid[])`,
      [[...unsure.keys()]],
    )
  const here = new Map(await versions(inside))
  const there = new Map(await versions(beside))
  return new Map(
    [...unsure].flatMap(([ctid, { key, xmin }]) =>
      here.get(ctid) !== xmin && there.get(ctid) === xmin ? [[ctid, key]] : [],
    ),
  )
}

/** Of a value, packed as it lies in the table. What is longer is told by its beginning. */
const longest = 2_000
/** Not even unpacked to see its beginning. */
const hopeless = 1_000_000

export type Image = { row: Row; cut?: string[] }

/** Of some rows, all that may be read. */
export async function read(
  client: ClientBase,
  table: Pick<Table, 'columns' | 'sql'>,
  ctids: string[],
): Promise<Map<string, Image>> {
  if (ctids.length === 0) return new Map()
  const names = table.columns.map((name) => ({
    sql: `t.${pg.escapeIdentifier(name)}`,
    as: pg.escapeIdentifier(name),
    literal: pg.escapeLiteral(name),
  }))
  const values = names.map(
    ({ sql, as }) =>
      `CASE WHEN pg_column_size(${sql}) > ${hopeless} THEN to_jsonb('…'::text)
         WHEN pg_column_size(${sql}) > ${longest} THEN to_jsonb(left(${sql}::text, 1000) || '…') ELSE to_jsonb(${sql}) END AS ${as}`,
  )
  const cut = names.map(
    ({ sql, literal }) => `CASE WHEN pg_column_size(${sql}) > ${longest} THEN ${literal} END`,
  )
  const { rows } = await client.query<[string, Row, string[]]>({
    text: `SELECT t.ctid::text, (SELECT to_jsonb(r) FROM (SELECT ${values.join(', ')}) AS r),
        array_to_json(array_remove(ARRAY[${cut.join(', ')}]::text[], NULL))
      FROM ONLY ${table.sql} AS t WHERE t.ctid = ANY ($1::tid[])`,
    values: [ctids],
    rowMode: 'array',
    types: {
      getTypeParser: (oid: number) => (oid === 3802 || oid === 114 ? exactly : (value: string) => value),
    },
  })
  return new Map(rows.map(([ctid, row, names]) => [ctid, { row, ...(names.length && { cut: names }) }]))
}

/** A number that JavaScript would round stays as PostgreSQL writes it. */
const exactly = (json: string): unknown =>
  JSON.parse(json, (_key, value: unknown, { source }: { source?: string } = {}) =>
    typeof value === 'number' && source !== undefined && String(value) !== source ? source : value,
  )

export const changeOf = (table: string, before?: Image, after?: Image): Change => {
  const cut = [...new Set([...(before?.cut ?? []), ...(after?.cut ?? [])])]
  return {
    table,
    before: before?.row ?? null,
    after: after?.row ?? null,
    ...(cut.length && { cut }),
  }
}
