/** The head of the log as anybody reads it. */
import { setTimeout as sleep } from 'node:timers/promises'
import { readCheckpoint } from '../tree/checkpoints.ts'
import { NoteError } from '../tree/notes.ts'
import type { Findings } from './findings.ts'
import type { Folder } from './folder.ts'
import type { Heads } from './heads.ts'

export type Published = { checkpoint: string | undefined; vkey: string | undefined }

export async function readPublished(folder: Folder): Promise<Published> {
  const [checkpoint, vkey] = await Promise.all([folder.read('checkpoint'), folder.read('vkey')])
  return { checkpoint: checkpoint?.toString(), vkey: vkey?.toString() }
}

/** The published head may lag behind the signed one while it is being replaced, and no longer. */
export async function checkPublished(
  folder: Folder,
  heads: Heads,
  lagMs: number,
  found: Findings,
): Promise<void> {
  const newest = heads.count > 0 ? heads.at(heads.count - 1).size : 0
  for (let tries = 0; ; tries++) {
    const { checkpoint } = await readPublished(folder)
    const size = checkpoint === undefined ? undefined : sizeIn(checkpoint)
    if (size === undefined || size >= newest) return
    if (tries > 0) return found.add('checkpoint_file_behind', { values: { size, newest } })
    await sleep(lagMs)
  }
}

function sizeIn(note: string): number | undefined {
  try {
    return readCheckpoint(note).size
  } catch (error) {
    if (error instanceof NoteError) return undefined
    throw error
  }
}
