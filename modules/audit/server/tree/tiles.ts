/** The tree in files: paths, widths and coding of C2SP tlog-tiles. */
import { hashBytes } from './hashes.ts'

/** A tile is 256 hashes wide, a bundle 256 entries; 8 levels of the tree high. */
export const TILE = 256
export const tileHeight = 8

/** Level 0 holds hashes of leaves; each hash above is the root of a full tile below. */
export type Tile = { level: number; n: number; width: number }

/** `tile/<L>/<N>[.p/<W>]` */
export const tilePath = (level: number, n: number, width = TILE): string => `tile/${level}/${nPath(n, width)}`

/** `tile/entries/<N>[.p/<W>]` */
export const entriesPath = (n: number, width = TILE): string => `tile/entries/${nPath(n, width)}`

/** 1234067 → `x001/x234/067`: no folder holds more than a thousand names. */
function nPath(n: number, width: number): string {
  const digits = String(n)
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/\d{3}/g)!
  const path = groups.map((group, at) => (at < groups.length - 1 ? `x${group}` : group)).join('/')
  return width === TILE ? path : `${path}.p/${width}`
}

/** What a path below the log's prefix names: a tile, or a bundle of entries; undefined: neither. */
export function parseTilePath(path: string): (Tile & { entries: boolean }) | undefined {
  const [, kind, index, partial] =
    /^tile\/(0|[1-9]\d?|entries)\/((?:x\d{3}\/)*\d{3})(?:\.p\/([1-9]\d{0,2}))?$/.exec(path) ?? []
  if (kind === undefined || index === undefined) return undefined
  const entries = kind === 'entries'
  const level = entries ? 0 : Number(kind)
  const n = Number(index.replaceAll(/[x/]/g, ''))
  if (!Number.isSafeInteger(n)) return undefined
  const width = partial === undefined ? TILE : Number(partial)
  // Written another way it is not that path: leading zeros, a "partial" tile of 256, a number beyond all trees.
  const again = entries ? entriesPath(n, width) : tilePath(level, n, width)
  return again === path && level < 64 && width <= TILE ? { entries, level, n, width } : undefined
}

/** How many hashes the last, partial tile of a level holds; 0: there is none. */
export const widthAt = (level: number, size: number): number => Math.floor(size / TILE ** level) % TILE

/** How many full tiles (or bundles, at level 0) a tree has at a level. */
export const fullTilesAt = (level: number, size: number): number => Math.floor(size / TILE ** (level + 1))

/** How many levels of tiles a tree has. */
export function levelsOf(size: number): number {
  let levels = 0
  while (size >= TILE ** levels) levels++
  return levels
}

/** The tile of a level that holds the hash at this place of it, as wide as a tree of this size makes it. */
export function tileAt(level: number, place: number, size: number): Tile {
  const n = Math.floor(place / TILE)
  return { level, n, width: n < fullTilesAt(level, size) ? TILE : widthAt(level, size) }
}

/** Partial tiles a tree of this size ends with, from the leaves up. */
export function partialTilesOf(size: number): Tile[] {
  return Array.from({ length: levelsOf(size) }, (_, level) => ({
    level,
    n: fullTilesAt(level, size),
    width: widthAt(level, size),
  })).filter(({ width }) => width > 0)
}

/** The hashes of a tile, views on its bytes. */
export function hashesOf(tile: Buffer): Buffer[] {
  if (tile.length % hashBytes !== 0) throw new RangeError(`${tile.length} bytes are no whole hashes`)
  return Array.from({ length: tile.length / hashBytes }, (_, at) =>
    tile.subarray(at * hashBytes, (at + 1) * hashBytes),
  )
}

/** Entry bundle: for each entry its length in two bytes, big endian, and its bytes. */
export function encodeBundle(entries: readonly Uint8Array[]): Buffer {
  const bundle = Buffer.allocUnsafe(entries.reduce((bytes, entry) => bytes + 2 + entry.length, 0))
  let at = 0
  for (const entry of entries) {
    at = bundle.writeUInt16BE(entry.length, at)
    bundle.set(entry, at)
    at += entry.length
  }
  return bundle
}

/**
 * The entries of a bundle, views on its bytes.
 * @throws {RangeError} it ends within an entry
 */
export function decodeBundle(bundle: Buffer): Buffer[] {
  const entries: Buffer[] = []
  for (let at = 0; at < bundle.length;) {
    const from = at + 2
    const end = from <= bundle.length ? from + bundle.readUInt16BE(at) : Infinity
    if (end > bundle.length) throw new RangeError(`it ends within entry ${entries.length}`)
    entries.push(bundle.subarray(from, end))
    at = end
  }
  return entries
}
