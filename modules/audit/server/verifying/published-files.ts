/** Published tiles and bundles of one place, byte for byte against what the tree says they hold. */
import { hashBytes } from '../tree/hashes.ts'
import { TILE } from '../tree/tiles.ts'
import type { Folder } from './folder.ts'

/** What should lie there: the bytes of the first entries (or hashes) up to each count, 0 … width. */
export type Expected = { bytes: Buffer; ends: readonly number[] }

/** `at`: the first entry of the place that is wrong, or missing. */
export type FileFault = { file: string; fault: 'edited' | 'truncated' | 'missing'; at: number }

export const tileEnds: readonly number[] = Array.from({ length: TILE + 1 }, (_, count) => count * hashBytes)

export function bundleEnds(entries: readonly Uint8Array[]): number[] {
  const ends = [0]
  for (const entry of entries) ends.push(ends.at(-1)! + 2 + entry.length) // begins with one
  return ends
}

/** The file that readers of a tree of this width take: the partial one, or the full one that replaced it. */
export async function readPlace(
  folder: Folder,
  full: string,
  width: number,
): Promise<{ file: string; bytes: Buffer | undefined }> {
  const partial = `${full}.p/${width}`
  if (width < TILE) {
    const bytes = await folder.read(partial)
    if (bytes) return { file: partial, bytes }
  }
  const bytes = await folder.read(full)
  return { file: bytes || width === TILE ? full : partial, bytes }
}

/** Every file of the place: the one readers need, and partial ones of older trees that are still there. */
export async function faultsOf(
  folder: Folder,
  full: string,
  width: number,
  expected: Expected,
  main: { file: string; bytes: Buffer | undefined },
): Promise<FileFault[]> {
  const faults: FileFault[] = []
  if (!main.bytes) faults.push({ file: main.file, fault: 'missing', at: 0 })
  else faults.push(...faultOf(main.file, main.bytes, main.file === full ? TILE : width, expected))
  for (const { file, width: wide, bytes } of await folder.partials(full))
    if (file !== main.file) faults.push(...faultOf(file, bytes, wide, expected))
  return faults
}

/** @param wide how many entries the file's name promises: what is beyond our tree is not ours to judge */
function faultOf(file: string, bytes: Buffer, wide: number, { bytes: right, ends }: Expected): FileFault[] {
  const count = Math.min(wide, ends.length - 1)
  const length = ends[count]!
  if (
    bytes.subarray(0, length).equals(right.subarray(0, length)) &&
    (wide > count || bytes.length === length)
  )
    return []
  const common = Math.min(bytes.length, length)
  let same = 0
  while (same < common && bytes[same] === right[same]) same++
  // The first entry whose bytes are not all there and right.
  const at = Math.min(
    ends.findLastIndex((end) => end <= same),
    count - 1,
  )
  return [{ file, fault: same === bytes.length ? 'truncated' : 'edited', at }]
}
