/** Once before all journeys: the browser, both web apps, a PostgreSQL, and a database with demonstration data to clone. */
import { buildWebApps } from '../../../apps/server/launch/web-builds.ts'
import { unpackChromium } from '../../harness/chromium.ts'
import { prepareDemonstration } from '../../harness/demonstration.ts'
import { clusterFolder } from '../../harness/setup.ts'
import { keepForWorkers } from './shared-run.ts'

export default async function beforeAll(): Promise<() => void> {
  const { clusterDir, end } = clusterFolder()
  const [demonstration] = await Promise.all([
    prepareDemonstration(clusterDir),
    unpackChromium(),
    buildWebApps(console.log),
  ])
  keepForWorkers(demonstration)
  return end
}
