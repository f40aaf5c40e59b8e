// The large demonstration, loaded once and shared by the benchmarks that only read: kept under the system's temporary
// folder, and made anew when the schema or the generator changes.
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { readConfig, rootDir } from '#platform/server/config.ts'
import { openCentralDatabase, type CentralDatabase } from '#platform/server/central-database.ts'
import { seedDemo } from '../../apps/server/cli/demo.ts'

export type Prepared = Pick<CentralDatabase, 'appUrl' | 'stop'> & {
  adminUrl: string
  /** Holds the database, and the master key the demonstration's second factors are sealed with. */
  dataDir: string
}

export async function preparedDatabase(): Promise<Prepared> {
  const dataDir = path.join(os.tmpdir(), `mgp-bench-large-${fingerprint()}`)
  const whole = path.join(dataDir, 'whole')
  if (!fs.existsSync(whole)) dropOthers()
  // One that was cut short while loading is not what it says.
  if (!fs.existsSync(whole))
    fs.rmSync(dataDir, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
  const config = readConfig({ APP_ENV: 'demonstration', DATA_DIR: dataDir })
  const database = await openCentralDatabase(config)
  try {
    if (!fs.existsSync(whole)) {
      console.log('loading the large demonstration, once: this takes minutes')
      await seedDemo({ ...database, config }, { size: 'large', log: console.log })
      fs.writeFileSync(whole, '')
    }
    return { ...database, adminUrl: database.adminUrl!, dataDir } // the embedded one has a superuser
  } catch (error) {
    await database.stop()
    throw error
  }
}

/** Those of other schemas, three gigabytes each, unless somebody is at work on them. */
function dropOthers(): void {
  for (const folder of fs
    .globSync('mgp-bench-large-*', { cwd: os.tmpdir() })
    .map((name) => path.join(os.tmpdir(), name)))
    if (fs.globSync('**/postmaster.pid', { cwd: folder }).length === 0)
      fs.rmSync(folder, { recursive: true, force: true })
}

function fingerprint(): string {
  const hash = createHash('sha256')
  for (const file of fs
    .globSync(['db/central/*.sql', 'apps/server/demonstration/*.ts'], { cwd: rootDir })
    .toSorted())
    hash.update(file).update(fs.readFileSync(path.join(rootDir, file)))
  return hash.digest('hex').slice(0, 12)
}
