import { mkdtemp, rm } from 'node:fs/promises'
import { randomBytes } from 'node:crypto'
import os from 'node:os'
import path from 'node:path'
import { assemble, type Assembly } from '../../apps/server/assemble.ts'
import { readServerConfig, type ServerConfig } from '#platform/server/config.ts'
import { openLog } from '#platform/server/log.ts'
import { vaultOf, type Vault } from '#platform/server/vault.ts'
import { seedDemonstrationStaff } from '#server/identity'
import { atTheEnd } from './at-the-end.ts'
import { testDatabase, type TestDatabase } from './database.ts'
import { openBrowserless, type Browserless } from './browserless.ts'

export type TestServer = Assembly & {
  database: TestDatabase
  vault: Vault
  /** What the vault was made of. */
  masterKey: Buffer
  dataDir: string
  /** A client without a session. */
  anybody: Browserless
  /** A client signed in, password and second factor, as the demonstration account of a role. */
  as(role: string): Promise<Browserless>
  /** Everybody's sessions are about to end: `as` signs in anew. */
  forgetSessions(): void
  /** Another server process on the same database, as far as one can be had in this one: nothing is shared but that. `over` says what else differs. */
  another(over?: Parameters<typeof assemble>[1], configured?: Partial<ServerConfig>): Promise<Assembly>
}

/** The whole server on a database of its own, with one account a role; requests reach it without a socket. */
export async function testServer(
  over: Parameters<typeof assemble>[1] & {
    env?: Record<string, string>
    /** It may make practices' databases. */
    withProvisioner?: boolean
  } = {},
): Promise<TestServer> {
  const { env, withProvisioner = false, ...rest } = over
  const database = await testDatabase()
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'mgp-server-'))
  const masterKey = randomBytes(32)
  const config = readServerConfig({
    APP_ENV: 'demonstration',
    CHECK_OUTPUT: 'on',
    DATABASE_URL: database.appUrl,
    CONSOLE_DATABASE_URL: database.consoleUrl,
    DATA_DIR: dataDir,
    MASTER_KEY: masterKey.toString('base64'),
    LOG_LEVEL: 'silent',
    ...(withProvisioner ? { PROVISIONER_DATABASE_URL: database.provisionerUrl } : {}),
    ...env,
  })
  const assembly = await assemble(config, { log: openLog(config.logLevel), ...rest })
  const vault = vaultOf(masterKey)
  await seedDemonstrationStaff(assembly.db, vault)
  // Before its database is dropped: the last comes first.
  const others: Assembly[] = []
  atTheEnd(async () => {
    await Promise.all(others.map((other) => other.close()))
    await assembly.close()
    await rm(dataDir, { recursive: true, force: true })
  })

  const sessions = new Map<string, Promise<Browserless>>()
  return {
    ...assembly,
    database,
    vault,
    masterKey,
    dataDir,
    anybody: openBrowserless(assembly.app),
    as(role) {
      const known = sessions.get(role) ?? openBrowserless(assembly.app).signIn(role)
      sessions.set(role, known)
      return known
    },
    forgetSessions: () => sessions.clear(),
    async another(more = {}, configured = {}) {
      const log = openLog(config.logLevel)
      const other = await assemble({ ...config, role: 'web', ...configured }, { log, ...rest, ...more })
      others.push(other)
      return other
    },
  }
}
