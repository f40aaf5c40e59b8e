/**
 * Which rows a transaction has changed, from what PostgreSQL keeps of each. A row it made bears its number in xmin and is seen by
 * it alone; one it deleted or replaced is still seen by everybody else, and by it no more. What xmax holds only says where to
 * look: it may be the number of a lock that several share, in which ours cannot be read.
 */
import pg, { type ClientBase } from 'pg'
import { joined, noRows, picked, places, type Rows } from './rows.ts'
import type { Change, Row } from './simulation.ts'
import type { Table } from './touched.ts'

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
  // Most rows are older: they cost one comparison.
  `CASE WHEN age(xmin) > (SELECT age(${short(xid)})) THEN false WHEN xmin = ${short(xid)} THEN true
     ELSE pg_xact_status((${xid} - age(xmin)::bigint + (SELECT age(${short(xid)})))::text::xid8) = 'in progress' END`

export const keyOf = ({ key, longKey }: Pick<Table, 'key' | 'longKey'>): string => {
  if (key.length === 0) return 'ctid::text'
  const columns = key.map((name) => pg.escapeIdentifier(name))
  const text = columns.length === 1 ? `${columns[0]}::text` : `ROW(${columns.join(', ')})::text`
  return longKey
    ? `CASE WHEN length(${text}) < 100 THEN ${text} ELSE left(${text}, 50) || md5(${text}) END`
    : text
}

export type Seen = { made: Rows; gone: Rows; whole: boolean }

/** Of a hundred thousand rows come two texts: they are neither parsed nor kept one by one. */
const packed = ({ key }: Pick<Table, 'key'>, which: string, name: string) =>
  `count(*) FILTER (WHERE ${which})::int AS ${name}, string_agg(ctid::text, ' ') FILTER (WHERE ${which}) AS ${name}_places,
   ${key.length ? `string_agg(key, E'\\x1f') FILTER (WHERE ${which})` : 'NULL'} AS ${name}_keys`

type Packed<Name extends string> = { [count in Name]: number } & {
  [text in `${Name}_places` | `${Name}_keys`]: string | null
}

const unpacked = (
  { key }: Pick<Table, 'key'>,
  count: number,
  placesText: string | null,
  keysText: string | null,
): Rows => ({ count, placesText: placesText ?? '', keysText: key.length ? (keysText ?? '') : undefined })

/** What is there now and was made by us, and what others still see and we have deleted or replaced. */
export async function changed(
  inside: ClientBase,
  beside: ClientBase,
  table: Table,
  numbers: Numbers,
  most: number,
): Promise<Seen> {
  const key = separable(table)
  const [here, there] = await Promise.all([
    inside.query<Packed<'made' | 'kept'>>(
      `SELECT ${packed(table, 'ours', 'made')}, ${packed(noKey, 'NOT ours', 'kept')}
       FROM (SELECT ctid, ${key} AS key, ${isOurs(numbers)} AS ours
         FROM ONLY ${table.sql} WHERE ${isOurs(numbers)} OR ${isRecent(numbers)} LIMIT ${most + 1}) AS t`,
    ),
    beside.query<Packed<'sure' | 'unsure'>>(
      `SELECT ${packed(table, 'sure', 'sure')}, ${packed(table, 'NOT sure', 'unsure')}
       FROM (SELECT ctid, ${key} AS key, xmax = ${short(numbers.xid)}
           AND NOT (SELECT mxid_age(${short(numbers.xid)}) BETWEEN 1 AND mxid_age('${numbers.nextMulti}'::xid)) AS sure
         FROM ONLY ${table.sql} WHERE ${isRecent(numbers)} LIMIT ${most + 1}) AS t`,
    ),
  ])
  const [ours, theirs] = [here.rows[0]!, there.rows[0]!] // what is counted is one row always
  const made = unpacked(table, ours.made, ours.made_places, ours.made_keys)
  const kept = unpacked(noKey, ours.kept, ours.kept_places, null)
  const sure = unpacked(table, theirs.sure, theirs.sure_places, theirs.sure_keys)
  const unsure = unpacked(table, theirs.unsure, theirs.unsure_places, theirs.unsure_keys)
  if (ours.made + ours.kept > most || theirs.sure + theirs.unsure > most)
    return { made, gone: sure, whole: false }
  // What we see too may be one that we only locked.
  const seen = new Set(places(kept))
  const [gone, unclear] =
    seen.size === 0
      ? [sure, unsure]
      : [
          picked(sure, (place) => !seen.has(place)),
          joined(
            picked(sure, (place) => seen.has(place)),
            unsure,
          ),
        ]
  return { made, gone: joined(gone, await ofUs(inside, beside, table, unclear)), whole: true }
}

const noKey = { key: [] }

/** Nothing in it is taken for what stands between keys, and no two are written alike. */
const separable = (table: Table): string =>
  table.plainKey || table.key.length === 0
    ? keyOf(table)
    : `replace(replace(${keyOf(table)}, '~', '~~'), E'\\x1f', '~-')`

/**
 * Others may have changed rows between the two looks. What we do not see now, and they still see afterwards, went by our doing.
 */
async function ofUs(inside: ClientBase, beside: ClientBase, table: Table, unclear: Rows): Promise<Rows> {
  if (unclear.count === 0) return noRows
  const versions = async (client: ClientBase) => {
    const { rows } = await client.query<[place: string, xmin: string]>({
      text: `SELECT ctid::text, xmin::text FROM ONLY ${table.sql} WHERE ctid = ANY ($1::tid[])`,
      values: [places(unclear)],
      rowMode: 'array',
    })
    return new Map(rows)
  }
  const before = await versions(beside)
  const here = await versions(inside)
  const there = await versions(beside)
  return picked(unclear, (place) => {
    const xmin = before.get(place)
    return xmin !== undefined && here.get(place) !== xmin && there.get(place) === xmin
  })
}

/** Of a value, packed as it lies in the table. What is longer is told by its beginning. */
const longest = 2_000
/** Not even unpacked to see its beginning. */
const hopeless = 1_000_000

/** @property sums of what is told by its beginning only, all of it */
export type Image = { row: Row; cut?: string[]; sums?: string }

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
  const sums = names.map(
    ({ sql }) =>
      `CASE WHEN pg_column_size(${sql}) BETWEEN ${longest + 1} AND ${hopeless} THEN md5(${sql}::text) END`,
  )
  const { rows } = await client.query<[string, Row, string[], string]>({
    text: `SELECT t.ctid::text, (SELECT to_jsonb(r) FROM (SELECT ${values.join(', ')}) AS r),
        array_to_json(array_remove(ARRAY[${cut.join(', ')}]::text[], NULL)),
        array_to_string(ARRAY[${sums.join(', ')}]::text[], ' ')
      FROM ONLY ${table.sql} AS t WHERE t.ctid = ANY ($1::tid[])`,
    values: [ctids],
    rowMode: 'array',
    types: {
      getTypeParser: (oid: number) => (oid === 3802 || oid === 114 ? exactly : (value: string) => value),
    },
  })
  return new Map(
    rows.map(([ctid, row, cut, sums]) => [ctid, { row, ...(cut.length && { cut }), ...(sums && { sums }) }]),
  )
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
