/** What is published of 256 entries: the tile of their hashes and the bundle of their texts. */
import { hashBytes } from '../tree/hashes.ts'
import { decodeBundle, encodeBundle, entriesPath, hashesOf, tilePath } from '../tree/tiles.ts'
import type { Folder } from './folder.ts'
import { bundleEnds, faultsOf, readPlace, tileEnds, type FileFault } from './published-files.ts'

export type GroupFiles = Awaited<ReturnType<typeof readGroup>>

export async function readGroup(folder: Folder, n: number, width: number) {
  const [tile, bundle] = await Promise.all([
    readPlace(folder, tilePath(0, n), width),
    readPlace(folder, entriesPath(n), width),
  ])
  return { n, width, tile, bundle }
}

/** @param entries absent: not all texts are known, and the bundle cannot be compared byte for byte */
export async function faultsOfGroup(
  folder: Folder,
  { n, width, tile, bundle }: GroupFiles,
  hashes: readonly Buffer[],
  entries: readonly Buffer[] | undefined,
): Promise<(FileFault & { kind: 'tile' | 'bundle' })[]> {
  const tiles = { bytes: Buffer.concat(hashes), ends: tileEnds.slice(0, hashes.length + 1) }
  const bundles = entries && { bytes: encodeBundle(entries), ends: bundleEnds(entries) }
  const [inTile, inBundle] = await Promise.all([
    faultsOf(folder, tilePath(0, n), width, tiles, tile),
    bundles ? faultsOf(folder, entriesPath(n), width, bundles, bundle) : [],
  ])
  return [
    ...inTile.map((fault) => ({ ...fault, kind: 'tile' as const })),
    ...inBundle.map((fault) => ({ ...fault, kind: 'bundle' as const })),
  ]
}

/** As many as can be read: a bundle may be cut short. */
export function entriesIn(bundle: Buffer | undefined): Buffer[] {
  if (!bundle) return []
  let end = 0
  while (end + 2 <= bundle.length && end + 2 + bundle.readUInt16BE(end) <= bundle.length)
    end += 2 + bundle.readUInt16BE(end)
  return decodeBundle(bundle.subarray(0, end))
}

export const hashesIn = (tile: Buffer | undefined): Buffer[] =>
  tile ? hashesOf(tile.subarray(0, tile.length - (tile.length % hashBytes))) : []

/** The id an entry's text tells, believed only as a name for it. */
export function idIn(entry: Buffer | undefined): string | undefined {
  try {
    const { id } = JSON.parse(entry?.toString() ?? '{}') as { id?: unknown }
    return typeof id === 'string' ? id : undefined
  } catch {
    return undefined
  }
}
