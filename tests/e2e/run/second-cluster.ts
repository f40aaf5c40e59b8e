/** A second PostgreSQL beside the one everybody shares, empty but for what it came with: as an administrator is given one. */
import { mkdtempSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { startEmbedded } from '#platform/server/embedded-postgres.ts'
import { endCluster } from '../../harness/cluster.ts'
import { prefix } from '../../harness/setup.ts'

/** @returns the address of its administrator, and what is called when nobody needs it any more */
export async function secondCluster(): Promise<{ adminUrl: string; end: () => void }> {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), `${prefix}${process.pid}-`))
  const end = () => endCluster(dataDir)
  // Also when a journey is cut short.
  process.once('exit', end)
  const url = new URL((await startEmbedded(dataDir, { durable: false })).adminUrl)
  url.pathname = '/postgres'
  const admin = new pg.Client(url.href)
  await admin.connect()
  // What is central is elsewhere, and so is who may make databases there.
  await admin.query('DROP DATABASE magestionpsy')
  await admin.end()
  return { adminUrl: url.href, end }
}
