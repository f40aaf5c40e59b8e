/** Takes the tree up where it was left, at whatever instant that was, or refuses to go on when it does not fit. */
import { leafHash } from '../tree/hashes.ts'
import { partialsOf, TileMissing } from '../tree/reading.ts'
import { fullTilesAt, levelsOf, entriesPath, TILE, tilePath } from '../tree/tiles.ts'
import { openGrowing, partialFolder, type Growing } from './growing.ts'
import type { Line } from './line.ts'
import { numberedBetween, type Signed } from './queries.ts'
import { SequencerRefusal } from './refusal.ts'
import type { Store } from './store.ts'

export type Place = {
  line: Line
  store: Store
  /** How many entries have a number in the database. */
  numbered: number
  /** The newest checkpoint the database knows. */
  checkpoint: Signed | undefined
  warn(sentence: string): void
}

/** Leaves read from the database at once: at most 64 KB each, mostly half a kilobyte. */
const chunk = 4_096

/**
 * The tree of the newest checkpoint, from the tiles on disk when their root is the signed one, else out of the database.
 * What was numbered after that checkpoint is still to be appended: `appendNumbered`.
 * @throws {SequencerRefusal} the numbered entries are not those that were signed
 */
export async function treeOfCheckpoint(place: Place): Promise<Growing> {
  const size = place.checkpoint?.size ?? 0
  if (place.numbered < size)
    throw new SequencerRefusal(
      `The log was signed with ${size} entries, and the database has ${place.numbered}: an older copy of it was ` +
        'restored, or entries were deleted. Nothing is signed until they are back.',
    )
  if (size === 0) return openGrowing()
  const kept = await treeOnDisk(place, size)
  if (kept && isSigned(kept, place)) return kept
  place.warn('the tiles on disk are not those of the signed tree: rebuilding them from the database')
  return rebuild(place, size)
}

/** Appends entries that have their number already, without gaps, and with the very hash they were numbered with. */
export async function appendNumbered(place: Place, tree: Growing, to: number): Promise<void> {
  for (const leaf of await numberedLeaves(place.line, tree.size, to)) tree.append(leaf)
}

async function treeOnDisk({ line, store }: Place, size: number): Promise<Growing | undefined> {
  try {
    const partials = await partialsOf(size, (file) => store.read(file))
    // The loose entries come from the database, which is what the bundle must say.
    const tail = await numberedLeaves(line, size - (size % TILE), size)
    return openGrowing({ size, partials, tail })
  } catch (error) {
    // Missing, cut off, or not whole hashes.
    if (error instanceof TileMissing || error instanceof RangeError) return undefined
    throw error
  }
}

/** Every file anew. Whatever else lies beside them under the name of a partial tile goes. */
async function rebuild(place: Place, size: number): Promise<Growing> {
  const { line, store } = place
  const tree = openGrowing()
  while (tree.size < size) {
    line.mustHold()
    await appendNumbered(place, tree, Math.min(tree.size + chunk, size))
    await store.remove(tree.takeSuperseded())
    if (tree.size < size) await store.write(tree.takeFullFiles())
  }
  if (!isSigned(tree, place))
    throw new SequencerRefusal(
      `The entries in the database are not those that were signed: their first ${size} have the root ` +
        `${tree.root().toString('base64')}, the checkpoint says ${place.checkpoint?.root.toString('base64')}. ` +
        'Run: bin/mgp audit verify',
    )
  await store.remove(openPartials(size))
  await store.write(tree.takeFiles())
  return tree
}

/** Folders of the partial tiles a tree of this size ends with. */
function openPartials(size: number): string[] {
  return [
    partialFolder(entriesPath(fullTilesAt(0, size))),
    ...Array.from({ length: levelsOf(size) }, (_, level) =>
      partialFolder(tilePath(level, fullTilesAt(level, size))),
    ),
  ]
}

function isSigned(tree: Growing, { checkpoint }: Place): boolean {
  return checkpoint !== undefined && tree.root().equals(checkpoint.root)
}

/** @throws {SequencerRefusal} a number is missing, or an entry is not what was numbered */
async function numberedLeaves(line: Line, from: number, to: number): Promise<Buffer[]> {
  if (from === to) return []
  const rows = await numberedBetween(line, from, to)
  return Array.from({ length: to - from }, (_, at) => {
    const row = rows[at]
    if (row?.index !== from + at)
      throw new SequencerRefusal(
        `The database has no entry with the number ${from + at}. Run: bin/mgp audit verify`,
      )
    const leaf = Buffer.from(row.leaf)
    if (!leafHash(leaf).equals(row.hash))
      throw new SequencerRefusal(
        `Entry ${row.index} (${row.entryId}) is not what was numbered. Run: bin/mgp audit verify`,
      )
    return leaf
  })
}
