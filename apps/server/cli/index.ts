/** bin/mgp: each command is one file of this folder, named by its noun; this one only finds it. */
import fs from 'node:fs'
import { enableCompileCache } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { ConfigError, rootDir } from '#platform/server/config.ts'
import { stopEverythingEmbedded } from '#platform/server/embedded-postgres.ts'
import { PostgresError } from '#platform/server/postgres-error.ts'

export type Command = {
  /** The lines of `mgp help`: usage, spaces, what it does. */
  about: string
  /** Resolves to the exit code, 0 when it says nothing. */
  run(args: string[]): Promise<number | void>
}

// A command is a moment's work, and reading the programme is half of it. A folder that cannot be written to is done without.
enableCompileCache(path.join(rootDir, 'node_modules/.cache/mgp'))

const [noun = 'help', ...args] = process.argv.slice(2)

// A database started for this command does not outlive it. One Ctrl+C arrives more than once: later ones change nothing.
let isLeaving = false
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const) {
  process.on(signal, () => {
    if (isLeaving) return
    isLeaving = true
    // What is cut short fails as it should, and nobody wants to read about it.
    process.on('uncaughtException', () => {})
    void stopEverythingEmbedded().finally(() => process.exit(code))
  })
}

try {
  process.exitCode = await dispatch()
} catch (error) {
  if (!isLeaving) process.exitCode = explain(error)
}

async function dispatch(): Promise<number> {
  if (['help', '--help', '-h'].includes(noun)) return help()
  if (!commandNames().includes(noun)) {
    console.error(`Unknown command: ${noun}\n`)
    await help()
    return 2
  }
  return (await (await load(noun)).run(args)) ?? 0
}

async function help(): Promise<number> {
  console.log('mgp, the command line of MaGestionPsy. Works beside a running server or alone.\n')
  const commands = await Promise.all(commandNames().map(load))
  for (const line of commands.flatMap(({ about }) => about.split('\n'))) {
    const [usage = '', what = ''] = line.split(/\s{2,}/)
    console.log(`  mgp ${usage.padEnd(28)} ${what}`)
  }
  return 0
}

function commandNames(): string[] {
  return fs
    .readdirSync(import.meta.dirname)
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && file !== 'index.ts')
    .map((file) => path.basename(file, '.ts'))
    .sort()
}

async function load(name: string): Promise<Command> {
  // Every file of this folder keeps the shape above: `mgp help` reads them all, and a test runs it.
  return (await import(pathToFileURL(path.join(import.meta.dirname, `${name}.ts`)).href)) as Command
}

/** What a person can mend is a sentence; anything else is a bug and shows its stack. */
function explain(error: unknown): number {
  if (error instanceof ConfigError) {
    error.problems.forEach((problem) => console.error(problem))
    return 2
  }
  console.error(error instanceof PostgresError ? error.message : error)
  return 1
}
