/**
 * Adds to package-lock.json the optional packages of other platforms that npm left out, which it does when the registry
 * it was made with lacks them. Without them `npm ci` refuses the file from npm 11 on, and `npm install` asks the registry
 * for each. Run by hand after adding a dependency: node bin/complete-lock.mjs
 */
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const file = path.join(path.dirname(fileURLToPath(import.meta.url)), '..', 'package-lock.json')
const lock = JSON.parse(fs.readFileSync(file, 'utf8'))
const missing = Object.entries(lock.packages).flatMap(([parent, entry]) =>
  Object.entries(entry.optionalDependencies ?? {})
    .filter(([name]) => !isThere(parent, name))
    .map(([name, version]) => ({ name, version, dev: entry.dev, engines: entry.engines })),
)

for (const { name, version, dev, engines } of missing) {
  lock.packages[`node_modules/${name}`] = {
    version,
    ...platformOf(name),
    ...(dev && { dev }),
    optional: true,
    engines,
  }
  process.stdout.write(`${name}@${version}\n`)
}
const byPath = ([one], [other]) => one.localeCompare(other, 'en')
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(byPath))
fs.writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`)

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
