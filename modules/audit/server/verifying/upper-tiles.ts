/** The tiles above the leaves, each as the tree below it makes it. */
import { hashBytes } from '../tree/hashes.ts'
import type { FilledTile } from '../tree/edge.ts'
import { TILE, tilePath } from '../tree/tiles.ts'
import type { Findings } from './findings.ts'
import type { Folder } from './folder.ts'
import { faultsOf, readPlace, tileEnds, type FileFault } from './published-files.ts'
import type { Jury } from './settling.ts'

export type UpperTiles = {
  compare(tiles: readonly FilledTile[]): Promise<void>
  /**
   * Says what is wrong with them, which depends on whether the tree below is what was signed.
   * @param wrong the first head that is not, and the last size that was
   * @returns whether they tell which entries are others than those that were signed
   */
  end(wrong: { sure: number } | undefined): Promise<boolean>
}

type Mismatch = FileFault & { level: number; place: number; published: Buffer | undefined }

/** So many are told apart; the rest would say the same. */
const mostMismatches = 200

export function openUpperTiles(folder: Folder, jury: Jury, found: Findings): UpperTiles {
  const mismatches: Mismatch[] = []
  return {
    async compare(tiles) {
      for (const { level, n, width, hashes } of tiles) {
        if (level === 0) continue
        const full = tilePath(level, n)
        const main = await readPlace(folder, full, width)
        const expected = { bytes: hashes, ends: tileEnds.slice(0, width + 1) }
        for (const fault of await faultsOf(folder, full, width, expected, main)) {
          const bytes = fault.file === main.file ? main.bytes : undefined
          const published = bytes?.subarray(fault.at * hashBytes, (fault.at + 1) * hashBytes)
          if (mismatches.length < mostMismatches)
            mismatches.push({ ...fault, level, place: n * TILE + fault.at, published })
        }
      }
    },
    async end(wrong) {
      let isLocated = false
      for (const { file, fault, level, place, published } of mismatches) {
        const leaves = TILE ** level
        const index = place * leaves
        // The tree below does not lead to what was signed; when this hash does, the entries below it were rewritten.
        if (wrong && published?.length === hashBytes && (await jury.holds(level, place, published))) {
          const first = Math.max(index, wrong.sure)
          found.add('entries_rewritten', { index: first, values: { last: index + leaves - 1, path: file } })
          isLocated = true
        } else found.add(`tile_${fault}`, { index, values: { path: file } })
      }
      return isLocated
    },
  }
}
