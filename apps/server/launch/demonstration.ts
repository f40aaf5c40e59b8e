/** Demonstration data on the first run: into a database without any staff, in the demonstration environment only. */
import fs from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import pg from 'pg'
import type { CentralDatabase } from '#platform/server/central-database.ts'
import { rootDir, type Config } from '#platform/server/config.ts'

/** What `apps/server/cli/demo.ts` exports besides its command. All or nothing: one transaction. */
type Seeding = {
  seedDemo(on: { appUrl: string; adminUrl: string; config: Config }): Promise<void>
}

export async function seedFirstRun(
  config: Config,
  { appUrl, adminUrl }: Pick<CentralDatabase, 'appUrl' | 'adminUrl'>,
  log: (sentence: string) => void,
): Promise<void> {
  const file = path.join(rootDir, 'apps/server/cli/demo.ts')
  if (config.appEnv !== 'demonstration' || adminUrl === undefined || !fs.existsSync(file)) return
  if (await hasStaff(adminUrl)) return
  log('Première mise en route : données de démonstration…')
  const { seedDemo } = (await import(pathToFileURL(file).href)) as Seeding
  await seedDemo({ appUrl, adminUrl, config })
}

async function hasStaff(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return ((await client.query('SELECT FROM staff_members LIMIT 1')).rowCount ?? 0) > 0
  } finally {
    await client.end()
  }
}
