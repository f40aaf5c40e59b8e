import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Disk } from 'flydrive'
import { FSDriver } from 'flydrive/drivers/fs'
import type { Readable } from 'node:stream'
import { sql, type Tables } from './db.ts'
import { newToken } from './random.ts'

type Db = Tables<'storedFiles'>

/** Files that jobs make for the person who asked: kept a day, handed to that person alone. */
export type Files = {
  /** Takes over a file on disk. @returns its id */
  keep(
    db: Db,
    file: { path: string; name: string; mediaType: string; staffId: string; needsPermission: string },
  ): Promise<string>
  read(storageKey: string): Promise<Readable>
  /** Removes what expired. */
  sweep(db: Db): Promise<number>
  /** Where work in progress may write. */
  workFolder: string
}

const hoursKept = 24

export function openFiles(dataDir: string): Files {
  const disk = new Disk(new FSDriver({ location: join(dataDir, 'files'), visibility: 'private' }))
  return {
    workFolder: join(dataDir, 'work'),
    async keep(db, { path, ...file }) {
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
          bytes: size,
          sha256: hash.digest(),
          expiresAt: sql<Date>`now() + make_interval(hours => ${hoursKept})`,
        })
        .returning('id')
        .executeTakeFirstOrThrow()
      return id
    },
    read: (storageKey) => disk.getStream(storageKey),
    async sweep(db) {
      const expired = await db
        .deleteFrom('storedFiles')
        .where('expiresAt', '<', sql<Date>`now()`)
        .returning('storageKey')
        .execute()
      for (const { storageKey } of expired) await disk.delete(storageKey)
      return expired.length
    },
  }
}
