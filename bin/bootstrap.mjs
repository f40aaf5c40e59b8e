/**
 * From a bare folder to a running command: installs what is missing, then hands over to the pinned Node.
 * Runs under the machine's own Node (20 or newer), before any dependency exists: plain JavaScript only.
 */
import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)))

const entries = {
  start: 'apps/server/launch.ts',
  mgp: 'apps/server/cli/index.ts',
  build: 'apps/server/build.ts',
  bench: 'bench/run.ts',
  'new-module': 'bin/new-module.ts',
  check: 'bin/check.ts',
  format: 'bin/format.ts',
  test: 'bin/run-tests.ts',
}

const [command = '', ...args] = process.argv.slice(2)
const entry = entries[command]
if (!entry) refuse(`Unknown command "${command}": one of ${Object.keys(entries).join(', ')} is expected.`)

const major = Number(process.versions.node.split('.')[0])
if (major < 20) {
  refuse(`MaGestionPsy needs Node.js 20 or newer to set itself up; this is Node.js ${process.versions.node}.`)
}

try {
  // Imported only now, so that an old Node reads the sentence above and not a syntax error.
  const { pinnedNode } = await import('./setup/pinned-node.mjs')
  const { installDependencies } = await import('./setup/install.mjs')
  const { linkPostgresLibraries } = await import('./setup/postgres-links.mjs')
  const node = pinnedNode(root)
  await installDependencies(root)
  linkPostgresLibraries(root)
  handOver(node, [path.join(root, entry), ...args])
} catch (error) {
  if (error instanceof Error && error.name === 'SetupError') refuse(error.message)
  throw error
}

function handOver(node, argv) {
  const delimited = [path.dirname(node), path.join(root, 'node_modules', '.bin'), process.env.PATH]
  // `npm start` runs in the repository; `mgp` keeps the folder it was called from, for its file arguments.
  const cwd = command === 'mgp' ? process.cwd() : root
  const env = { ...process.env, PATH: delimited.join(path.delimiter) }
  const child = spawn(node, argv, { stdio: 'inherit', cwd, env })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('error', (error) => refuse(`The pinned Node.js could not be started (${node}): ${error.message}`))
  child.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]))
}

function refuse(sentence) {
  process.stderr.write(`\n${sentence}\n\n`)
  process.exit(1)
}
