/**
 * The published files of the log: each appears whole, and is on disk before anything says so. They are for the sequencer
 * and its group, in which a server that runs as another user is; whoever else may read them asks that server.
 */
import fs from 'node:fs/promises'
import path from 'node:path'

export type PublishedFile = { path: string; bytes: Uint8Array }

export type Store = {
  /** What lies at a path below the log's folder; undefined: nothing. */
  read(file: string): Promise<Buffer | undefined>
  /** All of them, on disk when it resolves. */
  write(files: readonly PublishedFile[]): Promise<void>
  /** Files or whole folders; what is not there is fine. */
  remove(paths: readonly string[]): Promise<void>
}

/** So many files are on their way to the disk at once; the disk syncs them together. */
const atOnce = 16

/** @param options.durable false for tests: a crash of the machine, not of the process, may lose what was written */
export async function openStore(folder: string, { durable = true } = {}): Promise<Store> {
  // Beside what is published, so that nothing half written ever lies under a name somebody reads.
  const drafts = path.join(folder, '.drafts')
  const known = new Set<string>()
  await fs.mkdir(folder, { recursive: true, mode: 0o750 })
  await fs.rm(drafts, { recursive: true, force: true })
  await fs.mkdir(drafts, { mode: 0o700 })
  let count = 0

  async function put({ path: name, bytes }: PublishedFile): Promise<void> {
    const draft = path.join(drafts, `${process.pid}-${++count}`)
    try {
      const handle = await fs.open(draft, 'wx', 0o640)
      try {
        await handle.writeFile(bytes)
        if (durable) await handle.datasync()
      } finally {
        await handle.close()
      }
      await fs.rename(draft, path.join(folder, name))
    } catch (error) {
      await fs.rm(draft, { force: true }).catch(() => {})
      throw error
    }
  }

  /** Makes a folder and those above it. @returns folders that have a new name in them */
  async function ensureFolder(name: string): Promise<string[]> {
    if (known.has(name)) return []
    const above = name === '.' ? [] : [...(await ensureFolder(path.dirname(name))), path.dirname(name)]
    await fs.mkdir(path.join(folder, name), { recursive: true, mode: 0o750 })
    known.add(name)
    return above
  }

  return {
    async read(file) {
      try {
        return await fs.readFile(path.join(folder, file))
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
        throw error
      }
    },

    async write(files) {
      const touched = new Set<string>()
      for (const { path: name } of files) {
        for (const above of await ensureFolder(path.dirname(name))) touched.add(above)
        touched.add(path.dirname(name))
      }
      await atMost(atOnce, files, put)
      // A name is on disk once its folder is.
      if (durable) await atMost(atOnce, [...touched], (name) => syncFolder(path.join(folder, name)))
    },

    async remove(paths) {
      await atMost(atOnce, paths, (name) => fs.rm(path.join(folder, name), { recursive: true, force: true }))
      for (const name of paths) known.delete(name)
    },
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await fs.open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Works through a list, so many at a time; the first failure is everybody's, once those begun have ended. */
async function atMost<T>(count: number, list: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  const left = list.values()
  let failed = false
  const lanes = Array.from({ length: Math.min(count, list.length) }, async () => {
    for (const one of left) {
      if (failed) return
      await work(one).catch((error: unknown) => {
        failed = true
        throw error
      })
    }
  })
  const ends = await Promise.allSettled(lanes)
  for (const end of ends) if (end.status === 'rejected') throw end.reason
}
