/**
 * Holds a log against itself, all of it: what was committed, what was numbered, what was signed and every file that was
 * published. It knows nothing of how the sequencer works, and fails by `expect`.
 */
import fs from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { expect } from 'vitest'
import { openCheckpoint, readCheckpoint } from '../../modules/audit/server/tree/checkpoints.ts'
import { openEdge } from '../../modules/audit/server/tree/edge.ts'
import { leafHash, rootOf } from '../../modules/audit/server/tree/hashes.ts'
import { parseVkey } from '../../modules/audit/server/tree/keys.ts'
import { entryAt, partialsOf } from '../../modules/audit/server/tree/reading.ts'
import {
  encodeBundle,
  fullTilesAt,
  parseTilePath,
  TILE,
  tilePath,
  entriesPath,
  widthAt,
} from '../../modules/audit/server/tree/tiles.ts'

type Log = { database: { adminUrl: string }; dataDir: string }

/**
 * @param published notes that somebody read from the file at any time
 * @returns how many entries the log has
 */
export async function expectWholeLog({ database, dataDir }: Log, published: string[] = []): Promise<number> {
  const folder = path.join(dataDir, 'audit-log')
  const { entries, leaves, checkpoints, keys } = await asking(database.adminUrl, readDatabase)

  // Without a gap or a repeated number, and none forgotten.
  expect(leaves.map(({ index }) => index)).toEqual(leaves.map((_, at) => at))
  expect(new Set(leaves.map(({ id }) => id)).size).toBe(leaves.length)
  expect(entries).toBe(leaves.length)

  const bytes = leaves.map(({ leaf }) => Buffer.from(leaf))
  const hashes = bytes.map(leafHash)
  leaves.forEach(({ hash, index }, at) => expect(hash.equals(hashes[at]!), `hash of ${index}`).toBe(true))

  // Whatever was signed at any time is a head of this one tree.
  const rootAt = rootsOf(hashes)
  const vkeys = keys.map(parseVkey)
  const notes = new Set([...checkpoints, ...published])
  for (const note of notes) {
    const { size, root } = openCheckpoint(note, vkeys)
    expect(root.toString('base64'), `the head of ${size}`).toBe(rootAt(size)?.toString('base64'))
  }
  for (const note of published) expect(checkpoints).toContain(note)
  const newest = fs.readFileSync(path.join(folder, 'checkpoint'), 'utf8')
  expect(newest).toBe(checkpoints.at(-1))
  expect(openCheckpoint(newest, vkeys).size).toBe(leaves.length)
  expect(keys).toContain(fs.readFileSync(path.join(folder, 'vkey'), 'utf8').trim())

  expectFiles(folder, bytes, hashes)
  return leaves.length
}

/**
 * At any instant, whatever was under way: what the file shows was written down before, and of the newest signed tree
 * every entry and the way to its root are on disk.
 */
export async function expectSignedIsPublished({ database, dataDir }: Log): Promise<void> {
  const file = (name: string) => path.join(dataDir, 'audit-log', name)
  const bytesOf = (name: string) => (fs.existsSync(file(name)) ? fs.readFileSync(file(name)) : undefined)
  const shown = bytesOf('checkpoint')?.toString()
  const checkpoints = await asking(database.adminUrl, readCheckpoints)
  if (shown !== undefined) expect(checkpoints).toContain(shown)
  const newest = checkpoints.at(-1)
  if (newest === undefined) return
  const { size, root } = readCheckpoint(newest)
  const read = async (name: string) => bytesOf(name)
  expect(openEdge(size, await partialsOf(size, read)).root()).toEqual(root)
  for (let index = 0; index < size; index += TILE) await entryAt(index, size, read)
}

/** Every file has the bytes it must have, and every file that must be there is. */
function expectFiles(folder: string, bytes: Buffer[], hashes: Buffer[]): void {
  const size = hashes.length
  const levels = [hashes]
  for (let row = hashes; row.length >= TILE; levels.push(row))
    row = Array.from({ length: Math.floor(row.length / TILE) }, (_, n) =>
      rootOf(row.slice(n * TILE, (n + 1) * TILE)),
    )
  const needed = new Set<string>()
  for (const level of levels.keys()) {
    for (let n = 0; n < fullTilesAt(level, size); n++) needed.add(tilePath(level, n))
    if (widthAt(level, size) > 0) needed.add(tilePath(level, fullTilesAt(level, size), widthAt(level, size)))
  }
  for (let n = 0; n < fullTilesAt(0, size); n++) needed.add(entriesPath(n))
  if (widthAt(0, size) > 0) needed.add(entriesPath(fullTilesAt(0, size), widthAt(0, size)))

  for (const name of filesBelow(folder, 'tile')) {
    const tile = parseTilePath(name)
    expect(tile, `${name} is a name of C2SP`).toBeDefined()
    const { entries, level, n, width } = tile!
    const row = entries ? bytes : (levels[level] ?? [])
    const wanted = row.slice(n * TILE, n * TILE + width)
    // A partial one of a size that was written and never signed may hold what got no number after all: nobody is told
    // of it. It may not be longer than the tree.
    expect(wanted.length, name).toBe(width)
    const whole = entries ? encodeBundle(wanted) : Buffer.concat(wanted)
    expect(fs.readFileSync(path.join(folder, name)).equals(whole), `the bytes of ${name}`).toBe(true)
    needed.delete(name)
  }
  expect([...needed]).toEqual([])
}

function filesBelow(folder: string, name: string): string[] {
  if (!fs.existsSync(path.join(folder, name))) return []
  return fs
    .readdirSync(path.join(folder, name), { withFileTypes: true })
    .flatMap((entry) =>
      entry.isDirectory() ? filesBelow(folder, `${name}/${entry.name}`) : [`${name}/${entry.name}`],
    )
}

/** Roots of all the sizes there ever were, each computed once. */
function rootsOf(hashes: Buffer[]): (size: number) => Buffer | undefined {
  const edge = openEdge()
  const roots = [edge.root()]
  for (const hash of hashes) {
    edge.append(hash)
    roots.push(edge.root())
  }
  expect(roots.at(-1)).toEqual(rootOf(hashes))
  return (size) => roots[size]
}

async function readDatabase(client: pg.Client) {
  const leaves = await client.query<{ index: string; id: string; hash: Buffer; leaf: string }>(
    `SELECT leaf.index, leaf.entry_id AS id, leaf.hash, entry.leaf
     FROM audit_leaves leaf JOIN audit_entries entry ON entry.id = leaf.entry_id ORDER BY leaf.index`,
  )
  const count = await client.query<{ count: string }>('SELECT count(*) FROM audit_entries')
  const keys = await client.query<{ vkey: string }>('SELECT vkey FROM audit_keys')
  return {
    entries: Number(count.rows[0]?.count),
    leaves: leaves.rows.map((row) => ({ ...row, index: Number(row.index) })),
    checkpoints: await readCheckpoints(client),
    keys: keys.rows.map(({ vkey }) => vkey),
  }
}

async function readCheckpoints(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ note: string }>('SELECT note FROM audit_checkpoints ORDER BY size')
  return rows.map(({ note }) => note)
}

async function asking<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
