/**
 * The log in groups of 256: what the database, the published bundle and the published tile tell of the same entries.
 * Mostly they say the same to the byte, which is all that is looked at; where not, it is found out who is wrong.
 */
import { leafHash } from '../tree/hashes.ts'
import { TILE } from '../tree/tiles.ts'
import type { Findings } from './findings.ts'
import type { Folder } from './folder.ts'
import { openRowPlacing } from './placing-rows.ts'
import { entriesIn, faultsOfGroup, hashesIn, idIn, readGroup, type GroupFiles } from './group-files.ts'
import type { QueuedRow, RowQueue } from './row-queue.ts'
import type { Jury, Telling } from './settling.ts'

/** How far beyond a group is looked for a row that is not where it should be. */
const sight = 2 * TILE

export type GroupComparing = {
  /** The hashes of the group's leaves as they were signed; fewer than its width when nobody tells the last ones. */
  compare(n: number, width: number): Promise<readonly Buffer[]>
  /** How far rows are from their true index by now. */
  readonly shift: number
  end(): void
}

export function openGroupComparing(on: {
  rows: RowQueue
  folder: Folder
  jury: Jury
  size: number
  found: Findings
}): GroupComparing {
  const { rows, folder, found } = on
  const placing = openRowPlacing(rows, on.size, found)
  let ahead: { n: number; files: Promise<GroupFiles> } | undefined

  /** The files of a group are read while the one before is being compared. */
  function filesOf(n: number): Promise<GroupFiles> {
    const read = (one: number) => readGroup(folder, one, Math.min(TILE, on.size - one * TILE))
    const files = ahead?.n === n ? ahead.files : read(n)
    ahead = (n + 1) * TILE < on.size ? { n: n + 1, files: read(n + 1) } : undefined
    // Asked for later, perhaps never: a failure is heard of then.
    ahead?.files.catch(() => {})
    return files
  }

  /** The group's rows, when they are all there, in order, and what they were numbered as. */
  function untouched(first: number, width: number): QueuedRow[] | undefined {
    const group: QueuedRow[] = []
    for (let at = 0; at < width; at++) {
      const row = rows.peek(at)
      if (!row?.hash?.equals(row.storedHash) || row.index !== first + at + placing.shift) return undefined
      group.push(row)
    }
    return group
  }

  return {
    async compare(n, width) {
      const first = n * TILE
      const files = await filesOf(n)
      await rows.fill(width)
      const group = untouched(first, width)
      if (group) {
        // They have both: `untouched` looked.
        const hashes = group.map(({ hash }) => hash!)
        const leaves = group.map(({ leaf }) => leaf!)
        if ((await faultsOfGroup(folder, files, hashes, leaves)).length === 0) {
          rows.take(width)
          return hashes
        }
      }
      await rows.fill(width + sight)
      return settleGroup(first, width, files)
    },
    get shift() {
      return placing.shift
    },
    end: () => placing.end(),
  }

  async function settleGroup(first: number, width: number, files: GroupFiles): Promise<Buffer[]> {
    const stored: (Buffer | undefined)[] = []
    const told: (Buffer | undefined)[] = []
    const texts: (Buffer | undefined)[] = []
    for (let at = 0, row = rows.peek(0); row; row = rows.peek(++at)) {
      const place = row.index - placing.shift - first
      if (place < 0 || place >= width) continue
      stored[place] = row.storedHash
      told[place] = row.hash
      texts[place] = row.leaf
    }
    const bundled = entriesIn(files.bundle.bytes)
    const bundleHashes = bundled.map((entry) => leafHash(entry))
    const tileHashes = hashesIn(files.tile.bytes)
    const tellings: Telling[] = [told, bundleHashes, tileHashes, stored]
    const truth = await on.jury.settle(first, width, tellings)
    // What was signed, in words: whoever has the text that leads to its hash.
    const entries = truth.map((hash, at) =>
      bundleHashes[at]?.equals(hash) ? bundled[at] : told[at]?.equals(hash) ? texts[at] : undefined,
    )
    const later = entriesIn((await ahead?.files)?.bundle.bytes).map(idIn)
    placing.place(
      first,
      truth.map((hash, at) => ({ hash, id: idIn(entries[at]) })),
      later,
    )
    await compareFiles(first, files, { truth, entries, bundleHashes, tileHashes })
    return truth
  }

  async function compareFiles(
    first: number,
    files: GroupFiles,
    {
      truth,
      entries,
      bundleHashes,
      tileHashes,
    }: {
      truth: Buffer[]
      entries: (Buffer | undefined)[]
      bundleHashes: Buffer[]
      tileHashes: Buffer[]
    },
  ): Promise<void> {
    const [bundle, tile] = [files.bundle.file, files.tile.file]
    const about = (at: number) => ({ index: first + at, entryId: idIn(entries[at]) })
    const seen = new Set<string>()
    for (const [at, hash] of truth.entries()) {
      const isOther = (one: Buffer | undefined) => one !== undefined && !one.equals(hash)
      const [inBundle, inTile] = [isOther(bundleHashes[at]), isOther(tileHashes[at])]
      if (inBundle && inTile && bundleHashes[at]!.equals(tileHashes[at]!))
        // both are there: just seen
        found.add('bundle_and_tile_edited', { ...about(at), values: { path: bundle, tile } })
      else {
        if (inBundle) found.add('bundle_edited', { ...about(at), values: { path: bundle } })
        if (inTile) found.add('tile_edited', { ...about(at), values: { path: tile } })
      }
      if (inBundle) seen.add(bundle)
      if (inTile) seen.add(tile)
    }
    const whole = entries.flatMap((entry) => entry ?? [])
    const known = whole.length === truth.length ? whole : undefined
    for (const { kind, file, fault, at } of await faultsOfGroup(folder, files, truth, known))
      // An edited file was told of entry by entry.
      if (fault !== 'edited' || !seen.has(file))
        found.add(`${kind}_${fault}`, { ...about(at), values: { path: file } })
  }
}
