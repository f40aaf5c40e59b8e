import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { alone } from './lock.mjs'
import { SetupError } from './setup-error.mjs'

/** Makes node_modules what package-lock.json says, with a stamp so that the next start only compares two hashes. */
export async function installDependencies(root) {
  if (isStamped(root)) return
  const waiting = () =>
    say(
      'Un autre démarrage installe les dépendances : on l’attend…\n' +
        'Another start is installing the dependencies: waiting for it…',
    )
  await alone(path.join(root, '.bootstrap.lock'), waiting, async () => {
    if (isStamped(root)) return
    if (!isSameTree(root)) await runNpm(root)
    fs.writeFileSync(stampFile(root), lockHash(root))
  })
}

function isStamped(root) {
  try {
    return fs.readFileSync(stampFile(root), 'utf8') === lockHash(root)
  } catch {
    return false
  }
}

function stampFile(root) {
  return path.join(root, 'node_modules', '.magestionpsy')
}

function lockHash(root) {
  const hash = createHash('sha256').update(fs.readFileSync(path.join(root, 'package-lock.json')))
  return `${hash.digest('hex')} ${process.platform}-${process.arch}`
}

/** Somebody may have run npm by hand: npm's own record of what it installed is then worth as much as our stamp. */
function isSameTree(root) {
  try {
    const wanted = packagesOf(path.join(root, 'package-lock.json'))
    const present = packagesOf(path.join(root, 'node_modules', '.package-lock.json'))
    return Object.entries(wanted).every(
      ([name, { version, optional }]) =>
        name === '' ||
        (name in present
          ? present[name].version === version && fs.existsSync(path.join(root, name))
          : optional),
    )
  } catch {
    return false
  }
}

function packagesOf(file) {
  return JSON.parse(fs.readFileSync(file, 'utf8')).packages
}

/** Spelled out, because a machine's own npm settings (production, omit, engine-strict) must not change the result. */
const unmoved = [
  '--include=dev',
  '--include=optional',
  '--engine-strict=false',
  '--loglevel=error',
  // A dead network is told within seconds.
  '--fetch-retries=2',
  '--fetch-retry-mintimeout=1000',
  '--fetch-retry-maxtimeout=3000',
]

async function runNpm(root) {
  say(
    'Installation des dépendances (une à deux minutes la première fois)…\n' +
      'Installing the dependencies (the first time takes a minute or two)…',
  )
  const [node, ...npm] = npmCommand()
  // Not `npm ci`, which first empties node_modules under the feet of whatever runs; `install --no-save` brings the same
  // locked versions and writes neither package file.
  const args = [...npm, 'install', '--no-save', '--ignore-scripts', '--no-audit', '--no-fund', ...unmoved]
  const began = Date.now()
  const seconds = () => Math.round((Date.now() - began) / 1000)
  const progress = setInterval(() => say(`  … ${seconds()} s`), 10_000)
  try {
    const { code, output } = await run(node, args, root)
    if (code !== 0) throw new SetupError(explain(output))
  } finally {
    clearInterval(progress)
  }
  say(`Dépendances installées en ${seconds()} s. Dependencies installed.`)
}

/** The npm that runs us, under the Node it runs on: node_modules' own Node disappears while npm works. */
function npmCommand() {
  const { npm_execpath: npm, npm_node_execpath: node } = process.env
  if (npm && path.basename(npm) === 'npm-cli.js') return [node ?? process.execPath, npm]
  return ['npm']
}

function run(file, args, cwd) {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { cwd, stdio: ['ignore', 'inherit', 'pipe'] })
    let output = ''
    child.stderr.on('data', (chunk) => {
      output += chunk
      process.stderr.write(chunk)
    })
    child.on('error', (error) => {
      reject(
        new SetupError(
          `npm could not be started (${error.message}). It comes with Node.js: is it on the PATH?`,
        ),
      )
    })
    child.on('close', (code) => resolve({ code, output }))
  })
}

const networkFailure =
  /ENOTFOUND|CERT|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|network/i

function explain(output) {
  if (networkFailure.test(output)) {
    return 'The dependencies could not be downloaded: npm did not reach its registry. Check the network or the proxy, then run the same command again.'
  }
  if (/ENOSPC/.test(output)) return 'The dependencies could not be installed: the disk is full.'
  if (/EACCES|EPERM|EROFS/.test(output)) {
    return 'The dependencies could not be installed: this folder cannot be written to.'
  }
  return 'The dependencies could not be installed: npm says why above.'
}

function say(sentence) {
  process.stderr.write(`${sentence}\n`)
}
