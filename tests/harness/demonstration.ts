/** A database with the demonstration data, as a first start makes it, to be cloned by whoever needs one. */
import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { seedFirstRun } from '../../apps/server/launch/demonstration.ts'
import { readConfig } from '#platform/server/config.ts'
import { cloneDatabase, testCluster, type TestCluster } from './cluster.ts'
import { startRealServer, type RealServer } from './real-server.ts'

export type Demonstration = {
  clusterDir: string
  /** The database to clone. */
  model: string
  /** What its secrets are sealed with. */
  masterKey: string
}

export async function prepareDemonstration(clusterDir: string): Promise<Demonstration> {
  const model = 'demonstration'
  const masterKey = randomBytes(32).toString('base64')
  const database = await cloneDatabase(await testCluster(clusterDir), model)
  const config = readConfig({
    DATABASE_URL: database.appUrl,
    DATA_DIR: path.join(clusterDir, model),
    MASTER_KEY: masterKey,
  })
  const provisioner = () => Promise.resolve(database.provisionerUrl)
  await seedFirstRun(config, { ...database, provisioner }, console.log)
  return { clusterDir, model, masterKey }
}

/** A server of its own on a copy of its own. */
export async function startDemonstration(
  { clusterDir, model, masterKey }: Demonstration,
  env: Record<string, string> = {},
): Promise<{ server: RealServer; database: TestCluster }> {
  const name = `copy_${randomBytes(6).toString('hex')}`
  const database = await cloneDatabase(await testCluster(clusterDir), name, model)
  // What the practices keep as files belongs to the copy as its rows do.
  fs.cpSync(path.join(clusterDir, model, 'tenant-files'), path.join(clusterDir, name, 'tenant-files'), {
    recursive: true,
  })
  const server = await startRealServer({
    databaseUrl: database.appUrl,
    dataDir: path.join(clusterDir, name),
    env: {
      MASTER_KEY: masterKey,
      PROVISIONER_DATABASE_URL: database.provisionerUrl,
      CONSOLE_DATABASE_URL: database.consoleUrl,
      ...env,
    },
  })
  return { server, database }
}
