/** The cluster on disk: made once, with one random password, and the settings it always runs with. */
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import fs from 'node:fs'
import path from 'node:path'
import { PostgresError } from '../postgres-error.ts'
import type { Account } from './account.ts'

/** Kept in DATA_DIR/postgres.json, mode 0600. */
export type ClusterSecrets = {
  port: number | undefined
  adminPassword: string
  appPassword: string
  sequencerPassword: string
  provisionerPassword: string
  consolePassword: string
  consoleOwnerPassword: string
}

const isLinux = process.platform === 'linux'

export function readSecrets(dataDir: string): ClusterSecrets {
  const file = path.join(dataDir, 'postgres.json')
  // Written below and nowhere else; an older release knew fewer of them.
  const kept = fs.existsSync(file)
    ? (JSON.parse(fs.readFileSync(file, 'utf8')) as Partial<ClusterSecrets>)
    : undefined
  if (kept && isWhole(kept)) return kept
  const secret = () => randomBytes(24).toString('base64url')
  return writeSecrets(dataDir, {
    port: undefined,
    adminPassword: secret(),
    appPassword: secret(),
    sequencerPassword: secret(),
    provisionerPassword: secret(),
    consolePassword: secret(),
    consoleOwnerPassword: secret(),
    ...kept,
  })
}

function isWhole(secrets: Partial<ClusterSecrets>): secrets is ClusterSecrets {
  return (
    secrets.sequencerPassword !== undefined &&
    secrets.provisionerPassword !== undefined &&
    secrets.consolePassword !== undefined &&
    secrets.consoleOwnerPassword !== undefined
  )
}

export function writeSecrets(dataDir: string, secrets: ClusterSecrets): ClusterSecrets {
  const file = path.join(dataDir, 'postgres.json')
  fs.writeFileSync(`${file}.new`, JSON.stringify(secrets), { mode: 0o600 })
  fs.renameSync(`${file}.new`, file)
  return secrets
}

export function clusterFolder(account: Account): string {
  return path.join(account.home, 'postgres')
}

/** Made aside and renamed when whole: a kill in the middle leaves nothing that looks like a cluster. */
export async function ensureCluster(account: Account, adminPassword: string): Promise<void> {
  const folder = clusterFolder(account)
  if (fs.existsSync(path.join(folder, 'PG_VERSION'))) return
  // A name of our own: the initdb of a start that was killed may still be writing in the last one.
  sweepDrafts(account.home)
  const draft = `${folder}.new-${process.pid}-${Date.now()}`
  const passwordFile = path.join(account.home, 'postgres.password')
  fs.mkdirSync(draft, { mode: 0o700 })
  fs.writeFileSync(passwordFile, adminPassword, { mode: 0o600 })
  account.give(draft)
  account.give(passwordFile)
  try {
    await initdb(account, draft, passwordFile)
  } finally {
    fs.rmSync(passwordFile, { force: true })
  }
  fs.renameSync(draft, folder)
  // That other initdb may have written on while its files were being removed; it is over by now.
  sweepDrafts(account.home)
}

function sweepDrafts(home: string): void {
  for (const name of fs.readdirSync(home).filter((entry) => entry.startsWith('postgres.new-'))) {
    fs.rmSync(path.join(home, name), { recursive: true, force: true, maxRetries: 5 })
  }
}

async function initdb(account: Account, folder: string, passwordFile: string): Promise<void> {
  const args = [
    `--pgdata=${folder}`,
    '--username=postgres',
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale-provider=builtin',
    '--locale=C.UTF-8',
    '--no-instructions',
    ...(isLinux ? ['--sync-method=syncfs'] : []),
  ]
  const child = account.run('initdb', args, ['ignore', 'pipe', 'pipe'])
  let output = ''
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const [code] = await once(child, 'close')
  if (code !== 0)
    throw new PostgresError(`The embedded database could not be created (initdb):\n${output.trim()}`)
}

/** `durable: false` is for tests: faster, and lost when the machine (not a process) crashes. */
export function settings(port: number, durable: boolean): string[] {
  const values: Record<string, string | number> = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    max_connections: 200,
    shared_buffers: '256MB',
    effective_cache_size: '1GB',
    work_mem: '16MB',
    maintenance_work_mem: '128MB',
    max_wal_size: '2GB',
    checkpoint_timeout: '15min',
    // Nobody replicates or archives a trial; bulk loads skip the log.
    wal_level: 'minimal',
    max_wal_senders: 0,
    random_page_cost: 1.1,
    jit: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_line_prefix: '%m [%p] %q%u@%d ',
    // With one syncfs instead of a walk over every file, recovery after a crash takes a moment.
    ...(isLinux ? { recovery_init_sync_method: 'syncfs' } : {}),
    ...(durable ? {} : { fsync: 'off', full_page_writes: 'off', autovacuum: 'off' }),
  }
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}
