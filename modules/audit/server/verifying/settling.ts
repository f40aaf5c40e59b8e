/**
 * Which of several tellings of the same entries is the true one: the one that leads to a root the log signed. Tiles and
 * bundles can be made to fit each other (CVE-2026-56865), what was signed cannot.
 */
import { nodeHash, rootOf } from '../tree/hashes.ts'
import { splitOf, subtreeHash, type HashAt } from '../tree/proofs.ts'
import { nodesOf, TileMissing } from '../tree/reading.ts'
import { TILE } from '../tree/tiles.ts'
import type { Folder } from './folder.ts'
import type { Head } from './heads.ts'

/** Hashes of consecutive leaves as one source tells them; a hole where it tells none. */
export type Telling = readonly (Buffer | undefined)[]

export type Jury = {
  /** The hashes of the leaves from `first` on; fewer than asked for when nobody tells the last ones. */
  settle(first: number, width: number, tellings: readonly Telling[]): Promise<Buffer[]>
  /** Whether this hash of a tile leads to a signed root. */
  holds(tileLevel: number, place: number, hash: Buffer): Promise<boolean>
}

/** A part of the tree as somebody tells it: leaves [start, end), and the hash of any subtree in it. */
type Part = { start: number; end: number; hashOf(start: number, end: number): Buffer }

export function openJury(folder: Folder, authorities: readonly Head[]): Jury {
  async function leads(part: Part): Promise<boolean> {
    for (const { size, root } of authorities) {
      if (part.end > size) continue
      try {
        if ((await rootWith(part, 0, size, nodesOf(size, folder.read))).equals(root)) return true
      } catch (error) {
        // The neighbours are damaged too: by this way nothing can be told.
        if (!(error instanceof TileMissing || error instanceof RangeError)) throw error
      }
    }
    return false
  }

  return {
    async settle(first, width, tellings) {
      const most = majority(width, tellings)
      for (const telling of [...tellings, most]) {
        const hashes = telling.slice(0, width).flatMap((hash) => hash ?? [])
        const hashOf = (start: number, end: number) => rootOf(hashes.slice(start - first, end - first))
        if (hashes.length === width && (await leads({ start: first, end: first + width, hashOf })))
          return hashes
      }
      // None leads there: what most of them say, as far as they say anything.
      const end = most.indexOf(undefined)
      return most.slice(0, end < 0 ? width : end).flatMap((hash) => hash ?? [])
    },
    holds(tileLevel, place, hash) {
      const leaves = TILE ** tileLevel
      return leads({ start: place * leaves, end: (place + 1) * leaves, hashOf: () => hash })
    },
  }
}

/** MTH(D[start:end]) with one part as it is told and the rest from the published tiles. */
async function rootWith(part: Part, start: number, end: number, nodes: HashAt): Promise<Buffer> {
  if (part.start <= start && end <= part.end) return part.hashOf(start, end)
  if (end <= part.start || part.end <= start) return subtreeHash(start, end, nodes)
  const middle = start + splitOf(end - start)
  return nodeHash(await rootWith(part, start, middle, nodes), await rootWith(part, middle, end, nodes))
}

/** Of each leaf the hash that most sources tell; the earlier source's where they are even. */
function majority(width: number, tellings: readonly Telling[]): (Buffer | undefined)[] {
  return Array.from({ length: width }, (_, at) => {
    const told = tellings.flatMap((telling) => telling[at] ?? [])
    const votes = (hash: Buffer) => told.filter((other) => other.equals(hash)).length
    return told.toSorted((one, other) => votes(other) - votes(one))[0]
  })
}
