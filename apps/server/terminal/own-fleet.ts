import type pg from 'pg'
import { forgetPractice } from '#server/support'
import { openAudit, type Audit } from '#server/audit'
import { inviteMember, type Members } from '#server/identity'
import { mainCluster, openTenants, openWorks, workKindsOf, type Tenants, type Works } from '#server/tenancy'
import { openCentralDatabase } from '#platform/server/central-database.ts'
import { systemClock, type Clock } from '#platform/server/clock.ts'
import type { Config } from '#platform/server/config.ts'
import { centralDb, openPool, type CentralDb } from '#platform/server/db.ts'
import { openFiles } from '#platform/server/files.ts'
import { openJobs, type Jobs } from '#platform/server/jobs.ts'
import { openLog, type Logger } from '#platform/server/log.ts'
import { openMail } from '#platform/server/mail.ts'
import { openProvisionerLogin } from '#platform/server/provisioner-login.ts'
import { sentencesOf } from '#platform/server/sentences.ts'
import type { Vault } from '#platform/server/vault.ts'
import { readMessages } from '../messages.ts'
import { ownVault } from './own-vault.ts'

/** What a command about practices stands on, with a running server beside it or without. */
export type OwnFleet = {
  db: CentralDb
  pool: pg.Pool
  vault: Vault
  audit: Audit
  clock: Clock
  log: Logger
  dataDir: string
  tenants: Tenants
  /** Whoever begins a work runs it. One that waits for its cluster is gone on with by the server. */
  works: Works
  inviteHolder: Members['invite']
}

/**
 * The fleet of this installation: central database, master key and provisioner. Ends everything it opened.
 * @throws {ConfigError} another installation's master key
 * @throws {PostgresError} a login that is not what it should be
 */
export async function withFleet<T>(config: Config, work: (fleet: OwnFleet) => Promise<T>): Promise<T> {
  const say = (sentence: string) => void process.stderr.write(`${sentence}\n`)
  const database = await openCentralDatabase(config, say)
  const pool = openPool(database.appUrl, { max: 8, name: 'mgp tenants' })
  const ending: (() => Promise<void>)[] = [() => database.stop(), () => pool.end()]
  try {
    const db = centralDb(pool)
    const vault = await ownVault(config, db)
    // What goes wrong is printed by the command, and stands in the works' rows.
    const log = openLog('silent')
    const shared = { db, pool, vault, clock: systemClock, log }
    const tenants = openTenants({ ...shared, cap: config.tenantConnections })
    ending.push(() => tenants.close())
    const provisionerUrl = await openProvisionerLogin(config, database)
    if (provisionerUrl !== undefined) await tenants.clusters.ensure(mainCluster, provisionerUrl)
    const audit = openAudit(shared)
    const jobs = await queueFor(config, database.appUrl, { ...shared, ending })
    const sentences = sentencesOf(readMessages())
    const mail = openMail({ ...shared, config, sentences, jobs })
    const practiceUrl = new URL(config.practiceUrl)
    const inviteHolder: Members['invite'] = (transaction, invitation) =>
      inviteMember({ mail, practiceUrl, clock: systemClock }, transaction, invitation)
    const { dataDir } = config
    const parts = {
      ...shared,
      ...tenants,
      audit,
      inviteHolder,
      dataDir,
      files: openFiles(dataDir),
      forgetPractice,
    }
    const works = openWorks({ ...shared, kinds: workKindsOf(parts) })
    ending.push(() => works.close())
    return await work({ ...shared, audit, tenants, works, inviteHolder, dataDir })
  } finally {
    for (const end of ending.toReversed()) await end()
  }
}

/** Mail that leaves is queued, and the server sends it; what is captured needs no queue. */
async function queueFor(
  { smtpUrl }: Config,
  databaseUrl: string,
  on: { db: CentralDb; pool: pg.Pool; log: Logger; ending: (() => Promise<void>)[] },
): Promise<() => Jobs> {
  if (smtpUrl === undefined)
    return () => {
      throw new Error('what is captured needs no queue')
    }
  const jobs = await openJobs({ ...on, databaseUrl, works: [], schedules: [], runs: false })
  on.ending.push(() => jobs.close())
  return () => jobs
}
