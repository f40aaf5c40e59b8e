/** What a trial needs on its first run: invented clients and one account per role, in an environment of that name only. */
import pg from 'pg'
import type { CentralDatabase } from '#platform/server/central-database.ts'
import type { Config } from '#platform/server/config.ts'

/** A database with staff is somebody's already. One with clients alone (an import before the first start) gets accounts. */
export async function seedFirstRun(
  config: Config,
  { appUrl, adminUrl, provisioner }: Place,
  log: (sentence: string) => void,
): Promise<void> {
  if (config.appEnv !== 'demonstration') return
  const found = await whatIsThere(appUrl)
  if (found.staff) return
  log('Première mise en route : données de démonstration…\nFirst start: inventing the demonstration data…')
  // Imported only now: every later start does without them.
  if (found.clients) return seedAccounts(config, appUrl)
  await (await import('../cli/demo.ts')).seedDemo({ appUrl, adminUrl, config })
  const provisionerUrl = await provisioner?.()
  if (provisionerUrl !== undefined)
    await (await import('../demonstration/practices.ts')).seedPractices({ appUrl, provisionerUrl, config })
  await (await import('../demonstration/support.ts')).seedSupport({ appUrl })
}

type Place = Pick<CentralDatabase, 'appUrl' | 'adminUrl'> & {
  /** With which address practices' databases are made, where they can be. */
  provisioner?: () => Promise<string | undefined>
}

async function seedAccounts(config: Config, appUrl: string): Promise<void> {
  const { centralDb, openPool } = await import('#platform/server/db.ts')
  const { loadMasterKey } = await import('#platform/server/master-key.ts')
  const { vaultOf } = await import('#platform/server/vault.ts')
  const { seedDemonstrationStaff } = await import('#server/identity')
  const db = centralDb(openPool(appUrl, { max: 1 }))
  try {
    await seedDemonstrationStaff(db, vaultOf(loadMasterKey(config)))
  } finally {
    await db.destroy()
  }
}

async function whatIsThere(url: string): Promise<{ staff: boolean; clients: boolean }> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query<{ staff: boolean; clients: boolean }>(
      'SELECT EXISTS (SELECT FROM staff_members) AS staff, EXISTS (SELECT FROM clients) AS clients',
    )
    return rows[0] ?? { staff: false, clients: false }
  } finally {
    await client.end()
  }
}
