/** The server as a child process: what it is told, how it is waited for, how it ends. */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import http from 'node:http'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { variables } from '#platform/server/config-variables.ts'
import { rootDir, type Config } from '#platform/server/config.ts'
import { identify, isRunning, type Holder } from '#platform/server/process-lock.ts'
import { Refusal } from './refusal.ts'

export type ServerProcess = {
  /** Resolves when it answers /health/ready; rejects with the reason when it ends before. */
  ready(): Promise<void>
  /** Resolves with the reason when it ends without being asked to. */
  crashed: Promise<string>
  stop(): Promise<void>
  kill(): void
}

/** Besides our own variables, only what Node and the network of this machine need. The administrator's address is none. */
const passedOn = [
  'PATH',
  'HOME',
  'LANG',
  'TZ',
  'TMPDIR',
  'NODE_EXTRA_CA_CERTS',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
]

export function startServer(config: Config, appUrl: string): ServerProcess {
  const logFile = path.join(config.dataDir, 'server.log')
  // A trial's terminal shows the address and nothing else; elsewhere the log is what the terminal is for.
  const log = config.appEnv === 'demonstration' ? openLog(logFile) : 'inherit'
  const here = path.join(rootDir, 'apps/server')
  const child = spawn(
    process.execPath,
    ['--import', path.join(here, 'leash.ts'), path.join(here, 'main.ts')],
    {
      cwd: rootDir,
      env: environment(config, appUrl),
      // In a session of its own: Ctrl+C reaches it through the launcher, once.
      detached: true,
      stdio: ['ignore', log, 'pipe', 'ipc'],
    },
  )
  if (typeof log === 'number') fs.closeSync(log)
  let said = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-4_000)
    if (log === 'inherit') process.stderr.write(chunk)
  })
  remember(config.dataDir, child)

  let isAsked = false
  const ended = once(child, 'close').then(([code, signal]) => {
    const how = signal ? `was ended by ${signal}` : `ended with code ${code}`
    return `The server ${how}.${said.trim() ? `\n${said.trim()}` : ` Its log: ${logFile}`}`
  })
  const crashed = ended.then((reason) => (isAsked ? new Promise<string>(() => {}) : reason))

  return {
    crashed,
    async ready() {
      const failed = ended.then((reason) => Promise.reject(new Refusal(reason)))
      await Promise.race([failed, untilReady(config)])
    },
    async stop() {
      isAsked = true
      child.kill('SIGTERM')
      const late = setTimeout(() => child.kill('SIGKILL'), 30_000)
      await ended
      clearTimeout(late)
    },
    kill() {
      isAsked = true
      child.kill('SIGKILL')
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

function environment(config: Config, appUrl: string): NodeJS.ProcessEnv {
  const names = [...passedOn, ...Object.keys(variables).filter((name) => name !== 'DATABASE_ADMIN_URL')]
  const env = Object.fromEntries(names.map((name) => [name, process.env[name]]))
  const isDevelopment = config.appEnv === 'development' || config.appEnv === 'test'
  return {
    ...env,
    NODE_ENV: isDevelopment ? 'development' : 'production',
    DATABASE_URL: appUrl,
    DATA_DIR: config.dataDir,
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

function openLog(file: string): number {
  const size = fs.statSync(file, { throwIfNoEntry: false })?.size ?? 0
  if (size > 10_000_000) fs.renameSync(file, `${file}.1`)
  return fs.openSync(file, 'a', 0o600)
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
