/** The published files, read as a stranger would. */
import fs from 'node:fs/promises'
import path from 'node:path'
import { TILE } from '../tree/tiles.ts'

export type Folder = {
  /** undefined: there is no such file. */
  read(file: string): Promise<Buffer | undefined>
  /** The partial tiles (or bundles) beside a full one's place, by their width. */
  partials(full: string): Promise<{ file: string; width: number; bytes: Buffer }[]>
}

export function openFolder(folder: string): Folder {
  const read = (file: string) => unlessMissing(fs.readFile(path.join(folder, file)))
  return {
    read,
    async partials(full) {
      const names = (await unlessMissing(fs.readdir(path.join(folder, `${full}.p`)))) ?? []
      const found: { file: string; width: number; bytes: Buffer }[] = []
      for (const name of names) {
        if (!/^[1-9]\d{0,2}$/.test(name) || Number(name) >= TILE) continue
        const file = `${full}.p/${name}`
        const bytes = await read(file)
        // Meanwhile the full one took its place.
        if (bytes) found.push({ file, width: Number(name), bytes })
      }
      return found
    },
  }
}

async function unlessMissing<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
    throw error
  }
}
