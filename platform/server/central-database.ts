/**
 * The central database, ready to serve: found or started, migrated, with an address for the server that is neither
 * superuser nor owner. The launcher and the command line both begin here.
 */
import { ensureDataDir, type Config } from './config.ts'
import {
  appLogin,
  keptPassword,
  letIn,
  powersOf,
  reaching,
  requirePowerless,
  withLogin,
} from './database-logins.ts'
import { startEmbedded, type EmbeddedPostgres } from './embedded-postgres.ts'
import { migrate, pendingMigrations } from './migrate.ts'
import { PostgresError } from './postgres-error.ts'

export type CentralDatabase = {
  /** The server's address: role mgp_app, or a login that has its rights. */
  appUrl: string
  /** For provisioning and demonstration data; absent when only the server's address was given. */
  adminUrl: string | undefined
  embedded: EmbeddedPostgres | undefined
  /** Names of the migrations that ran now. */
  migrated: string[]
  stop(mode?: 'fast' | 'immediate'): Promise<void>
}

type DatabaseConfig = Pick<Config, 'appEnv' | 'dataDir' | 'databaseUrl' | 'databaseAdminUrl'>
type Log = (sentence: string) => void

/** @throws {PostgresError} with a sentence for the person at the terminal */
export async function openCentralDatabase(
  config: DatabaseConfig,
  log: Log = () => {},
): Promise<CentralDatabase> {
  ensureDataDir(config)
  if (config.databaseUrl === undefined) return openEmbedded(config.dataDir, log)
  const external = await openExternal(config.databaseUrl, config, log)
  return { ...external, embedded: undefined, stop: async () => {} }
}

async function openEmbedded(dataDir: string, log: Log): Promise<CentralDatabase> {
  const embedded = await startEmbedded(dataDir)
  try {
    const migrated = await migrate(embedded.adminUrl, { log })
    await letIn(embedded.adminUrl, embedded.appUrl, appLogin)
    const { adminUrl, appUrl } = embedded
    return { adminUrl, appUrl, embedded, migrated, stop: (mode) => embedded.stop(mode) }
  } catch (error) {
    await embedded.stop()
    throw error
  }
}

type External = Pick<CentralDatabase, 'appUrl' | 'adminUrl' | 'migrated'>

async function openExternal(databaseUrl: string, config: DatabaseConfig, log: Log): Promise<External> {
  if (config.databaseAdminUrl !== undefined) {
    const adminUrl = config.databaseAdminUrl
    const migrated = await reaching('DATABASE_ADMIN_URL', adminUrl, () => migrate(adminUrl, { log }))
    await letIn(adminUrl, databaseUrl, appLogin)
    await requirePowerless(databaseUrl, appLogin)
    return { appUrl: databaseUrl, adminUrl, migrated }
  }
  const role = await reaching('DATABASE_URL', databaseUrl, () => powersOf(databaseUrl))
  if (isReal(config) || !(role.isSuperuser || role.createsRoles)) {
    await requirePowerless(databaseUrl, appLogin)
    await requireCurrent(databaseUrl)
    return { appUrl: databaseUrl, adminUrl: undefined, migrated: [] }
  }
  // A trial on one's own PostgreSQL: the one address given may do everything, so the server gets a lesser one.
  const migrated = await migrate(databaseUrl, { log })
  const appUrl = withLogin(databaseUrl, appLogin.role, keptPassword(config.dataDir, 'appPassword'))
  await letIn(databaseUrl, appUrl, appLogin)
  return { appUrl, adminUrl: databaseUrl, migrated }
}

function isReal({ appEnv }: DatabaseConfig): boolean {
  return appEnv === 'production' || appEnv === 'staging'
}

async function requireCurrent(url: string): Promise<void> {
  const pending = await pendingMigrations(url)
  if (pending.length === 0) return
  throw new PostgresError(
    `The database lacks ${pending.length} migration(s), from ${pending[0]} on. Run: ` +
      'DATABASE_ADMIN_URL=postgres://… DATABASE_URL=postgres://… bin/mgp migrate',
  )
}
