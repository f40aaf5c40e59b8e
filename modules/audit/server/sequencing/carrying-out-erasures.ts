/**
 * Erases what people asked to be erased: payloads, never entries, and only once the request itself stands in the signed
 * tree. Each erasure is one transaction with its certificate: done wholly, or not at all and tried again.
 */
import pg from 'pg'
import { isMeant, mayBeErased, valuesOf } from '../erasing/meant.ts'
import type { Signer } from '../tree/keys.ts'
import { certificateOf, type Erasure } from './certificate.ts'
import type { Line } from './line.ts'
import { openErasures, tellOfIt, type Signed } from './queries.ts'

/**
 * On a line of its own: numbering does not wait for a million payloads. Should two sequencers meet here, the row of the
 * request is locked by one of them.
 * @returns how many requests were carried out
 */
export async function carryOutErasures(
  url: string,
  line: Line,
  signer: Signer,
  tree: Signed,
): Promise<number> {
  const waiting = await openErasures(line, tree.size)
  if (waiting.length === 0) return 0
  const client = new pg.Client({
    connectionString: url,
    application_name: 'magestionpsy erasure',
    keepAlive: true,
  })
  client.on('error', () => {})
  await client.connect()
  try {
    for (const { id, index } of waiting) await carryOut(client, { id, index }, signer, tree)
  } finally {
    await client.end()
  }
  await tellOfIt(line)
  return waiting.length
}

async function carryOut(
  client: pg.Client,
  { id, index }: { id: string; index: number },
  signer: Signer,
  tree: Signed,
): Promise<void> {
  await client.query('BEGIN')
  try {
    const { rows } = await client.query<Erasure>(
      `SELECT id, kind, before, object_type AS "objectType", object_id AS "objectId", actor_id AS "actorId", reason,
         requested_by AS "requestedBy", requested_at AS "requestedAt", entry_id AS "entryId"
       FROM audit_erasures WHERE id = $1 AND done_at IS NULL FOR UPDATE SKIP LOCKED`,
      [id],
    )
    const [erasure] = rows
    if (erasure) {
      const { rowCount } = await client.query(
        `DELETE FROM audit_payloads payload USING audit_entries entry
         WHERE entry.id = payload.entry_id AND ${mayBeErased} AND ${isMeant}`,
        valuesOf(erasure),
      )
      const erased = rowCount ?? 0
      const at = await now(client)
      await client.query(
        'UPDATE audit_erasures SET done_at = $2, erased = $3, certificate = $4 WHERE id = $1',
        [id, at, erased, certificateOf({ erasure, index, erased, at, tree }, signer)],
      )
    }
    await client.query('COMMIT')
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {})
    throw error
  }
}

async function now(client: pg.Client): Promise<Date> {
  const { rows } = await client.query<{ now: Date }>('SELECT clock_timestamp() AS now')
  // A SELECT of one value has one row.
  return rows[0]!.now
}
