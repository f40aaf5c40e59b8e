import { chmodSync, constants, createReadStream, mkdirSync } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pieces } from './frames.ts'
import { uuidv7 } from './ids.ts'

/**
 * A folder a tenant, and in it files that are whole or not there: each is written beside, flushed to the disk and put in
 * its place by renaming, so that a row in a database may say it exists. (Flydrive's disk copies when it moves, and
 * flushes nothing: fine for what is kept a day, not for what a practice relies on.)
 */
export type TenantFolders = {
  /** @returns how many bytes were written */
  write(tenantId: string, name: string, source: AsyncIterable<Uint8Array>): Promise<number>
  /** @throws FileMissing */
  read(tenantId: string, name: string): Promise<Readable>
  has(tenantId: string, name: string): Promise<boolean>
  remove(tenantId: string, name: string): Promise<void>
  /** The folder too, and what somebody who was killed left half written. @returns how many whole files there were */
  removeAll(tenantId: string): Promise<number>
  /** Names of what is whole. */
  list(tenantId: string): Promise<string[]>
  /** Whoever has a folder. */
  tenants(): Promise<string[]>
}

export class FileMissing extends Error {}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const draftEnding = '.draft'

export function openTenantFolders(location: string): TenantFolders {
  mkdirSync(location, { recursive: true })
  // What lies in it is about people: others may pass through DATA_DIR, and stop here.
  chmodSync(location, 0o700)

  /** @throws what is no id names no folder: `..` is none */
  const folderOf = (tenantId: string) => {
    if (!uuid.test(tenantId)) throw new Error('a file was asked for without saying whose')
    return join(location, tenantId)
  }
  const fileOf = (tenantId: string, name: string) => {
    if (!/^[0-9a-z][0-9a-z.-]*$/.test(name)) throw new Error('a file was asked for by what is no name of one')
    return join(folderOf(tenantId), name)
  }

  async function list(tenantId: string): Promise<string[]> {
    const names = await readdir(folderOf(tenantId)).catch(nothing([]))
    return names.filter((name) => !name.endsWith(draftEnding)).toSorted()
  }

  const has = (tenantId: string, name: string): Promise<boolean> =>
    stat(fileOf(tenantId, name)).then((found) => found.isFile(), nothing(false))

  return {
    async write(tenantId, name, source) {
      const file = fileOf(tenantId, name)
      // Always the same one: who goes on after somebody's death writes over what they left.
      const draft = `${file}${draftEnding}`
      await mkdir(folderOf(tenantId), { recursive: true, mode: 0o700 })
      try {
        const bytes = await writeFlushed(draft, source)
        await rename(draft, file)
        await flushFolder(folderOf(tenantId))
        return bytes
      } catch (error) {
        await rm(draft, { force: true })
        throw error
      }
    },
    async read(tenantId, name) {
      if (!(await has(tenantId, name))) throw new FileMissing(`tenant ${tenantId} has no file ${name}`)
      return createReadStream(fileOf(tenantId, name), { highWaterMark: 256 * 1024 })
    },
    has,
    remove: (tenantId, name) => rm(fileOf(tenantId, name), { force: true }),
    async removeAll(tenantId) {
      const names = await list(tenantId)
      await rm(folderOf(tenantId), { recursive: true, force: true })
      return names.length
    },
    list,
    tenants: async () => (await readdir(location)).filter((name) => uuid.test(name)),
  }
}

// A confined process may ask for no `fsync`, of no file at all (Node's permission model): each write waits for the disk instead.
const synced = constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC | constants.O_SYNC

async function writeFlushed(file: string, source: AsyncIterable<Uint8Array> | Uint8Array): Promise<number> {
  const handle = await open(file, synced, 0o600)
  try {
    await handle.writeFile(source instanceof Uint8Array ? source : inPieces(source))
    return (await handle.stat()).size
  } finally {
    await handle.close()
  }
}

/** Each waits for the disk: few large ones wait less. */
async function* inPieces(source: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  for await (const { piece } of pieces(source, 2 * 1024 * 1024)) yield piece
}

/**
 * A renamed file is there after a power cut once its folder is on the disk. A file made in it after the renaming, and written
 * through, takes the folder along: journals are written in order.
 */
async function flushFolder(folder: string): Promise<void> {
  const mark = join(folder, `.${uuidv7()}${draftEnding}`)
  await writeFlushed(mark, Buffer.of(0))
  await rm(mark, { force: true })
}

const nothing =
  <T>(instead: T) =>
  (error: unknown): T => {
    if ((error as { code?: string }).code === 'ENOENT') return instead
    throw error
  }
