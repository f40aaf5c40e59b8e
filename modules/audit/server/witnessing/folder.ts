/** A folder that somebody else looks after: on another machine, on a medium that is written once. */
import { randomBytes } from 'node:crypto'
import fs from 'node:fs/promises'
import path from 'node:path'
import { NoteError, splitNote } from '../tree/notes.ts'
import type { Place } from './places.ts'
import { WitnessTrouble, type Handed, type Witness } from './witness.ts'

/** A new file, written through to the disk: a confined process may not sync one by its handle. */
const { O_CREAT, O_EXCL, O_WRONLY, O_SYNC } = fs.constants
const onDisk = O_CREAT | O_EXCL | O_WRONLY | O_SYNC

/** Copies each checkpoint as `<size>.checkpoint`, whole or not at all, and never over what is there. */
export function folderWitness({ name, folder }: Extract<Place, { kind: 'folder' }>): Witness {
  async function put(file: string, note: string): Promise<void> {
    const draft = path.join(folder, `.${randomBytes(8).toString('hex')}.draft`)
    try {
      await fs.writeFile(draft, note, { flag: onDisk, mode: 0o644 })
      // A link, unlike a renaming, fails where the name is taken.
      await fs.link(draft, file).catch(async (error: unknown) => {
        if (!knowsNoLinks(error)) throw error
        await fs.copyFile(draft, file, fs.constants.COPYFILE_EXCL)
      })
    } finally {
      await fs.rm(draft, { force: true })
    }
  }

  async function compare(file: string, checkpoint: Handed): Promise<void> {
    if (!isSame(await fs.readFile(file, 'utf8'), checkpoint.note))
      throw new WitnessTrouble(
        'contradiction',
        `${path.basename(file)} is there and says something else than our log`,
      )
  }

  return {
    name,
    kind: 'folder',
    async hand(checkpoint) {
      const file = path.join(folder, `${checkpoint.size}.checkpoint`)
      try {
        await put(file, checkpoint.note).catch((error: unknown) => {
          if (codeOf(error) !== 'EEXIST') throw error
        })
        // Also what was just written: a disk that keeps something else is no witness.
        await compare(file, checkpoint)
      } catch (error) {
        if (error instanceof WitnessTrouble) throw error
        // A folder that is not there is not made: below a mount that is gone it would be ours, not theirs.
        const code = codeOf(error)
        throw new WitnessTrouble(code === 'ENOENT' ? 'unreachable' : 'failed', code)
      }
      return { keptAt: file }
    },
  }
}

/** As many as are read at once of what a folder holds. */
const mostRead = 1_000

/** Checkpoints the folder holds, spread over all of them, the newest among them. */
export async function keptBy({ folder }: Extract<Place, { kind: 'folder' }>) {
  const sizes = (await fs.readdir(folder))
    .flatMap((name) => /^(0|[1-9]\d{0,15})\.checkpoint$/.exec(name)?.[1] ?? [])
    .map(Number)
    .toSorted((one, other) => other - one)
  const step = Math.ceil(sizes.length / mostRead)
  const files = sizes
    .filter((_, at) => at % step === 0)
    .map((size) => path.join(folder, `${size}.checkpoint`))
  return Promise.all(files.map(async (file) => ({ place: file, note: await fs.readFile(file, 'utf8') })))
}

/** Whether two notes are about the same tree; the log may have signed it with another key since. */
export function isSame(one: string, other: string): boolean {
  try {
    return splitNote(one).text === splitNote(other).text
  } catch (error) {
    if (error instanceof NoteError) return false
    throw error
  }
}

const knowsNoLinks = (error: unknown) => ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'].includes(codeOf(error))

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? 'unknown'
