/** Any hash of a tree of a given size, out of its tiles wherever they lie. */
import { rootOf } from './hashes.ts'
import type { HashAt } from './proofs.ts'
import {
  decodeBundle,
  entriesPath,
  hashesOf,
  partialTilesOf,
  TILE,
  tileAt,
  tileHeight,
  tilePath,
} from './tiles.ts'
import type { FilledTile } from './edge.ts'

/** What lies at a path below the log's prefix; undefined: nothing. */
export type ReadTile = (path: string) => Promise<Buffer | undefined>

export class TileMissing extends Error {
  override name = 'TileMissing'
}

/**
 * The nodes of a tree of this size, for proofs. Each tile is read once.
 * @throws {TileMissing} also when a tile is shorter than the tree
 */
export function nodesOf(size: number, read: ReadTile): HashAt {
  const tiles = new Map<string, Promise<Buffer[]>>()
  return async (level, index) => {
    const tileLevel = Math.floor(level / tileHeight)
    // Leaves of the tile below this node: 1, 2, … 128.
    const below = 2 ** (level % tileHeight)
    const place = index * below
    const { n, width } = tileAt(tileLevel, place, size)
    const path = tilePath(tileLevel, n)
    let hashes = tiles.get(path)
    if (!hashes) tiles.set(path, (hashes = readHashes(tileLevel, n, width, read)))
    return rootOf((await hashes).slice(place % TILE, (place % TILE) + below))
  }
}

/** The partial tiles to open an edge with. @throws {TileMissing} */
export function partialsOf(size: number, read: ReadTile): Promise<FilledTile[]> {
  return Promise.all(
    partialTilesOf(size).map(async ({ level, n, width }) => ({
      level,
      n,
      width,
      hashes: Buffer.concat(await readHashes(level, n, width, read)),
    })),
  )
}

/** The bytes of one entry. @throws {TileMissing} */
export async function entryAt(index: number, size: number, read: ReadTile): Promise<Buffer> {
  const { n, width } = tileAt(0, index, size)
  const bundle = await readWide(width, (wide) => entriesPath(n, wide), read)
  const entry = decodeBundle(bundle)[index % TILE]
  if (!entry) throw new TileMissing(`${entriesPath(n, width)} ends before entry ${index}`)
  return entry
}

async function readHashes(level: number, n: number, width: number, read: ReadTile): Promise<Buffer[]> {
  const hashes = hashesOf(await readWide(width, (wide) => tilePath(level, n, wide), read))
  if (hashes.length < width)
    throw new TileMissing(`${tilePath(level, n, width)} holds ${hashes.length} hashes`)
  return hashes.slice(0, width)
}

/** A partial tile may be gone once the full one is there (C2SP tlog-tiles, "Partial Tiles"). */
async function readWide(width: number, path: (width: number) => string, read: ReadTile): Promise<Buffer> {
  const bytes = (await read(path(width))) ?? (width === TILE ? undefined : await read(path(TILE)))
  if (!bytes) throw new TileMissing(`${path(width)} is not there`)
  return bytes
}
