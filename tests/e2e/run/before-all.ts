/** Once before all journeys: the browser, both web apps, a PostgreSQL, and a database with demonstration data to clone. */
import { randomBytes } from 'node:crypto'
import path from 'node:path'
import { buildWebApps } from '../../../apps/server/launch/web-builds.ts'
import { seedFirstRun } from '../../../apps/server/launch/demonstration.ts'
import { readConfig } from '#platform/server/config.ts'
import { unpackChromium } from '../../harness/chromium.ts'
import { cloneDatabase, testCluster } from '../../harness/cluster.ts'
import { clusterFolder } from '../../harness/setup.ts'
import { keepForWorkers } from './shared-run.ts'

export default async function beforeAll(): Promise<() => void> {
  const { clusterDir, end } = clusterFolder()
  const masterKey = randomBytes(32).toString('base64')
  const model = 'e2e_demonstration'
  await Promise.all([
    unpackChromium(),
    buildWebApps(console.log),
    testCluster(clusterDir).then(async (cluster) => {
      const database = await cloneDatabase(cluster, model)
      const config = readConfig({
        DATABASE_URL: database.appUrl,
        DATA_DIR: path.join(clusterDir, 'seeding'),
        MASTER_KEY: masterKey,
      })
      await seedFirstRun(config, database, console.log)
    }),
  ])
  keepForWorkers({ clusterDir, masterKey, model })
  return end
}
