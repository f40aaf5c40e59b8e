/**
 * The whole log, believed in nothing: every entry from the first, the tree it makes, every published file of it, every
 * signed head, every payload. In one pass and in memory that does not grow with the log.
 */
import type pg from 'pg'
import type { Vault } from '#platform/server/vault.ts'
import { emptyRoot } from '../tree/hashes.ts'
import { openEdge } from '../tree/edge.ts'
import type { Vkey } from '../tree/keys.ts'
import { TILE } from '../tree/tiles.ts'
import { openEntryChecks } from './checking-entries.ts'
import { openErasures } from './erasures.ts'
import { openFindings, type Finding, type Findings } from './findings.ts'
import { openFolder, type Folder } from './folder.ts'
import { checkBeyond } from './beyond-the-head.ts'
import { checkTail } from './checking-tail.ts'
import { openGroupComparing } from './comparing-groups.ts'
import { openHeadComparing } from './comparing-heads.ts'
import { checkCosignature, publishedPlace, readHeads, type Heads } from './heads.ts'
import {
  allErasures,
  checkpoints,
  cosignatures,
  countOfLeaves,
  keys as keysOf,
  leaves,
  openSnapshot,
  unnumbered,
} from './queries.ts'
import { checkPublished, readPublished, type Published } from './published-head.ts'
import { openRowQueue, type RowQueue } from './row-queue.ts'
import { openJury } from './settling.ts'
import { trustedKeys } from './trusted-keys.ts'
import { openUpperTiles } from './upper-tiles.ts'

export type VerificationOrder = {
  /** Where the log is published. */
  folder: string
  vault: Vault
  /** Keys known from outside. Without any those the log names are taken, which proves less. */
  keys?: readonly Vkey[]
  /** Keys of witnesses: cosignatures of others are counted and not verified. */
  witnesses?: readonly Vkey[]
  /** Checkpoints that somebody kept: the log must have grown out of each. */
  checkpoints?: readonly { place: string; note: string }[]
  /** How long an entry may wait for its number and signature. */
  lagMs?: number
  progress?: (done: number, total: number) => void
}

export type Verification = {
  sound: boolean
  /** The checkpoint it went up to. */
  size: number
  root: string
  /** Numbered entries in the database. */
  entries: number
  payloadsOpened: number
  payloadsErased: number
  checkpoints: number
  cosignatures: { verified: number; unknown: number }
  /** Whose signature counted; `pinned`: given from outside. */
  keys: string[]
  pinned: boolean
  /** First things first: the first entry that is wrong, and what is wrong with it. */
  findings: Finding[]
  counts: ReturnType<Findings['counts']>
}

/** @param pool of the server's role; one of its connections is held until the end, with one picture of the database */
export async function verifyLog(pool: pg.Pool, order: VerificationOrder): Promise<Verification> {
  const folder = openFolder(order.folder)
  // Before the picture is taken: what is published now must be in it.
  const published = await readPublished(folder)
  const client = await pool.connect()
  let broken = true
  try {
    const takenAt = await openSnapshot(client)
    const found = openFindings()
    const verification = await verifyPicture({ client, takenAt, folder, published, found }, order)
    await client.query('COMMIT')
    await checkBeyond(folder, verification.size, () => countOfLeaves(client), found)
    broken = false
    const findings = found.list()
    return { ...verification, sound: findings.length === 0, findings, counts: found.counts() }
  } finally {
    // Rows that were not read to their end may still be under way.
    client.release(broken)
  }
}

async function verifyPicture(
  {
    client,
    takenAt,
    folder,
    published,
    found,
  }: { client: pg.PoolClient; takenAt: Date; folder: Folder; published: Published; found: Findings },
  {
    vault,
    keys: given = [],
    witnesses = [],
    checkpoints: kept = [],
    lagMs = 2_000,
    progress,
  }: VerificationOrder,
): Promise<Omit<Verification, 'sound' | 'findings' | 'counts'>> {
  const named = { database: await keysOf(client), folder: published.vkey ?? null }
  const keys = trustedKeys(given, named, found)
  const reading = readHeads(keys, witnesses, found)
  for await (const rows of checkpoints(client)) rows.forEach(reading.addRow)
  if (published.checkpoint !== undefined) reading.addKept(publishedPlace, published.checkpoint)
  for (const { place, note } of kept) reading.addKept(place, note)
  const heads = reading.heads()
  if (published.checkpoint === undefined && heads.count > 0) found.add('checkpoint_file_missing')

  const total = await countOfLeaves(client)
  const erasures = openErasures(await allErasures(client), keys, found)
  const checks = openEntryChecks({ vault, erasures, found, takenAt })
  let entries = 0
  const rows = openRowQueue(leaves(client), (row) => {
    entries++
    checks.check(row)
    if (entries % 1_000 === 0) progress?.(entries, total)
  })
  const size = sizeToVerify(heads, total)
  const { root, next } = await rebuild({ rows, folder, heads, size, found })
  await checkTail(rows, { next, signed: size, since: takenAt.getTime() - lagMs }, found)
  progress?.(entries, total)

  erasures.end()
  await checkPublished(folder, heads, lagMs, found)
  const counted = { verified: 0, unknown: 0 }
  for await (const lines of cosignatures(client))
    for (const line of lines) counted[checkCosignature(line, witnesses, found) ? 'verified' : 'unknown']++
  const waiting = await unnumbered(client, lagMs)
  if (waiting)
    found.add('unnumbered', {
      entryId: waiting.entryId,
      values: { count: waiting.count, since: waiting.since.toISOString() },
    })

  return {
    size,
    root: root.toString('base64'),
    entries,
    payloadsOpened: checks.payloadsOpened,
    payloadsErased: checks.payloadsErased,
    checkpoints: heads.count,
    cosignatures: counted,
    keys: keys.map(({ text }) => text),
    pinned: given.length > 0,
  }
}

/** Up to the largest head there is something to hold against: signed by the database, published, or kept and reached. */
function sizeToVerify(heads: Heads, entries: number): number {
  const signed = heads.count > 0 ? heads.at(heads.count - 1).size : 0
  const others = heads.kept.filter(({ place, size }) => size <= entries || place === publishedPlace)
  // Also where a signature is false: what is there is compared, with one witness less.
  const claimed = Math.min(heads.unbelieved, entries)
  return Math.max(signed, claimed, ...others.map(({ size }) => size))
}

/** The tree of this size, level by level. @returns its root, and the number of the row that comes next */
async function rebuild(on: {
  rows: RowQueue
  folder: Folder
  heads: Heads
  size: number
  found: Findings
}): Promise<{ root: Buffer; next: number }> {
  const { folder, heads, size, found } = on
  const jury = openJury(folder, heads.authorities())
  const groups = openGroupComparing({ ...on, jury })
  const upper = openUpperTiles(folder, jury, found)
  const comparing = openHeadComparing(heads, found)
  const edge = openEdge()
  comparing.at(0, () => emptyRoot)
  for (let n = 0; n * TILE < size; n++) {
    const width = Math.min(TILE, size - n * TILE)
    const hashes = await groups.compare(n, width)
    for (const hash of hashes) {
      const filled = edge.append(hash)
      if (filled.length > 1) await upper.compare(filled)
      comparing.at(edge.size, edge.root)
    }
    if (hashes.length < width) break
  }
  groups.end()
  if (edge.size === size) await upper.compare(edge.partials())
  comparing.end(edge.size)
  const { wrong } = comparing
  const isLocated = await upper.end(wrong)
  if (wrong && !isLocated) found.add('root_differs', { index: wrong.sure, values: { size: wrong.size } })
  return { root: edge.root(), next: edge.size + groups.shift }
}
