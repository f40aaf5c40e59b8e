/** The right edge of a growing tree: all that has to be kept to take more leaves and to tell the root at any time. */
import { emptyRoot, hashBytes, nodeHash } from './hashes.ts'
import { fullTilesAt, hashesOf, partialTilesOf, TILE, type Tile } from './tiles.ts'

/** A tile with its hashes, one after another. */
export type FilledTile = Tile & { hashes: Buffer }

export type Edge = {
  readonly size: number
  /** Takes the next leaf. @returns the tiles it filled, from the leaves up: usually none */
  append(leafHash: Uint8Array): FilledTile[]
  /** MTH of all leaves so far (RFC 6962 section 2.1); a few dozen hashes, however large the tree. */
  root(): Buffer
  /** The tiles that are begun and not full, from the leaves up, as they are now. */
  partials(): FilledTile[]
}

/** One level of tiles: the one being filled, and the roots of its perfect subtrees, largest first. */
type Level = { hashes: Buffer; width: number; n: number; subtrees: Buffer[] }

/**
 * An empty tree, or one that was there before, from its size and its partial tiles read back.
 * @throws {RangeError} the tiles are not those of that size
 */
export function openEdge(size = 0, partials: readonly Pick<FilledTile, 'level' | 'hashes'>[] = []): Edge {
  const levels: Level[] = []
  const levelAt = (at: number) =>
    (levels[at] ??= { hashes: newTile(), width: 0, n: fullTilesAt(at, size), subtrees: [] })
  for (const { level, width } of partialTilesOf(size)) {
    const hashes = hashesOf(partials.find((one) => one.level === level)?.hashes ?? Buffer.alloc(0))
    if (hashes.length !== width)
      throw new RangeError(`a tree of ${size} has ${width} hashes at level ${level}, not ${hashes.length}`)
    for (const hash of hashes) push(levelAt(level), hash)
  }
  for (const level of levels.keys()) levelAt(level)

  return {
    get size() {
      return size
    },
    append(leafHash) {
      const filled: FilledTile[] = []
      size++
      let hash = leafHash
      for (let at = 0; ; at++) {
        const level = levelAt(at)
        push(level, hash)
        if (level.width < TILE) return filled
        filled.push({ level: at, n: level.n, width: TILE, hashes: level.hashes })
        hash = level.subtrees[0]! // 256 hashes make one perfect subtree
        levels[at] = { hashes: newTile(), width: 0, n: level.n + 1, subtrees: [] }
      }
    },
    root() {
      // From the right: what is right of a perfect subtree is always smaller than it.
      const subtrees = levels.flatMap((level) => level.subtrees.toReversed())
      return subtrees.length === 0
        ? Buffer.from(emptyRoot)
        : subtrees.reduce((right, left) => nodeHash(left, right))
    },
    partials: () =>
      levels.flatMap(({ hashes, width, n }, level) =>
        width === 0 ? [] : [{ level, n, width, hashes: Buffer.from(hashes.subarray(0, width * hashBytes)) }],
      ),
  }
}

const newTile = () => Buffer.allocUnsafe(TILE * hashBytes)

function push(level: Level, hash: Uint8Array): void {
  level.hashes.set(hash, level.width * hashBytes)
  level.width++
  let whole: Buffer = Buffer.from(hash)
  // Like carrying in binary addition: two subtrees of one height make one of the next.
  for (let count = level.width; count % 2 === 0; count /= 2) whole = nodeHash(level.subtrees.pop()!, whole)
  level.subtrees.push(whole)
}
