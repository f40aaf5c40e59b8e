/**
 * Adds to package-lock.json the optional packages of other platforms that npm left out, which it does when the registry
 * it was made with lacks them. Without them `npm ci` refuses the file from npm 11 on, and `npm install` asks the registry
 * for each. Run by hand after adding a dependency: node bin/complete-lock.mjs
 * With --verify it changes nothing and fails when something is missing or package.json asks for something else.
 */
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { isDeepStrictEqual } from 'node:util'

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..')
const file = path.join(root, 'package-lock.json')
const lock = JSON.parse(fs.readFileSync(file, 'utf8'))
const missing = Object.entries(lock.packages).flatMap(([parent, entry]) =>
  Object.entries(entry.optionalDependencies ?? {})
    .filter(([name]) => !isThere(parent, name))
    .map(([name, version]) => ({ name, version, dev: entry.dev, engines: entry.engines })),
)

for (const { name, version } of missing) process.stdout.write(`missing: ${name}@${version}\n`)

if (process.argv.includes('--verify')) {
  const asked = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'))
  const kinds = ['dependencies', 'devDependencies', 'optionalDependencies']
  const stale = kinds.filter((kind) => !isDeepStrictEqual(asked[kind], lock.packages[''][kind]))
  for (const kind of stale) process.stdout.write(`package.json and package-lock.json differ in ${kind}\n`)
  process.exitCode = missing.length + stale.length > 0 ? 1 : 0
} else {
  complete()
}

function complete() {
  for (const { name, version, dev, engines } of missing) {
    const kind = { ...(dev && { dev }), optional: true, engines }
    lock.packages[`node_modules/${name}`] = { version, ...platformOf(name), ...kind }
  }
  const byPath = ([one], [other]) => one.localeCompare(other, 'en')
  lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(byPath))
  fs.writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`)
}

/** Whether Node would find it from there: in the package's own node_modules or in one further up. */
function isThere(parent, name) {
  for (let at = parent; ; at = at.replace(/(^|\/)node_modules\/(@[^/]+\/)?[^/]+$/, '')) {
    if (lock.packages[`${at ? `${at}/` : ''}node_modules/${name}`]) return true
    if (at === '') return false
  }
}

/** Such packages are named by what they run on: binding-linux-arm64-musl. */
function platformOf(name) {
  const [, os, cpu, abi] =
    /(android|darwin|freebsd|linux|openharmony|win32|wasm32)(?:-(\w+))?(?:-(\w+))?$/.exec(name)
  if (os === 'wasm32') return { cpu: ['wasm32'] }
  const libc = os === 'linux' && /gnu|musl/.exec(abi)?.[0]
  return { cpu: [cpu], os: [os], ...(libc && { libc: [libc === 'gnu' ? 'glibc' : 'musl'] }) }
}
