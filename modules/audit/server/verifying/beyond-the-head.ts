/**
 * Published files of a longer tree than there is. The log grows while it is looked at, so what is beyond the head is held
 * against what has a number by now: numbers are committed before anything of them is published. Only a log that was
 * shortened, or a file that somebody put there, is left.
 */
import { parseTilePath, TILE } from '../tree/tiles.ts'
import type { Findings } from './findings.ts'
import type { Folder } from './folder.ts'

/** @param numbered how many entries have a number, asked for after the files were seen */
export async function checkBeyond(
  folder: Folder,
  head: number,
  numbered: () => Promise<number>,
  found: Findings,
): Promise<void> {
  let longest: { path: string; size: number } | undefined
  for await (const path of folder.files('tile')) {
    const tile = parseTilePath(path)
    if (!tile) continue
    const size = (tile.n * TILE + tile.width) * TILE ** tile.level
    if (size > Math.max(head, longest?.size ?? 0)) longest = { path, size }
  }
  if (!longest) return
  const real = Math.max(head, await numbered())
  if (longest.size > real) found.add('published_beyond_the_head', { values: { ...longest, head: real } })
}
