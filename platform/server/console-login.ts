/**
 * With which addresses the SQL console works on the central database: one that reads and repairs rows, which the launcher hands to the
 * server, and one that owns the tables, which only what knows the administrator makes, and no process that serves is told.
 */
import type { CentralDatabase } from './central-database.ts'
import type { Config } from './config.ts'
import {
  consoleLogin,
  consoleOwnerLogin,
  keptPassword,
  letIn,
  powersOf,
  reaching,
  requirePowerless,
  withLogin,
  worksAs,
} from './database-logins.ts'
import { PostgresError } from './postgres-error.ts'

type Given = Pick<Config, 'dataDir' | 'consoleDatabaseUrl'>
type Database = Pick<CentralDatabase, 'appUrl' | 'adminUrl' | 'embedded'>

/**
 * The address of mgp_console on a database that is ready; undefined where only the server's address is known, from which no other
 * login can be made. The console works on practices then, and says that central was not set up.
 * @throws {PostgresError}
 */
export async function openConsoleLogin(config: Given, database: Database): Promise<string | undefined> {
  const { adminUrl, embedded } = database
  if (embedded) {
    await letIn(embedded.adminUrl, embedded.consoleUrl, consoleLogin)
    return embedded.consoleUrl
  }
  const given = config.consoleDatabaseUrl
  if (adminUrl === undefined) {
    if (given !== undefined) await requireConsole(given)
    return given
  }
  const url =
    given ?? withLogin(database.appUrl, consoleLogin.role, keptPassword(config.dataDir, 'consolePassword'))
  await letIn(adminUrl, url, consoleLogin)
  await requireConsole(url)
  return url
}

/**
 * The address of mgp_console_owner: what simulates changes of the schema; undefined where the administrator's is not known.
 * @throws {PostgresError}
 */
export async function openConsoleOwnerLogin(
  config: Pick<Given, 'dataDir'>,
  database: Database,
): Promise<string | undefined> {
  const { adminUrl, embedded, appUrl } = database
  if (adminUrl === undefined) return undefined
  const url =
    embedded?.consoleOwnerUrl ??
    withLogin(appUrl, consoleOwnerLogin.role, keptPassword(config.dataDir, 'consoleOwnerPassword'))
  await letIn(adminUrl, url, consoleOwnerLogin)
  return url
}

/** Its role and no more: what the server may do it may not, and what is typed into it is anybody's. */
async function requireConsole(url: string): Promise<void> {
  await requirePowerless(url, consoleLogin)
  const { name } = await reaching(consoleLogin.variable, url, () => powersOf(url))
  for (const other of ['mgp_app', 'mgp_sequencer', 'mgp_provisioner'] as const)
    if (await worksAs(other, url))
      throw new PostgresError(
        `The role "${name}" of CONSOLE_DATABASE_URL is a member of ${other}: give the address of mgp_console.`,
      )
  if (!(await worksAs('mgp_console', url)))
    throw new PostgresError(
      `The role "${name}" of CONSOLE_DATABASE_URL has not the rights of mgp_console: GRANT mgp_console TO it.`,
    )
}
