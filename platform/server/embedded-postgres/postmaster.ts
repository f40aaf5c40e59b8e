/** The database's main process: found, started, waited for, stopped. */
import type { ChildProcess } from 'node:child_process'
import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import net from 'node:net'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { isRunning } from '../process-lock.ts'
import { PostgresError } from '../postgres-error.ts'
import type { Account } from './account.ts'
import { clusterFolder, settings } from './cluster.ts'

export type Postmaster = { pid: number; port: number; isReady: boolean }

/** What postmaster.pid says, when the process it names is really this cluster's. */
export function findPostmaster(folder: string): Postmaster | undefined {
  let lines: string[]
  try {
    lines = fs.readFileSync(path.join(folder, 'postmaster.pid'), 'utf8').split('\n')
  } catch {
    return undefined
  }
  const pid = Math.abs(Number(lines[0]))
  if (!pid || !isAlive(pid) || !belongsTo(folder, pid)) return undefined
  return { pid, port: Number(lines[3]), isReady: lines[7]?.trim() === 'ready' }
}

/** Processes of a cluster whose postmaster was killed: they would keep the next one from starting. */
export async function endLeftovers(folder: string): Promise<void> {
  const started = Date.now()
  for (;;) {
    const left = processesIn(folder)
    if (left.length === 0) break
    // They leave by themselves as soon as they notice; one that is busy computing is told, then ended.
    const waited = Date.now() - started
    if (waited > 500) left.forEach((pid) => signal(pid, waited > 5_000 ? 'SIGKILL' : 'SIGQUIT'))
    await sleep(25)
  }
  fs.rmSync(path.join(folder, 'postmaster.pid'), { force: true })
}

export async function startPostmaster(
  account: Account,
  options: { port: number; durable: boolean; logFile: string },
): Promise<{ child: ChildProcess; postmaster: Postmaster }> {
  const folder = clusterFolder(account)
  const log = fs.openSync(options.logFile, 'a', 0o600)
  const from = fs.fstatSync(log).size
  const child = account.run(
    'postgres',
    ['-D', folder, ...settings(options.port, options.durable)],
    ['ignore', log, log],
  )
  fs.closeSync(log)
  child.on('error', () => {})
  try {
    return { child, postmaster: await ready(folder, child) }
  } catch (error) {
    const said = fs.readFileSync(options.logFile).subarray(from).toString().trim()
    throw new PostgresError(`The embedded database did not start. Its log says:\n${said || String(error)}`)
  }
}

async function ready(folder: string, child: ChildProcess): Promise<Postmaster> {
  for (;;) {
    const found = findPostmaster(folder)
    if (found?.isReady) return found
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) {
      throw new PostgresError('it ended at once')
    }
    await sleep(10)
  }
}

/** `fast` writes a checkpoint and ends; `immediate` leaves the recovery to the next start. */
export async function stopPostmaster(folder: string, mode: 'fast' | 'immediate'): Promise<void> {
  const found = findPostmaster(folder)
  if (!found) return
  signal(found.pid, mode === 'fast' ? 'SIGINT' : 'SIGQUIT')
  const started = Date.now()
  const patience = mode === 'fast' ? 60_000 : 5_000
  while (isAlive(found.pid)) {
    if (Date.now() - started > patience) signal(found.pid, 'SIGKILL')
    await sleep(10)
  }
}

export async function freePort(preferred: number | undefined): Promise<number> {
  return (preferred && (await tryPort(preferred))) || (await tryPort(0)) || 0
}

function tryPort(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const probe = net.createServer()
    probe.on('error', () => resolve(undefined))
    probe.listen(port, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(address && typeof address === 'object' ? address.port : undefined))
    })
  })
}

export function isAlive(pid: number): boolean {
  return isRunning({ pid, startedAt: '' })
}

/** Every PostgreSQL process works in its cluster's folder, which tells it from a stranger with a reused number. */
function belongsTo(folder: string, pid: number): boolean {
  if (process.platform === 'linux') return workingFolder(pid) === fs.realpathSync(folder)
  try {
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).includes(folder)
  } catch {
    return false
  }
}

function processesIn(folder: string): number[] {
  if (process.platform !== 'linux') return []
  const real = fs.realpathSync(folder)
  return fs
    .readdirSync('/proc')
    .map(Number)
    .filter(
      (pid) =>
        pid > 0 && pid !== process.pid && workingFolder(pid) === real && isAlive(pid) && isPostgres(pid),
    )
}

/** A person's shell may stand in that folder too. */
function isPostgres(pid: number): boolean {
  try {
    return fs.readFileSync(`/proc/${pid}/comm`, 'utf8').trim() === 'postgres'
  } catch {
    return false
  }
}

function workingFolder(pid: number): string | undefined {
  try {
    return fs.readlinkSync(`/proc/${pid}/cwd`)
  } catch {
    return undefined
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch {
    // already gone
  }
}
