/** What the sequencer asks and writes, as mgp_sequencer. Plain SQL over its one line: it starts within a moment. */
import type { Line } from './line.ts'

/** What a look saw: transactions that had ended then are never asked about again. */
export type Seen = { xmax: bigint; running: bigint[] }

export type Unnumbered = { id: string; leaf: string }

/**
 * Looks for entries without a number, in the order of the database's clock: at first at all of them, later at those of
 * transactions that the look before could not see: they were running then, or had not begun. Rows come by
 * `nextUnnumbered`, from one moment of the database, however long their numbering takes.
 */
export async function look(line: Line, before: Seen | undefined): Promise<Seen> {
  // Without an end, rows of a restored dump, whose transactions bear numbers still to come, would be met at each look.
  const begunSince = (xmax: bigint) =>
    `entry.xid >= '${xmax}'::xid8 AND entry.xid < pg_snapshot_xmax(pg_current_snapshot())`
  const since = before
    ? `(${begunSince(before.xmax)} OR entry.xid = ANY ('{${before.running.join(',')}}'::xid8[])) AND`
    : ''
  // A few hundred rows by their index, however many millions the planner expects of a range it has no statistics for.
  const byIndex = before
    ? 'SET LOCAL enable_seqscan = off; SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off;'
    : ''
  // Several statements go in one message; the numbers are ours.
  const results: unknown = await line.query(`
    BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;
    ${byIndex}
    SELECT pg_snapshot_xmax(now.snapshot)::text AS xmax,
      ARRAY(SELECT xip::text FROM pg_snapshot_xip(now.snapshot) AS xip) AS running
      FROM (SELECT pg_current_snapshot() AS snapshot) AS now;
    DECLARE unnumbered NO SCROLL CURSOR WITH HOLD FOR
      SELECT entry.id, entry.leaf FROM audit_entries entry
      WHERE ${since} NOT EXISTS (SELECT FROM audit_leaves leaf WHERE leaf.entry_id = entry.id)
      ORDER BY entry.written_at, entry.id;
    COMMIT`)
  // One result for each statement, which the driver's types do not know; one of them has rows.
  const [row] = (results as { rows: { xmax: string; running: string[] }[] }[]).flatMap(({ rows }) => rows)
  if (!row) throw new Error('the database did not tell its snapshot')
  return { xmax: BigInt(row.xmax), running: row.running.map(BigInt) }
}

export async function nextUnnumbered(line: Line, count: number): Promise<Unnumbered[]> {
  return (await line.query<Unnumbered>(`FETCH ${count} FROM unnumbered`)).rows
}

export async function endLook(line: Line): Promise<void> {
  await line.query('CLOSE unnumbered')
}

/** All of them or none: one statement is one transaction. */
export async function insertLeaves(line: Line, from: number, ids: string[], hashes: Buffer[]): Promise<void> {
  await line.query(
    `INSERT INTO audit_leaves (index, entry_id, hash)
     SELECT $1::bigint + place - 1, id, hash
     FROM unnest($2::uuid[], $3::bytea[]) WITH ORDINALITY AS batch (id, hash, place)`,
    [from, ids, hashes],
  )
}

/** How many entries have a number. */
export async function numbered(line: Line): Promise<number> {
  const { rows } = await line.query<{ size: string }>(
    'SELECT coalesce(max(index) + 1, 0) AS size FROM audit_leaves',
  )
  return Number(rows[0]?.size)
}

export type NumberedEntry = { index: number; entryId: string; hash: Buffer; leaf: string }

export async function numberedBetween(line: Line, from: number, to: number): Promise<NumberedEntry[]> {
  const { rows } = await line.query<Omit<NumberedEntry, 'index'> & { index: string }>(
    `SELECT leaf.index, leaf.entry_id AS "entryId", leaf.hash, entry.leaf
     FROM audit_leaves leaf JOIN audit_entries entry ON entry.id = leaf.entry_id
     WHERE leaf.index >= $1 AND leaf.index < $2 ORDER BY leaf.index`,
    [from, to],
  )
  return rows.map((row) => ({ ...row, index: Number(row.index) }))
}

export type Signed = { size: number; root: Buffer; note: string }

export async function newestCheckpoint(line: Line): Promise<Signed | undefined> {
  return checkpointWhere(line, 'true')
}

export async function checkpointOf(line: Line, size: number): Promise<Signed | undefined> {
  return checkpointWhere(line, 'size = $1', [size])
}

async function checkpointWhere(
  line: Line,
  where: string,
  values: unknown[] = [],
): Promise<Signed | undefined> {
  const { rows } = await line.query<Omit<Signed, 'size'> & { size: string }>(
    `SELECT size, root, note FROM audit_checkpoints WHERE ${where} ORDER BY size DESC LIMIT 1`,
    values,
  )
  const [row] = rows
  return row && { ...row, size: Number(row.size) }
}

export async function insertCheckpoint(line: Line, { size, root, note }: Signed): Promise<void> {
  await line.query(
    'INSERT INTO audit_checkpoints (size, root, note, signed_at) VALUES ($1, $2, $3, clock_timestamp())',
    [size, root, note],
  )
}

export async function knownKeys(line: Line): Promise<string[]> {
  const { rows } = await line.query<{ vkey: string }>('SELECT vkey FROM audit_keys ORDER BY created_at')
  return rows.map(({ vkey }) => vkey)
}

export async function insertKey(
  line: Line,
  { vkey, origin }: { vkey: string; origin: string },
): Promise<void> {
  await line.query('INSERT INTO audit_keys (vkey, origin) VALUES ($1, $2)', [vkey, origin])
}

/** Those who look at the log learn of it, if they may read it. */
export async function tellOfIt(line: Line): Promise<void> {
  await line.query(`SELECT pg_notify('news', '{"topic":"audit","needs":"audit.read"}')`)
}

/** Erasures that wait and whose entry stands in the tree of this size, with its place in it. */
export async function openErasures(line: Line, size: number): Promise<{ id: string; index: number }[]> {
  const { rows } = await line.query<{ id: string; index: string }>(
    `SELECT erasure.id, leaf.index FROM audit_erasures erasure
     JOIN audit_leaves leaf ON leaf.entry_id = erasure.entry_id
     WHERE erasure.done_at IS NULL AND leaf.index < $1 ORDER BY erasure.requested_at, erasure.id`,
    [size],
  )
  return rows.map(({ id, index }) => ({ id, index: Number(index) }))
}
