/** With which address the audit log's sequencer connects: the launcher asks, and hands it to that process alone. */
import type { CentralDatabase } from './central-database.ts'
import type { Config } from './config.ts'
import {
  keptPassword,
  letIn,
  reaching,
  requirePowerless,
  sequencerLogin,
  withLogin,
  worksAs,
  powersOf,
} from './database-logins.ts'
import { PostgresError } from './postgres-error.ts'

type Given = Pick<Config, 'dataDir' | 'sequencerDatabaseUrl'>
type Database = Pick<CentralDatabase, 'appUrl' | 'adminUrl' | 'embedded'>

/**
 * The address of mgp_sequencer on a database that is ready; undefined where only the server's address is known, from
 * which no other login can be made.
 * @throws {PostgresError}
 */
export async function openSequencerLogin(config: Given, database: Database): Promise<string | undefined> {
  const { adminUrl, embedded } = database
  if (embedded) {
    await letIn(embedded.adminUrl, embedded.sequencerUrl, sequencerLogin)
    return embedded.sequencerUrl
  }
  const given = config.sequencerDatabaseUrl
  if (adminUrl === undefined) {
    if (given !== undefined) await requireSequencer(given)
    return given
  }
  const url =
    given ??
    withLogin(database.appUrl, sequencerLogin.role, keptPassword(config.dataDir, 'sequencerPassword'))
  await letIn(adminUrl, url, sequencerLogin)
  await requireSequencer(url)
  return url
}

/** Its role and no more: neither the server's nor one that could change what it signs. */
export async function requireSequencer(url: string): Promise<void> {
  await requirePowerless(url, sequencerLogin)
  const { name } = await reaching(sequencerLogin.variable, url, () => powersOf(url))
  if (await worksAs('mgp_app', url)) {
    throw new PostgresError(
      `The role "${name}" of SEQUENCER_DATABASE_URL is the server's: give the address of mgp_sequencer.`,
    )
  }
  if (!(await worksAs('mgp_sequencer', url))) {
    throw new PostgresError(
      `The role "${name}" of SEQUENCER_DATABASE_URL has not the rights of mgp_sequencer: GRANT mgp_sequencer TO it.`,
    )
  }
}
