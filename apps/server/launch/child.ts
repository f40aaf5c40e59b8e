/** A process of ours below the launcher: on the leash, its log in a file or in the terminal. */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import path from 'node:path'
import type { VariableName } from '#platform/server/config-variables.ts'
import { rootDir, type Config } from '#platform/server/config.ts'

export type Child = {
  process: ChildProcess
  /** Resolves with a sentence, and the code when it ended by itself. */
  ended: Promise<{ how: string; code: number | null }>
  /** Asks it to leave; after 30 seconds it is made to. */
  stop(): Promise<void>
  kill(): void
}

/** Besides our own variables, only what Node and the network of this machine need. */
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

export type ChildOptions = {
  /** Beside this folder's parent: `main.ts`. */
  entry: string
  /** `server`: its log is `server.log`. */
  name: string
  /** Of Node itself. */
  flags?: readonly string[]
  /** Variables of ours that it may know, as they were given to us. */
  knows: readonly VariableName[]
  /** And those that the launcher decides. */
  told: Partial<Record<VariableName, string>>
}

export function startChild(config: Config, options: ChildOptions): Child {
  const { entry, name, flags = [] } = options
  const logFile = path.join(config.dataDir, `${name}.log`)
  // A trial's terminal shows the address and nothing else; elsewhere the log is what the terminal is for.
  const log = config.appEnv === 'demonstration' ? openLog(logFile) : 'inherit'
  const here = path.join(rootDir, 'apps/server')
  const child = spawn(
    process.execPath,
    [...flags, '--import', path.join(here, 'leash.ts'), path.join(here, entry)],
    {
      cwd: rootDir,
      env: environment(config, options),
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
  const ended = once(child, 'close').then(([code, signal]) => {
    const how = signal ? `was ended by ${signal}` : `ended with code ${code}`
    return {
      how: `The ${name} ${how}.${said.trim() ? `\n${said.trim()}` : ` Its log: ${logFile}`}`,
      code: code as number | null, // as Node hands it to `close`
    }
  })
  return {
    process: child,
    ended,
    async stop() {
      child.kill('SIGTERM')
      const late = setTimeout(() => child.kill('SIGKILL'), 30_000)
      await ended
      clearTimeout(late)
    },
    kill: () => void child.kill('SIGKILL'),
  }
}

function environment(config: Config, { knows, told }: ChildOptions): NodeJS.ProcessEnv {
  const env = Object.fromEntries([...passedOn, ...knows].map((name) => [name, process.env[name]]))
  const isDevelopment = config.appEnv === 'development' || config.appEnv === 'test'
  return {
    ...env,
    NODE_ENV: isDevelopment ? 'development' : 'production',
    DATA_DIR: config.dataDir,
    ...told,
  }
}

function openLog(file: string): number {
  const size = fs.statSync(file, { throwIfNoEntry: false })?.size ?? 0
  if (size > 10_000_000) fs.renameSync(file, `${file}.1`)
  return fs.openSync(file, 'a', 0o600)
}
