/**
 * Erases what people asked to be erased: payloads, never entries, and only once the request itself stands in the signed
 * tree. Each erasure is one transaction with its certificate: done wholly, or not at all and tried again.
 */
import pg from 'pg'
import { asksFor, tellingColumns, type Telling } from '../erasing/binding.ts'
import { isMeant, isOldEnough, mayBeErased, valuesOf } from '../erasing/meant.ts'
import type { Signer } from '../tree/keys.ts'
import { certificateOf, type Erasure } from './certificate.ts'
import type { Line } from './line.ts'
import { openErasures, tellOfIt, type Signed } from './queries.ts'

/** Rows that their entry does not ask for: told of once, and left. */
export type Unfounded = { known: Set<string>; tell(id: string): void }

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
  unfounded: Unfounded,
): Promise<number> {
  const waiting = (await openErasures(line, tree.size)).filter(({ id }) => !unfounded.known.has(id))
  if (waiting.length === 0) return 0
  const client = new pg.Client({
    connectionString: url,
    application_name: 'magestionpsy erasure',
    keepAlive: true,
  })
  client.on('error', () => {})
  let done = 0
  await client.connect()
  try {
    for (const { id, index } of waiting) {
      const outcome = await carryOut(client, { id, index }, signer, tree)
      if (outcome === 'done') done++
      if (outcome === 'unfounded') {
        unfounded.known.add(id)
        unfounded.tell(id)
      }
    }
  } finally {
    await client.end()
  }
  if (done > 0) await tellOfIt(line)
  return done
}

async function carryOut(
  client: pg.Client,
  { id, index }: { id: string; index: number },
  signer: Signer,
  tree: Signed,
): Promise<'done' | 'unfounded' | 'elsewhere'> {
  await client.query('BEGIN')
  try {
    const { rows } = await client.query<Erasure & Telling & { isOldEnough: boolean }>(
      `SELECT erasure.id, kind, before, erasure.object_type AS "objectType", erasure.object_id AS "objectId",
         erasure.actor_id AS "actorId", erasure.reason, requested_by AS "requestedBy", requested_at AS "requestedAt",
         entry_id AS "entryId", ${isOldEnough} AS "isOldEnough", ${tellingColumns}
       FROM audit_erasures erasure JOIN audit_entries entry ON entry.id = erasure.entry_id
       WHERE erasure.id = $1 AND done_at IS NULL FOR UPDATE OF erasure SKIP LOCKED`,
      [id],
    )
    const [erasure] = rows
    const isFounded = erasure !== undefined && erasure.isOldEnough && asksFor(erasure, erasure)
    if (erasure && isFounded) {
      const { rowCount } = await client.query(
        `DELETE FROM audit_payloads payload USING audit_entries entry, audit_leaves leaf
         WHERE entry.id = payload.entry_id AND leaf.entry_id = entry.id AND leaf.index < $6
           AND ${mayBeErased} AND ${isMeant}`,
        [...valuesOf(erasure), tree.size],
      )
      const erased = rowCount ?? 0
      const at = await now(client)
      await client.query(
        'UPDATE audit_erasures SET done_at = $2, erased = $3, certificate = $4 WHERE id = $1',
        [id, at, erased, certificateOf({ erasure, index, erased, at, tree }, signer)],
      )
    }
    await client.query('COMMIT')
    return isFounded ? 'done' : erasure ? 'unfounded' : 'elsewhere'
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
