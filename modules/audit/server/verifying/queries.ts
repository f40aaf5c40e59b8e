/** Every SQL statement of the verifier: as the server's role, which may read the log and change nothing of it. */
import type pg from 'pg'
import { tellingColumns, type Telling } from '../erasing/binding.ts'
import { isOldEnough } from '../erasing/meant.ts'
import type { Erasure } from '../sequencing/certificate.ts'
import { copyRows } from './copy-rows.ts'

/** An entry as the database has it, in the order of the tree. */
export type LeafRow = {
  index: number
  entryId: string
  /** audit_leaves.hash */
  storedHash: Buffer
  /** Absent: the number is there, the entry is not. */
  entry?: EntryRow
}

export type EntryRow = {
  leaf: Buffer
  /** Microseconds since 1970. */
  at: number
  writtenAt: number
  /** The generated columns, as `columnsOf` writes those of a leaf. */
  columns: string
  objectIds: string[] | null
  sealed: Buffer | null
  /** What its payload is filed under; null: there is none. */
  payloadAt: number | null
  ipIndex: Buffer | null
}

/** Columns that PostgreSQL made of the leaf, but for the instants. */
export const generatedColumns = [
  'id',
  'actor_type',
  'actor_id',
  'subject_id',
  'session_id',
  'impersonation_id',
  'tenant_id',
  'operation_id',
  'verb',
  'object_type',
  'object_id',
  'object_count',
  'reason',
  'ticket',
  'result',
  'commitment',
] as const

/** Between two columns, and for one that is null: control characters, which no column holds. */
export const between = '\u001f'
export const nothing = '\u001e'

const columnList = generatedColumns
  .map((column) => (column === 'commitment' ? "encode(entry.commitment, 'hex')" : `entry.${column}::text`))
  .join(', ')

/**
 * One picture of the database for the whole verification, however long it takes.
 * @returns when it was taken, by the database's clock
 */
export async function openSnapshot(client: pg.PoolClient): Promise<Date> {
  await client.query(`
    BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;
    SET LOCAL statement_timeout = 0;
    SET LOCAL idle_in_transaction_session_timeout = 0;
    -- Row by row in the order of the tree, from the first: not a million rows sorted on disk beforehand.
    SET LOCAL enable_hashjoin = off;
    SET LOCAL enable_mergejoin = off;
    SET LOCAL enable_sort = off;
    SET LOCAL max_parallel_workers_per_gather = 0`)
  const { rows } = await client.query<{ now: Date }>('SELECT now() AS now')
  return rows[0]!.now // one row
}

export function leaves(client: pg.PoolClient): AsyncGenerator<LeafRow[]> {
  const query = `
    SELECT leaf.index, leaf.entry_id, leaf.hash, entry.leaf, entry.at, entry.written_at,
      array_to_string(ARRAY[${columnList}], E'\\x1f', E'\\x1e'),
      array_to_json(entry.object_ids)::text, entry.sealed, entry.ip_index, entry.payload_at
    FROM audit_leaves leaf LEFT JOIN audit_log entry ON entry.id = leaf.entry_id
    ORDER BY leaf.index`
  return copyRows(client, query, (row) => {
    const leaf: LeafRow = { index: row.int8(0), entryId: row.uuid(1), storedHash: row.bytes(2) }
    if (!row.isNull(3))
      leaf.entry = {
        leaf: row.bytes(3),
        at: row.instant(4),
        writtenAt: row.instant(5),
        columns: row.text(6),
        // array_to_json of text[].
        objectIds: row.isNull(7) ? null : (JSON.parse(row.text(7)) as string[]),
        sealed: row.isNull(8) ? null : row.bytes(8),
        ipIndex: row.isNull(9) ? null : row.bytes(9),
        payloadAt: row.isNull(10) ? null : row.instant(10),
      }
    return leaf
  })
}

export type CheckpointRow = { size: number; root: Buffer; note: string }

export function checkpoints(client: pg.PoolClient): AsyncGenerator<CheckpointRow[]> {
  const query = 'SELECT size, root, note FROM audit_checkpoints ORDER BY size'
  return copyRows(client, query, (row) => ({ size: row.int8(0), root: row.bytes(1), note: row.text(2) }))
}

export type CosignatureRow = { size: number; witness: string; line: string | null; note: string | null }

export function cosignatures(client: pg.PoolClient): AsyncGenerator<CosignatureRow[]> {
  const query = `
    SELECT given.size, given.witness, given.line, checkpoint.note
    FROM audit_cosignatures given LEFT JOIN audit_checkpoints checkpoint ON checkpoint.size = given.size`
  return copyRows(client, query, (row) => ({
    size: row.int8(0),
    witness: row.text(1),
    line: row.isNull(2) ? null : row.text(2),
    note: row.isNull(3) ? null : row.text(3),
  }))
}

export type KeyRow = { vkey: string; introduction: string | null }

/** The first key first. */
export async function keys(client: pg.PoolClient): Promise<KeyRow[]> {
  const { rows } = await client.query<KeyRow>(
    'SELECT vkey, introduction FROM audit_keys ORDER BY created_at, vkey',
  )
  return rows
}

export async function countOfLeaves(client: pg.PoolClient): Promise<number> {
  const { rows } = await client.query<{ count: string }>(
    'SELECT coalesce(max(index) + 1, 0) AS count FROM audit_leaves',
  )
  return Number(rows[0]?.count ?? 0)
}

/** As the row says it now, with what its entry tells: null where there is none. */
export type ErasureRow = Erasure &
  Telling & {
    isOldEnough: boolean
    doneAt: Date | null
    erased: string | null
    /** Null: it waits. */
    certificate: string | null
  }

export async function allErasures(client: pg.PoolClient): Promise<ErasureRow[]> {
  const { rows } = await client.query<ErasureRow>(
    `SELECT erasure.id, kind, before, erasure.object_type AS "objectType", erasure.object_id AS "objectId",
       erasure.actor_id AS "actorId", erasure.reason, requested_by AS "requestedBy", requested_at AS "requestedAt",
       entry_id AS "entryId", done_at AS "doneAt", erased, certificate, ${isOldEnough} AS "isOldEnough", ${tellingColumns}
     FROM audit_erasures erasure LEFT JOIN audit_log entry ON entry.id = entry_id ORDER BY requested_at`,
  )
  return rows
}

/** Entries without a number that were written longer ago than the sequencer takes, or later than now: how many, and the oldest. */
export async function unnumbered(
  client: pg.PoolClient,
  lagMs: number,
): Promise<{ count: number; entryId: string; since: Date } | undefined> {
  // What is looked for is rare: here a hash is the quicker way.
  await client.query('SET LOCAL enable_hashjoin = on')
  const { rows } = await client.query<{ count: string; id: string | null; since: Date | null }>(
    `SELECT count(*) AS count, (array_agg(entry.id ORDER BY entry.written_at, entry.id))[1] AS id, min(entry.written_at) AS since
     FROM audit_log entry WHERE entry.index IS NULL AND 
       (entry.written_at < now() - $1 * interval '1 millisecond' OR entry.written_at > clock_timestamp())`,
    [lagMs],
  )
  const [row] = rows
  return row?.id && row.since ? { count: Number(row.count), entryId: row.id, since: row.since } : undefined
}
