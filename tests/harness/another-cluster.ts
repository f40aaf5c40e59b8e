/** A PostgreSQL of its own beside the one all tests share: to be ended and started again, or looked through to its last grant. */
import { mkdtempSync, readFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterAll } from 'vitest'
import { rootDir } from '#platform/server/config.ts'
import { letIn, provisionerLogin } from '#platform/server/database-logins.ts'
import { startEmbedded } from '#platform/server/embedded-postgres.ts'
import { endCluster } from './cluster.ts'
import { prefix } from './setup.ts'

export type AnotherCluster = {
  /** As superuser. */
  adminUrl: string
  /** What the catalogue is given. */
  provisionerUrl: string
  /** At once, as a machine that fails: no checkpoint, no goodbye. */
  crash(): Promise<void>
  /** On the same port. */
  startAgain(): Promise<void>
}

/** Ready for practices, as `docs/operations.md` says another cluster is made. */
export async function anotherCluster(): Promise<AnotherCluster> {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), `${prefix}${process.pid}-`))
  const end = () => endCluster(dataDir)
  afterAll(end)
  // Also when a file fails before its first test.
  process.once('exit', end)
  let running = await startEmbedded(dataDir, { durable: false })
  const adminUrl = onDatabase(running.adminUrl, 'postgres')
  const provisionerUrl = onDatabase(running.provisionerUrl, 'postgres')
  const admin = new pg.Client({ connectionString: adminUrl })
  await admin.connect()
  try {
    // What is central is elsewhere.
    await admin.query('DROP DATABASE magestionpsy')
    await admin.query(readFileSync(path.join(rootDir, 'db/tenant/cluster.sql'), 'utf8'))
  } finally {
    await admin.end()
  }
  await letIn(adminUrl, provisionerUrl, provisionerLogin)
  return {
    adminUrl,
    provisionerUrl,
    crash: () => running.stop('immediate'),
    async startAgain() {
      running = await startEmbedded(dataDir, { durable: false })
    },
  }
}

export function onDatabase(url: string, name: string): string {
  const target = new URL(url)
  target.pathname = `/${name}`
  return target.href
}
