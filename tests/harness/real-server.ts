/** The server as people run it: a process of its own on a port of its own, over a database of its own. */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import net from 'node:net'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { confinement } from '../../apps/server/launch/confinement.ts'
import { readConfig, rootDir } from '#platform/server/config.ts'
import { loadMasterKey } from '#platform/server/master-key.ts'

export type RealServer = {
  /** The back-office's origin, `http://localhost:<port>`. */
  url: string
  /** The practice app's origin, `http://app.localhost:<port>`. */
  practiceUrl: string
  dataDir: string
  pid(): number
  /** As a power cut would: no goodbye to anybody. */
  kill(): Promise<void>
  /** Again, on the same port and database; as another release has it where its script is given. */
  start(script?: string): Promise<void>
  stop(): Promise<void>
  log(): string
}

/** Starts it and waits until it is ready. `env` says what differs from a demonstration. */
export async function startRealServer(on: {
  databaseUrl: string
  dataDir: string
  env?: Record<string, string>
  /** What runs instead of apps/server/main.ts: a server that differs in one thing, for a benchmark. */
  script?: string
}): Promise<RealServer> {
  const port = await freePort()
  const url = `http://localhost:${port}`
  const logFile = path.join(on.dataDir, 'server.log')
  const here = path.join(rootDir, 'apps/server')
  fs.mkdirSync(on.dataDir, { recursive: true })
  let child: ChildProcess | undefined

  const server: RealServer = {
    url,
    practiceUrl: `http://app.localhost:${port}`,
    dataDir: on.dataDir,
    pid: () => child?.pid ?? 0,
    log: () => (fs.existsSync(logFile) ? fs.readFileSync(logFile, 'utf8') : ''),

    async start(script = on.script ?? path.join(here, 'main.ts')) {
      const log = fs.openSync(logFile, 'a')
      const env = {
        PATH: process.env.PATH,
        HOME: process.env.HOME,
        TZ: process.env.TZ,
        NODE_ENV: 'production',
        APP_ENV: 'demonstration',
        PORT: String(port),
        DATABASE_URL: on.databaseUrl,
        DATA_DIR: on.dataDir,
        ...on.env,
      }
      // As the launcher starts it: with no more of the machine's files than that.
      const config = readConfig(env)
      loadMasterKey(config)
      const flags = [...confinement(config), '--import', path.join(here, 'leash.ts')]
      child = spawn(process.execPath, [...flags, script], {
        cwd: rootDir,
        env,
        // The channel is the leash: the server leaves when the test's process is gone.
        stdio: ['ignore', log, log, 'ipc'],
      })
      fs.closeSync(log)
      await untilReady(child, url, server.log)
    },

    async stop() {
      await end(child, 'SIGTERM')
    },

    async kill() {
      await end(child, 'SIGKILL')
    },
  }
  await server.start()
  return server
}

async function end(child: ChildProcess | undefined, signal: NodeJS.Signals): Promise<void> {
  if (!child || child.exitCode !== null || child.signalCode !== null) return
  const closed = once(child, 'close')
  child.kill(signal)
  await closed
}

async function untilReady(child: ChildProcess, url: string, log: () => string): Promise<void> {
  while (!(await answers(`${url}/health/ready`))) {
    if (child.exitCode !== null || child.signalCode !== null) {
      throw new Error(`the server ended before it was ready:\n${log().slice(-4_000)}`)
    }
    await sleep(50)
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok
  } catch {
    return false
  }
}

/** @returns a port nobody listened on a moment ago */
export async function freePort(): Promise<number> {
  const probe = net.createServer().listen(0, 'localhost')
  await once(probe, 'listening')
  const { port } = probe.address() as net.AddressInfo // it listens on TCP
  probe.close()
  await once(probe, 'close')
  return port
}
