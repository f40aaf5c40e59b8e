/** Both web apps, built by Vite when their sources are not the ones of the last build. */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import fs from 'node:fs'
import path from 'node:path'
import { rootDir } from '#platform/server/config.ts'
import { withLock } from '#platform/server/process-lock.ts'
import { Refusal } from './refusal.ts'

const apps = ['backoffice', 'practice'] as const
type WebApp = (typeof apps)[number]

const dist = path.join(rootDir, 'dist')

/** @throws {Refusal} with what Vite said */
export async function buildWebApps(log: (sentence: string) => void): Promise<void> {
  const stale = apps.filter((app) => hasSources(app) && !isBuilt(app, sourcesHash(app)))
  if (stale.length === 0) return
  // Tests and a start may come at the same time: one builds, the other finds it done.
  await withLock(path.join(dist, 'build.lock'), async () => {
    const left = stale.filter((app) => !isBuilt(app, sourcesHash(app)))
    if (left.length > 0) {
      log(`Construction des applications web (${left.join(', ')})…\nBuilding the web apps…`)
    }
    await Promise.all(left.map(build))
  })
}

function hasSources(app: WebApp): boolean {
  return fs.existsSync(path.join(rootDir, 'apps', app, 'vite.config.ts'))
}

function isBuilt(app: WebApp, hash: string): boolean {
  const stamp = stampOf(app)
  const isWhole = fs.existsSync(path.join(dist, app, 'index.html')) && fs.existsSync(stamp)
  return isWhole && fs.readFileSync(stamp, 'utf8') === hash
}

function stampOf(app: WebApp): string {
  return path.join(dist, `${app}.sources`)
}

/** Built aside and swapped in when whole: a server that runs meanwhile never serves half a build. */
async function build(app: WebApp): Promise<void> {
  const hash = sourcesHash(app)
  const draft = path.join(dist, `${app}.new`)
  const vite = path.join(rootDir, 'node_modules/vite/bin/vite.js')
  const root = path.join(rootDir, 'apps', app)
  const config = path.join(root, 'vite.config.ts')
  const args = [
    vite,
    'build',
    root,
    '--config',
    config,
    '--outDir',
    draft,
    '--emptyOutDir',
    '--logLevel',
    'warn',
  ]
  const env = { ...process.env, NODE_ENV: 'production' }
  const child = spawn(process.execPath, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const endWithUs = () => child.kill()
  process.once('exit', endWithUs)
  const [code] = await once(child, 'close')
  process.off('exit', endWithUs)
  if (code !== 0) throw new Refusal(`The web app ${app} could not be built:\n${said.trim()}`)
  fs.rmSync(path.join(dist, app), { recursive: true, force: true })
  fs.renameSync(draft, path.join(dist, app))
  fs.writeFileSync(stampOf(app), hash)
}

/** Everything a build reads: by content, since a checkout or a copy changes every date. */
function sourcesHash(app: WebApp): string {
  const hash = createHash('sha256').update(process.version)
  for (const file of sourcesOf(app)) {
    hash.update(`\0${path.relative(rootDir, file)}\0`).update(fs.readFileSync(file))
  }
  return hash.digest('hex')
}

function sourcesOf(app: WebApp): string[] {
  const modules = fs.existsSync(path.join(rootDir, 'modules'))
    ? fs.readdirSync(path.join(rootDir, 'modules'))
    : []
  return [
    'package.json',
    'package-lock.json',
    `apps/${app}`,
    'platform/ui',
    'platform/contract',
    ...modules
      .sort()
      .flatMap((name) =>
        [app, 'messages', 'contract', 'contract.ts'].map((part) => `modules/${name}/${part}`),
      ),
  ].flatMap((entry) => filesIn(path.join(rootDir, entry)))
}

function filesIn(entry: string): string[] {
  const stat = fs.statSync(entry, { throwIfNoEntry: false })
  if (!stat) return []
  if (!stat.isDirectory()) return [entry]
  return fs
    .readdirSync(entry)
    .sort()
    .filter((name) => name !== 'node_modules' && !/\.test\.tsx?$/.test(name))
    .flatMap((name) => filesIn(path.join(entry, name)))
}
