import { createHash } from 'node:crypto'
import { chmodSync, createReadStream, mkdirSync } from 'node:fs'
import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Disk } from 'flydrive'
import { FSDriver } from 'flydrive/drivers/fs'
import type { Readable } from 'node:stream'
import { fileGone } from '#platform/contract/jobs.ts'
import { sql, type Tables } from './db.ts'
import { newToken } from './random.ts'
import { refuse, type Limit } from './requests.ts'

type Db = Tables<'storedFiles'>

/** Files that jobs make for the person who asked: kept a day, handed to that person alone. */
export type Files = {
  /** Takes over a file on disk. @returns its id */
  keep(
    db: Db,
    file: {
      path: string
      name: string
      mediaType: string
      staffId: string
      needsPermission: string
      /** Within what the person held that permission when the file was made; undefined for everywhere. */
      limits: readonly Limit[] | undefined
    },
  ): Promise<string>
  /** The file's bytes. @throws Refused `file_gone` when the row outlived the file: another machine, a restored database */
  read(storageKey: string): Promise<Readable>
  /** Removes one before its time. */
  discard(db: Db, id: string): Promise<void>
  /** Removes what expired, and what processes that were killed left behind. */
  sweep(db: Db): Promise<number>
  /** Where work in progress may write. */
  workFolder: string
}

const hoursKept = 24

export function openFiles(dataDir: string): Files {
  const folder = ownFolder(join(dataDir, 'files'))
  const workFolder = ownFolder(join(dataDir, 'work'))
  const disk = new Disk(new FSDriver({ location: folder, visibility: 'private' }))
  return {
    workFolder,
    async keep(db, { path, limits, ...file }) {
      const storageKey = newToken()
      const hash = createHash('sha256')
      for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer)
      const { size } = await stat(path)
      await disk.moveFromFs(path, storageKey)
      const { id } = await db
        .insertInto('storedFiles')
        .values({
          ...file,
          storageKey,
          needsLimits: limits ? JSON.stringify(limits) : null,
          bytes: size,
          sha256: hash.digest(),
          expiresAt: sql<Date>`now() + make_interval(hours => ${hoursKept})`,
        })
        .returning('id')
        .executeTakeFirstOrThrow()
      return id
    },
    async read(storageKey) {
      if (!(await disk.exists(storageKey))) throw refuse(fileGone)
      return disk.getStream(storageKey)
    },
    async discard(db, id) {
      const row = await db
        .deleteFrom('storedFiles')
        .where('id', '=', id)
        .returning('storageKey')
        .executeTakeFirst()
      if (row) await disk.delete(row.storageKey)
    },
    async sweep(db) {
      const expired = await db
        .deleteFrom('storedFiles')
        .where('expiresAt', '<', sql<Date>`now()`)
        .returning('storageKey')
        .execute()
      for (const { storageKey } of expired) await disk.delete(storageKey)
      await removeOlder(folder)
      await removeOlder(workFolder)
      return expired.length
    },
  }
}

/** What lies in it is about people: others may pass through DATA_DIR, and stop here. */
function ownFolder(folder: string): string {
  mkdirSync(folder, { recursive: true })
  chmodSync(folder, 0o700)
  return folder
}

/** Nothing is kept for longer than a day, so what is older has lost its row, or the process that was writing it. */
async function removeOlder(folder: string): Promise<void> {
  const oldest = Date.now() - (hoursKept + 1) * 3_600_000
  for (const name of await readdir(folder)) {
    const file = join(folder, name)
    const found = await stat(file).catch(() => undefined)
    if (found && found.mtimeMs < oldest) await rm(file, { force: true })
  }
}
