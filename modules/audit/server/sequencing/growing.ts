/** The tree as it grows: takes leaves, and tells which files are new and which are no longer needed. No I/O. */
import { openEdge, type FilledTile } from '../tree/edge.ts'
import { leafHash } from '../tree/hashes.ts'
import { encodeBundle, entriesPath, TILE, tilePath } from '../tree/tiles.ts'
import type { PublishedFile } from './store.ts'

export type Growing = {
  readonly size: number
  root(): Buffer
  append(leaf: Buffer): void
  /** What was not taken yet: full tiles and bundles, and the partial ones of this size. */
  takeFiles(): PublishedFile[]
  /** The full ones alone, while no checkpoint of this size is to be signed. */
  takeFullFiles(): PublishedFile[]
  /** Folders of partial tiles and bundles whose full ones were taken since the last time. */
  takeSuperseded(): string[]
}

/**
 * @param from the tree there is already: its size, its partial tiles, and the entries of its partial bundle.
 * @throws {RangeError} they do not belong together
 */
export function openGrowing(
  from: { size: number; partials: readonly FilledTile[]; tail: readonly Buffer[] } = {
    size: 0,
    partials: [],
    tail: [],
  },
): Growing {
  if (from.tail.length !== from.size % TILE)
    throw new RangeError(
      `a tree of ${from.size} ends in ${from.size % TILE} loose entries, not ${from.tail.length}`,
    )
  const edge = openEdge(from.size, from.partials)
  let bundle = [...from.tail]
  let files: PublishedFile[] = []
  let superseded: string[] = []
  const written = new Set(from.partials.map(({ level, n, width }) => tilePath(level, n, width)))

  function takeFull(): PublishedFile[] {
    const taken = files
    files = []
    return taken
  }

  return {
    get size() {
      return edge.size
    },
    root: () => edge.root(),

    append(leaf) {
      bundle.push(leaf)
      for (const { level, n, hashes } of edge.append(leafHash(leaf))) {
        files.push({ path: tilePath(level, n), bytes: hashes })
        superseded.push(partialFolder(tilePath(level, n)))
      }
      if (bundle.length < TILE) return
      const n = edge.size / TILE - 1
      files.push({ path: entriesPath(n), bytes: encodeBundle(bundle) })
      superseded.push(partialFolder(entriesPath(n)))
      bundle = []
    },

    takeFullFiles: takeFull,

    takeFiles() {
      const taken = takeFull()
      if (bundle.length > 0) {
        const n = Math.floor(edge.size / TILE)
        taken.push({ path: entriesPath(n, bundle.length), bytes: encodeBundle(bundle) })
      }
      // A level above grows once in 256 leaves of the one below: the same tile is not written again.
      for (const { level, n, width, hashes } of edge.partials()) {
        const path = tilePath(level, n, width)
        if (written.has(path)) continue
        taken.push({ path, bytes: hashes })
      }
      written.clear()
      for (const { level, n, width } of edge.partials()) written.add(tilePath(level, n, width))
      return taken
    },

    takeSuperseded() {
      const taken = superseded
      superseded = []
      return taken
    },
  }
}

/** Where the partial ones of a tile or bundle lie (C2SP tlog-tiles, "Partial Tiles"). */
export const partialFolder = (full: string): string => `${full}.p`
