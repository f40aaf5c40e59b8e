/** Locks between processes of one machine, by files that name their holder; a dead holder's lock is free. */
import fs from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** A process id alone is not enough to name a process: numbers come back. Its start makes it unique. */
export type Holder = { pid: number; startedAt: string }

export function identify(pid: number): Holder {
  return { pid, startedAt: startOf(pid) ?? '' }
}

/** Whether that very process still runs. A zombie, which nobody has reaped yet, does not. */
export function isRunning(holder: Holder): boolean {
  if (!pidExists(holder.pid)) return false
  const startedAt = startOf(holder.pid)
  return startedAt === undefined ? false : holder.startedAt === '' || startedAt === holder.startedAt
}

/** Takes the lock, or says who holds it. `about` is kept in the file for whoever finds it taken. */
export function tryLock<About extends object>(
  file: string,
  about: About,
): { release: () => void } | { heldBy: Holder & About } {
  fs.mkdirSync(path.dirname(file), { recursive: true })
  // The lock appears with its content in one step (link), so nobody ever reads half of one.
  const draft = `${file}.${process.pid}`
  fs.writeFileSync(draft, JSON.stringify({ ...identify(process.pid), ...about }), { mode: 0o600 })
  try {
    for (;;) {
      if (linked(draft, file)) return { release: () => fs.rmSync(file, { force: true }) }
      const heldBy = readHolder<About>(file)
      if (heldBy && isRunning(heldBy)) return { heldBy }
      dropAbandoned(file, heldBy)
    }
  } finally {
    fs.rmSync(draft, { force: true })
  }
}

/** Waits for its turn, then works alone. */
export async function withLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  for (;;) {
    const lock = tryLock(file, {})
    if ('release' in lock) {
      try {
        return await work()
      } finally {
        lock.release()
      }
    }
    await sleep(20)
  }
}

export function readHolder<About extends object>(file: string): (Holder & About) | undefined {
  try {
    // Written by tryLock above and nowhere else.
    return JSON.parse(fs.readFileSync(file, 'utf8')) as Holder & About
  } catch {
    return undefined
  }
}

function linked(draft: string, file: string): boolean {
  try {
    fs.linkSync(draft, file)
    return true
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false
    throw error
  }
}

/** Of several processes that find the same dead holder, the rename lets one alone remove it. */
function dropAbandoned(file: string, holder: Holder | undefined): void {
  const grave = `${file}.stale.${process.pid}`
  try {
    fs.renameSync(file, grave)
  } catch (error) {
    if (isCode(error, 'ENOENT')) return
    throw error
  }
  const moved = readHolder(grave)
  if (moved && moved.pid !== holder?.pid) linked(grave, file)
  fs.rmSync(grave, { force: true })
}

function pidExists(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return isCode(error, 'EPERM')
  }
}

/** The kernel's start time of a process on Linux, '' where /proc does not exist, undefined for a dead one. */
function startOf(pid: number): string | undefined {
  if (process.platform !== 'linux') return ''
  try {
    // The second field is the command in parentheses and may hold spaces: count from its end (proc(5)).
    const fields = fs
      .readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')
    return fields[0] === 'Z' || fields[0] === 'X' ? undefined : fields[19]
  } catch {
    return undefined
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
