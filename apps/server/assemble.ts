import { join } from 'node:path'
import type { FastifyInstance, RouteOptions } from 'fastify'
import type pg from 'pg'
import { rightsIn } from '#contract/cabinet'
import { openProofs, openAudit, openVerifier, readPlaces, type Audit } from '#server/audit'
import { mustSeal, SealUnusable } from '#server/billing'
import { comingAndGoing } from '#server/cabinet'
import { hasDemonstrationStaff, identity, opensItsSecrets } from '#server/identity'
import { impersonation } from '#server/impersonation'
import { openTenants, practicesAmong, requireSecondFactor, type Tenants } from '#server/tenancy'
import { systemClock, type Clock } from '#platform/server/clock.ts'
import { ConfigError, rootDir, type ServerConfig } from '#platform/server/config.ts'
import { centralDb, openPool, type CentralDb } from '#platform/server/db.ts'
import { openFiles } from '#platform/server/files.ts'
import { jobEndpoints } from '#platform/server/job-endpoints.ts'
import { openJobs, type Jobs } from '#platform/server/jobs.ts'
import { openLog, type Logger } from '#platform/server/log.ts'
import { openMail } from '#platform/server/mail.ts'
import { loadMasterKey } from '#platform/server/master-key.ts'
import type { Strangers } from '#platform/server/mount.ts'
import { openNewsDesk, type NewsDesk } from '#platform/server/news.ts'
import { sentencesOf } from '#platform/server/sentences.ts'
import type { Handler } from '#platform/server/requests.ts'
import { createServer } from '#platform/server/serve.ts'
import { vaultOf } from '#platform/server/vault.ts'
import { readMessages } from './messages.ts'
import { modulesOf, topics } from './modules.ts'

export type Assembly = {
  app: FastifyInstance
  db: CentralDb
  pool: pg.Pool
  audit: Audit
  newsDesk: Pick<NewsDesk, 'subscribe'>
  /** Ends requests in flight, then jobs, then connections. */
  close(): Promise<void>
}

/** Puts the process together from its configuration; tests do the same with a clock of their own. */
export async function assemble(
  config: ServerConfig,
  over: {
    clock?: Clock
    log?: Logger
    webFolder?: string
    onRoute?: (route: RouteOptions) => void
    /** Others in their place: what a benchmark measures the audit log against. */
    strangers?: (own: Strangers) => Strangers
    /** Others in their place: a wall breaks the way to practices' databases, and must be seen to find it out. */
    tenants?: (own: Tenants) => Tenants
    /** Another release's, with files for practices' databases that this one does not bring. */
    tenantSchema?: Tenants['schema']
    /** Endpoints besides: with which a wall asks a database which one it is. */
    handlers?: readonly Handler[]
  } = {},
): Promise<Assembly> {
  const log = over.log ?? openLog(config.logLevel)
  const clock = over.clock ?? systemClock
  const witnesses = readPlaces(config.auditWitnesses)
  const pool = openPool(config.databaseUrl, {
    max: 16,
    onError: (error) => log.warn({ err: error }, 'an idle connection broke'),
  })
  const db = centralDb(pool)
  if (config.appEnv === 'production' && (await hasDemonstrationStaff(db))) {
    await pool.end()
    throw new ConfigError([
      'APP_ENV=production does not start on a database with demonstration accounts: use a database of its own.',
    ])
  }
  const masterKey = loadMasterKey(config)
  const vault = vaultOf(masterKey)
  if (!(await opensItsSecrets(db, vault))) {
    await pool.end()
    throw new ConfigError([
      'MASTER_KEY is not the key this database was sealed with: nobody could sign in. Start with that key again.',
    ])
  }
  if (config.invoiceSeal) {
    const trouble = await sealTrouble(config.invoiceSeal, clock.now())
    if (trouble !== undefined) {
      await pool.end()
      throw new ConfigError([trouble])
    }
  }
  const audit = openAudit({ vault, clock })
  const sentences = sentencesOf(readMessages())
  const files = openFiles(config.dataDir)
  let jobs: Jobs | undefined
  const openedJobs = () => {
    if (!jobs) throw new Error('the job queue is not open yet')
    return jobs
  }
  const mail = openMail({
    config,
    db,
    vault,
    sentences,
    clock,
    log,
    jobs: openedJobs,
    dataDir: config.dataDir,
  })
  const newsDesk = openNewsDesk(config.databaseUrl, log)
  const counters = openPool(config.databaseUrl, {
    max: 4,
    name: 'magestionpsy counters',
    // What a power cut forgets is a second of tries. Nobody waits long for them either: memory counts meanwhile.
    settings: { synchronous_commit: 'off', lock_timeout: '1s' },
    patience: { connection: 3_000, statement: 3_000 },
    onError: (error) => log.warn({ err: error }, 'an idle connection broke'),
  })
  const own = openTenants({
    db,
    vault,
    desk: newsDesk,
    clock,
    log,
    cap: config.tenantConnections,
    ...(over.tenantSchema ? { schema: over.tenantSchema } : {}),
  })
  const tenants = over.tenants?.(own) ?? own
  const people = identity({
    db,
    audit,
    counters,
    clock,
    vault,
    desk: newsDesk,
    mail,
    jobs: openedJobs,
    log,
    sentences,
    environment: config.appEnv,
    backofficeUrl: new URL(config.backofficeUrl),
    breachedPasswordsUrl: config.breachedPasswordsUrl,
  })
  const members = people.members({
    practiceUrl: new URL(config.practiceUrl),
    practices: practicesAmong,
    practice: (tenantId) => tenants.catalogue.practice(tenantId),
    requireSecondFactor,
    rightsIn,
    ...comingAndGoing(tenants.databases),
  })

  const standingIn = impersonation({
    db,
    audit,
    clock,
    log,
    mail,
    desk: newsDesk,
    databases: tenants.databases,
    practiceUrl: new URL(config.practiceUrl),
    backofficeUrl: new URL(config.backofficeUrl),
    actorOf: people.actorOf,
    members,
    proofOf: openProofs({ dataDir: config.dataDir, witnesses }),
  })

  const modules = modulesOf({
    db,
    audit,
    vault,
    pool,
    files,
    sentences,
    clock,
    log,
    dataDir: config.dataDir,
    mail,
    environment: config.appEnv,
    backofficeUrl: new URL(config.backofficeUrl),
    practiceUrl: new URL(config.practiceUrl),
    jobs: openedJobs,
    witnesses,
    verify: openVerifier({ databaseUrl: config.databaseUrl, dataDir: config.dataDir, masterKey }),
    sealFiles: config.invoiceSeal,
    leaving: config,
    post: config,
    tenants,
    inviteHolder: members.invite,
    provisionerDatabaseUrl: config.provisionerDatabaseUrl,
    consoleDatabaseUrl: config.consoleDatabaseUrl,
  })
  const strangers: Strangers = {
    whoAsks: people.whoAsks,
    rotate: people.rotate,
    whichMember: (facts, how) =>
      facts.cookies['impersonation'] === undefined
        ? members.whichMember(facts, how)
        : standingIn.whichImpersonated(facts, how),
    practiceLost: members.practiceLost,
    ...audit,
    ...standingIn.watching,
    perform: audit.performing({ db, tenants: tenants.databases, log }),
  }
  const web = over.webFolder ?? join(rootDir, 'dist')
  const app = await createServer({
    db,
    tenants: tenants.databases,
    pool,
    clock,
    log,
    newsDesk,
    sentences,
    strangers: over.strangers?.(strangers) ?? strangers,
    handlers: [
      ...people.handlers,
      ...members.handlers,
      ...standingIn.handlers,
      ...jobEndpoints(files),
      ...modules.flatMap((module) => module.handlers),
      ...(over.handlers ?? []),
    ],
    topics,
    checkOutput: config.checkOutput,
    secureCookies: config.backofficeUrl.startsWith('https:'),
    uploadFolder: files.workFolder,
    hosts: { backoffice: new URL(config.backofficeUrl), practice: new URL(config.practiceUrl) },
    trustedProxies: config.trustedProxies,
    webFolders: { backoffice: join(web, 'backoffice'), practice: join(web, 'practice') },
    metricsToken: config.metricsToken,
    metricsNeedToken: config.appEnv === 'production' || config.appEnv === 'staging',
    measures: modules.flatMap((module) => module.measures ?? []),
    aliases: modules.flatMap((module) => module.aliases ?? []),
    ...(over.onRoute ? { onRoute: over.onRoute } : {}),
  })
  const sweep = async (handle: CentralDb) => void (await files.sweep(handle))
  // A trial that never runs for a whole hour would keep for ever what expired.
  if (config.role !== 'web')
    void sweep(db).catch((error: unknown) => log.warn({ err: error }, 'expired files could not be removed'))
  jobs = await openJobs({
    databaseUrl: config.databaseUrl,
    db,
    pool,
    log,
    works: modules.flatMap((module) => module.works ?? []),
    errands: [
      ...modules.flatMap((module) => module.errands ?? []),
      ...mail.errands,
      ...people.errands,
      ...members.errands,
    ],
    schedules: [
      ...modules.flatMap((module) => module.schedules ?? []),
      ...mail.schedules,
      ...people.schedules,
      ...members.schedules,
      ...standingIn.schedules,
      { name: 'expired-files', cron: '17 * * * *', run: sweep },
    ],
    runs: config.role !== 'web',
  })
  if (config.role !== 'web') await Promise.all(modules.map((module) => module.start?.()))
  return {
    app,
    db,
    pool,
    audit,
    newsDesk,
    async close() {
      await app.close()
      await Promise.all(modules.map((module) => module.close?.()))
      await jobs?.close()
      await newsDesk.close()
      await tenants.close()
      await Promise.all([pool.end(), counters.end()])
    },
  }
}

/** Why documents cannot be sealed with what the configuration names. */
async function sealTrouble(
  files: NonNullable<ServerConfig['invoiceSeal']>,
  now: Date,
): Promise<string | undefined> {
  try {
    await mustSeal(files, now)
    return undefined
  } catch (error) {
    if (error instanceof SealUnusable) return error.message
    throw error
  }
}
