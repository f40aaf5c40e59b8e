/** The published files, read as a stranger would. */
import fs from 'node:fs/promises'
import path from 'node:path'
import { TILE } from '../tree/tiles.ts'

export type Folder = {
  /** undefined: there is no such file. */
  read(file: string): Promise<Buffer | undefined>
  /** The partial tiles (or bundles) beside a full one's place, by their width. */
  partials(full: string): Promise<{ file: string; width: number; bytes: Buffer }[]>
  /** All files below a folder, by their path. */
  files(below: string): AsyncGenerator<string>
}

/** Of tiles of some levels and bundles, where the verification is now. */
const mostListings = 8

export function openFolder(folder: string): Folder {
  // A thousand places lie in one folder: it is listed once, and not asked a thousand times for what is rarely there.
  const listings = new Map<string, Promise<Set<string>>>()
  async function isListed(file: string): Promise<boolean> {
    const parent = path.dirname(file)
    let names = listings.get(parent)
    if (!names) {
      if (listings.size >= mostListings) listings.clear()
      names = unlessMissing(fs.readdir(path.join(folder, parent))).then((found) => new Set(found))
      listings.set(parent, names)
    }
    return (await names).has(path.basename(file))
  }
  const read = (file: string) => unlessMissing(fs.readFile(path.join(folder, file)))
  async function* files(below: string): AsyncGenerator<string> {
    const entries = (await unlessMissing(fs.readdir(path.join(folder, below), { withFileTypes: true }))) ?? []
    for (const entry of entries) {
      const name = `${below}/${entry.name}`
      if (entry.isDirectory()) yield* files(name)
      else yield name
    }
  }

  return {
    read,
    files,
    async partials(full) {
      if (!(await isListed(`${full}.p`))) return []
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
