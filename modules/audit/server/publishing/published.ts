/** The log as the sequencer laid it out on disk, for whoever only reads it. */
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { logFolder } from '../sequencing/folders.ts'
import { readCheckpoint, type Checkpoint } from '../tree/checkpoints.ts'
import type { ReadTile } from '../tree/reading.ts'
import { parseTilePath, TILE, type Tile } from '../tree/tiles.ts'

export type PublishedCheckpoint = Checkpoint & { note: string }

export type Published = {
  /** The latest signed tree head; undefined before the sequencer first ran. */
  checkpoint(): Promise<PublishedCheckpoint | undefined>
  /** The verifier key and a newline. */
  vkey(): Promise<Buffer | undefined>
  /** A tile or a bundle by its path below the log's prefix; what is no such path leads nowhere. */
  read: ReadTile
}

export function openPublished(dataDir: string): Published {
  const folder = logFolder(dataDir)
  const file = async (name: string): Promise<Buffer | undefined> => {
    try {
      return await readFile(path.join(folder, name))
    } catch (error) {
      if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined
      throw error
    }
  }
  return {
    async checkpoint() {
      const note = (await file('checkpoint'))?.toString()
      return note === undefined ? undefined : { ...readCheckpoint(note), note }
    },
    vkey: () => file('vkey'),
    // The only names that ever reach the disk are those a tile can have.
    read: async (name) => (parseTilePath(name) ? file(name) : undefined),
  }
}

/** Whether a tree of this size has all of a tile: what is not signed yet is not published either. */
export const isWithin = ({ level, n, width }: Tile, size: number): boolean =>
  n * TILE + width <= Math.floor(size / TILE ** level)
