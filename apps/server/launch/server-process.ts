/** The server as a child process: what it is told, how it is waited for, how it ends. */
import type { ChildProcess } from 'node:child_process'
import fs from 'node:fs'
import http from 'node:http'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { variables, type VariableName } from '#platform/server/config-variables.ts'
import type { Config } from '#platform/server/config.ts'
import { loadMasterKey } from '#platform/server/master-key.ts'
import { identify, isRunning, type Holder } from '#platform/server/process-lock.ts'
import { startChild } from './child.ts'
import { confinement } from './confinement.ts'
import { Refusal } from './refusal.ts'

export type ServerProcess = {
  /** Resolves when it answers /health/ready; rejects with the reason when it ends before. */
  ready(): Promise<void>
  /** Resolves with the reason when it ends without being asked to. */
  crashed: Promise<string>
  stop(): Promise<void>
  kill(): void
}

/** What is none of the server's business: a hole in it must not reach the administrator or the signing of the log. */
const kept: readonly VariableName[] = [
  'DATABASE_ADMIN_URL',
  'SEQUENCER_DATABASE_URL',
  'PROVISIONER_DATABASE_URL',
  'CONSOLE_DATABASE_URL',
  'AUDIT_SIGNING_KEY_FILE',
]

/**
 * @param provisionerUrl for one that runs the jobs; what only serves the web makes no database
 * @param consoleUrl where a login was made or given for the SQL console
 */
export function startServer(
  config: Config,
  {
    appUrl,
    provisionerUrl,
    consoleUrl,
  }: { appUrl: string; provisionerUrl: string | undefined; consoleUrl: string | undefined },
): ServerProcess {
  // Made now where it is kept in a file: the server may only read there.
  loadMasterKey(config)
  // Every variable there is: the list's own keys.
  const names = Object.keys(variables) as VariableName[]
  const child = startChild(config, {
    entry: 'main.ts',
    name: 'server',
    flags: confinement({ ...config, databaseUrl: appUrl }),
    knows: names.filter((name) => !kept.includes(name)),
    told: {
      DATABASE_URL: appUrl,
      ...(provisionerUrl === undefined ? {} : { PROVISIONER_DATABASE_URL: provisionerUrl }),
      ...(consoleUrl === undefined ? {} : { CONSOLE_DATABASE_URL: consoleUrl }),
    },
  })
  remember(config.dataDir, child.process)

  let isAsked = false
  const crashed = child.ended.then(({ how }) => (isAsked ? new Promise<string>(() => {}) : how))

  return {
    crashed,
    async ready() {
      const failed = child.ended.then(({ how }) => Promise.reject(new Refusal(how)))
      await Promise.race([failed, untilReady(config)])
    },
    async stop() {
      isAsked = true
      await child.stop()
    },
    kill() {
      isAsked = true
      child.kill()
    },
  }
}

/** Ends the server of a launcher that was killed, which the leash may not have reached yet. */
export async function endOrphanServer(dataDir: string): Promise<void> {
  const orphan = remembered(dataDir)
  for (let waited = 0; orphan && isRunning(orphan); waited += 25) {
    if (waited === 0) kill(orphan, 'SIGTERM')
    if (waited === 5_000) kill(orphan, 'SIGKILL')
    await sleep(25)
  }
}

async function untilReady(config: Config): Promise<void> {
  while (!(await isReady(config))) await sleep(25)
}

function isReady(config: Config): Promise<boolean> {
  const everywhere = config.listenHost === '0.0.0.0' || config.listenHost === '::'
  return new Promise((resolve) => {
    const host = everywhere ? 'localhost' : config.listenHost
    const request = http.get({ host, port: config.port, path: '/health/ready', agent: false }, (response) => {
      response.resume()
      resolve(response.statusCode === 200)
    })
    request.on('error', () => resolve(false))
  })
}

function remember(dataDir: string, child: ChildProcess): void {
  if (child.pid === undefined) return
  fs.writeFileSync(path.join(dataDir, 'server.json'), JSON.stringify(identify(child.pid)))
}

function remembered(dataDir: string): Holder | undefined {
  try {
    // Written above and nowhere else.
    return JSON.parse(fs.readFileSync(path.join(dataDir, 'server.json'), 'utf8')) as Holder
  } catch {
    return undefined
  }
}

function kill(holder: Holder, signal: NodeJS.Signals): void {
  try {
    process.kill(holder.pid, signal)
  } catch {
    // gone in the meantime
  }
}
