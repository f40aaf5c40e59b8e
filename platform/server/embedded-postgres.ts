/**
 * A real PostgreSQL 18 from node_modules, its data in DATA_DIR: for trials, development and tests. Survives the kill of
 * any process: an orphan that answers is adopted, one that does not is stopped, leftovers of a dead one are ended.
 */
import type { ChildProcess } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { accountFor, type Account, type RootStrategy } from './embedded-postgres/account.ts'
import { clusterFolder, ensureCluster, readSecrets, writeSecrets } from './embedded-postgres/cluster.ts'
import {
  endLeftovers,
  findPostmaster,
  freePort,
  isAlive,
  startPostmaster,
  stopPostmaster,
  type Postmaster,
} from './embedded-postgres/postmaster.ts'
import { enter, leave } from './embedded-postgres/visitors.ts'
import { withLock } from './process-lock.ts'
import { PostgresError } from './postgres-error.ts'

export type EmbeddedPostgres = {
  /** The superuser's address: migrations and provisioning only. */
  adminUrl: string
  /** The server's address, as role mgp_app, which the migrations create. */
  appUrl: string
  appPassword: string
  /** The sequencer's address, as role mgp_sequencer, which the migrations create too. */
  sequencerUrl: string
  /** The address of what makes tenants' databases, as role mgp_provisioner, which the migrations create too. */
  provisionerUrl: string
  /** The SQL console's addresses, as roles mgp_console and mgp_console_owner, which the migrations create too. */
  consoleUrl: string
  consoleOwnerUrl: string
  /** True when it ran already, whoever started it. */
  adopted: boolean
  pid(): number
  /** Starts it again whenever it dies; `log` hears of it. */
  supervise(log: (sentence: string) => void): void
  /** Ends it unless another process uses it. `immediate` does not wait for a checkpoint. */
  stop(mode?: 'fast' | 'immediate'): Promise<void>
}

export type EmbeddedOptions = {
  /** False for tests: faster, and lost when the machine crashes. */
  durable?: boolean
  /** How to run when we are root; found out by default. */
  rootStrategy?: RootStrategy
}

const database = 'magestionpsy'

/** What this process has open or is opening, for a signal that cuts it short. */
const open = new Set<Promise<EmbeddedPostgres>>()

export async function stopEverythingEmbedded(): Promise<void> {
  await Promise.allSettled([...open].map(async (starting) => (await starting).stop()))
}

export function startEmbedded(dataDir: string, options: EmbeddedOptions = {}): Promise<EmbeddedPostgres> {
  const starting = start(dataDir, options, () => open.delete(starting))
  open.add(starting)
  return starting
}

async function start(
  dataDir: string,
  options: EmbeddedOptions,
  onStop: () => void,
): Promise<EmbeddedPostgres> {
  fs.mkdirSync(dataDir, { recursive: true, mode: 0o711 })
  const durable = options.durable ?? true
  const lockFile = path.join(dataDir, 'postgres.lock')
  const account = accountFor(dataDir, options.rootStrategy)
  const folder = clusterFolder(account)

  const { secrets, running, adopted } = await withLock(lockFile, async () => {
    const known = readSecrets(dataDir)
    await ensureCluster(account, known.adminPassword)
    const found = await adopt(folder, known.adminPassword)
    const current = found ? { postmaster: found, child: undefined } : await launch(dataDir, account, durable)
    await ensureDatabase(address('postgres', known.adminPassword, current.postmaster.port, database))
    enter(dataDir)
    return { secrets: known, running: current, adopted: found !== undefined }
  })
  const { adminPassword, appPassword } = secrets

  const { port } = running.postmaster
  let { postmaster, child } = running
  child?.unref()
  let isStopping = false

  async function revive(log: (sentence: string) => void): Promise<void> {
    log('The embedded database died: starting it again.')
    while (!isStopping) {
      try {
        await withLock(lockFile, async () => {
          if (isStopping) return
          const found = await adopt(folder, adminPassword)
          // On the same port, since the server's pool knows no other.
          const again = found
            ? { postmaster: found, child: undefined }
            : await relaunch(dataDir, account, durable, port)
          ;({ postmaster, child } = again)
        })
        if (!isStopping) log('The embedded database runs again.')
        return
      } catch (error) {
        log(
          `The embedded database did not come back yet: ${error instanceof Error ? error.message : String(error)}`,
        )
        await sleep(1_000)
      }
    }
  }

  return {
    adminUrl: address('postgres', adminPassword, port, database),
    appUrl: address('mgp_app', appPassword, port, database),
    appPassword,
    sequencerUrl: address('mgp_sequencer', secrets.sequencerPassword, port, database),
    provisionerUrl: address('mgp_provisioner', secrets.provisionerPassword, port, database),
    consoleUrl: address('mgp_console', secrets.consolePassword, port, database),
    consoleOwnerUrl: address('mgp_console_owner', secrets.consoleOwnerPassword, port, database),
    adopted,
    pid: () => postmaster.pid,
    supervise(log) {
      void (async () => {
        while (!isStopping) {
          if (isAlive(postmaster.pid)) await sleep(200, undefined, { ref: false })
          else await revive(log)
        }
      })()
    },
    async stop(mode = 'fast') {
      isStopping = true
      onStop()
      if (mode === 'immediate') return stopPostmaster(folder, mode)
      await withLock(lockFile, async () => {
        if (leave(dataDir)) await stopPostmaster(folder, mode)
      })
    },
  }
}

/** One that runs and knows our password is ours; one that does not answer is stopped, and the dead are cleared away. */
async function adopt(folder: string, adminPassword: string): Promise<Postmaster | undefined> {
  let mute = 0
  for (;;) {
    const found = findPostmaster(folder)
    if (!found) break
    // One that still recovers from a crash takes the time it takes.
    if (!found.isReady) await sleep(20)
    else if (await answers(address('postgres', adminPassword, found.port, 'postgres'))) return found
    else if (++mute === 3) await stopPostmaster(folder, 'immediate')
  }
  await endLeftovers(folder)
  return undefined
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 })
  client.on('error', () => {})
  try {
    await client.connect()
    await client.query('SELECT 1')
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => {})
  }
}

type Running = { postmaster: Postmaster; child: ChildProcess | undefined }

/** Between finding a free port and taking it another program may be faster: then another port is chosen. */
async function launch(dataDir: string, account: Account, durable: boolean): Promise<Running> {
  const secrets = readSecrets(dataDir)
  for (let attempt = 1; ; attempt++) {
    const port = await freePort(attempt === 1 ? secrets.port : undefined)
    try {
      const running = await relaunch(dataDir, account, durable, port)
      if (port !== secrets.port) writeSecrets(dataDir, { ...secrets, port })
      return running
    } catch (error) {
      const said = error instanceof PostgresError ? error.message : ''
      const isTaken = /could not bind|could not create any TCP/.test(said)
      // Where leftovers of a killed one cannot be listed (macOS), they are waited for.
      const isLeaving = /pre-existing shared memory block/.test(said)
      if (isLeaving) await sleep(1_000)
      if ((!isTaken && !isLeaving) || attempt === 10) throw error
    }
  }
}

async function relaunch(dataDir: string, account: Account, durable: boolean, port: number): Promise<Running> {
  const logFile = path.join(dataDir, 'postgres.log')
  keepShort(logFile)
  return startPostmaster(account, { port, durable, logFile })
}

function keepShort(logFile: string): void {
  const size = fs.statSync(logFile, { throwIfNoEntry: false })?.size ?? 0
  if (size > 10_000_000) fs.renameSync(logFile, `${logFile}.1`)
}

async function ensureDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  try {
    await client.connect()
  } catch (error) {
    const isMissing = error instanceof pg.DatabaseError && error.code === '3D000'
    if (!isMissing) throw error
    await createDatabase(url)
  } finally {
    await client.end().catch(() => {})
  }
}

async function createDatabase(url: string): Promise<void> {
  const target = new URL(url)
  target.pathname = '/postgres'
  const client = new pg.Client({ connectionString: target.href })
  await client.connect()
  try {
    await client.query(`CREATE DATABASE ${database}`)
  } finally {
    await client.end()
  }
}

function address(user: string, password: string, port: number, name: string): string {
  return `postgres://${user}:${password}@127.0.0.1:${port}/${name}`
}
