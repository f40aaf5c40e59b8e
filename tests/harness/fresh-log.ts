/** A log of its own for one test, to be broken at will. */
import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { inject, onTestFinished } from 'vitest'
import { cloneDatabase, dropDatabase, testCluster, type TestCluster } from './cluster.ts'
import { writeEntries } from './log-writer.ts'

export type FreshLog = {
  database: TestCluster
  dataDir: string
  /** A path below the published folder. */
  file(name: string): string
  /** As the server. */
  write(count: number): Promise<string[]>
  /** As one who may do everything, triggers and all notwithstanding. */
  tamper(text: string, values?: unknown[]): Promise<pg.QueryResult>
}

export async function freshLog(entries = 0): Promise<FreshLog> {
  const cluster = await testCluster(inject('clusterDir'))
  const name = `log_${randomBytes(6).toString('hex')}`
  const database = await cloneDatabase(cluster, name)
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'mgp-log-'))
  const app = new pg.Client(database.appUrl)
  const admin = new pg.Client(database.adminUrl)
  await Promise.all([app.connect(), admin.connect()])
  await admin.query('SET session_replication_role = replica')
  onTestFinished(async () => {
    await Promise.all([app.end(), admin.end()])
    await dropDatabase(cluster, name)
    fs.rmSync(dataDir, { recursive: true, force: true })
  })
  if (entries > 0) await writeEntries(app, entries)
  return {
    database,
    dataDir,
    file: (below) => path.join(dataDir, 'audit-log', below),
    write: (count) => writeEntries(app, count),
    tamper: (text, values) => admin.query(text, values),
  }
}
