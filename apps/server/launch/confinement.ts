/**
 * What the server's process may touch of this machine's files, enforced by Node's permission model: a hole that reads or
 * writes files must not reach the key that signs the audit log, the database's passwords or what the sequencer publishes.
 * It is no wall against a hole that runs code (add-ons are allowed, argon2 is one): that takes a user of its own, see
 * docs/operations.md.
 */
import fs from 'node:fs'
import path from 'node:path'
import { rootDir, type Config } from '#platform/server/config.ts'

type Confined = Pick<
  Config,
  'dataDir' | 'databaseUrl' | 'auditWitnesses' | 'auditSigningKeyFile' | 'invoiceSeal'
>

/** Node's flags for the process that serves. */
export function confinement(config: Confined): string[] {
  const work = [...workFoldersOf(config), ...witnessFoldersOf(config)]
  const read = [
    ...programFiles(config),
    ...ownFacts,
    ...trustedCertificates(config),
    ...work,
    ...readOnly(config),
  ]
  return [
    '--permission',
    // On a machine with much memory V8 lets what is soon forgotten pile up: 90 MB of it, for nothing that anybody feels.
    '--max-semi-space-size=8',
    // argon2, and the threads it works in.
    '--allow-addons',
    '--allow-worker',
    '--allow-net',
    ...read.map((file) => `--allow-fs-read=${file}`),
    ...work.map((file) => `--allow-fs-write=${file}`),
    // We know: said above.
    ...['PERM0001', 'PERM0006', 'ExperimentalWarning'].map((what) => `--disable-warning=${what}`),
  ]
}

/** The programme itself, entry by entry: DATA_DIR may lie among them, and is none of it. */
function programFiles({ dataDir, auditSigningKeyFile }: Confined): string[] {
  const closed = [dataDir, ...(auditSigningKeyFile === undefined ? [] : [auditSigningKeyFile])]
  return fs
    .readdirSync(rootDir)
    .filter((name) => !name.startsWith('.'))
    .map((name) => path.join(rootDir, name))
    .filter((entry) => !closed.some((file) => isWithin(file, entry)))
    .flatMap(wholly)
}

function workFoldersOf({ dataDir }: Confined): string[] {
  return [
    'files',
    'work',
    'tenant-files',
    'support-files',
    'invoice-files',
    'billing-mails',
    'invoice-seal',
    'sql-exports',
    'backups',
  ].flatMap((name) => wholly(path.join(dataDir, name)))
}

/** The log is read by whoever serves it, and written by the sequencer alone. */
function readOnly({ dataDir, invoiceSeal }: Confined): string[] {
  return [
    path.join(dataDir, 'master.key'),
    ...wholly(path.join(dataDir, 'audit-log')),
    ...(invoiceSeal ? [invoiceSeal.certificate, invoiceSeal.key].flatMap(wholly) : []),
  ]
}

/** Where copies of the log's checkpoints are put. */
function witnessFoldersOf({ auditWitnesses }: Confined): string[] {
  return auditWitnesses.flatMap((place) => {
    const url = URL.parse(place)
    return url?.protocol === 'folder:' ? wholly(decodeURIComponent(url.pathname)) : []
  })
}

/** What it says of itself in /metrics. Not /proc/self/fd: every file of the machine can be reached through it. */
const ownFacts = ['status', 'stat', 'limits'].map((name) => `/proc/self/${name}`)

/** Certificates that the address of the database names, and those that all of Node is told to trust. */
function trustedCertificates({ databaseUrl }: Confined): string[] {
  const asked = databaseUrl === undefined ? undefined : URL.parse(databaseUrl)?.searchParams
  return [
    ...['sslrootcert', 'sslcert', 'sslkey'].map((name) => asked?.get(name)),
    ...['NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE', 'SSL_CERT_DIR'].map((name) => process.env[name]),
  ].flatMap((file) => (file ? wholly(path.resolve(rootDir, file)) : []))
}

/** A file; or a folder with all that is or will be in it, also where it is still to be made. */
function wholly(file: string): string[] {
  const real = realPathOf(file)
  return [...new Set([file, real])].flatMap((one) => [one, path.join(one, '*')])
}

function realPathOf(file: string): string {
  try {
    return fs.realpathSync(file)
  } catch {
    return file
  }
}

function isWithin(file: string, folder: string): boolean {
  const way = path.relative(folder, file)
  return way === '' || (!way.startsWith('..') && !path.isAbsolute(way))
}
