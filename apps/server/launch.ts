/**
 * `npm start`: prepares everything the server needs, runs it as a child, and stops everything it started.
 * The database's administrator is known here and never to the server.
 */
import path from 'node:path'
import { openCentralDatabase, type CentralDatabase } from '#platform/server/central-database.ts'
import { variables } from '#platform/server/config-variables.ts'
import { ConfigError, ensureDataDir, readConfig, type Config } from '#platform/server/config.ts'
import { openConsoleLogin, openConsoleOwnerLogin } from '#platform/server/console-login.ts'
import { PostgresError } from '#platform/server/postgres-error.ts'
import { tryLock } from '#platform/server/process-lock.ts'
import { openProvisionerLogin } from '#platform/server/provisioner-login.ts'
import { openSequencerLogin, requireSequencer } from '#platform/server/sequencer-login.ts'
import { seedFirstRun } from './launch/demonstration.ts'
import { greeting } from './launch/greeting.ts'
import { whyNotListen } from './launch/port.ts'
import { Refusal } from './launch/refusal.ts'
import { keepSequencer, type SequencerProcess } from './launch/sequencer-process.ts'
import { endOrphanServer, startServer, type ServerProcess } from './launch/server-process.ts'
import { buildWebApps } from './launch/web-builds.ts'

const began = performance.now() - process.uptime() * 1000
let opening: Promise<CentralDatabase> | undefined
let server: ServerProcess | undefined
let sequencer: SequencerProcess | undefined
let stoppedAt: number | undefined

// A terminal's Ctrl+C arrives several times, by itself and through npm: later ones within a second are the same.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    if (stoppedAt === undefined) void stop(0)
    else if (performance.now() - stoppedAt > 1_000) void hurry()
  })
}

try {
  await launch(readConfig(process.env))
} catch (error) {
  if (stoppedAt === undefined) say(explain(error))
  await stop(error instanceof ConfigError ? 2 : 1)
}

async function launch(config: Config): Promise<void> {
  ensureDataDir(config)
  if (config.role === 'sequencer') return launchSequencer(config)
  requireWayToSequencer(config)
  if (config.databaseUrl === undefined) holdDataDir(config)
  await endOrphanServer(config.dataDir)
  const obstacle = await whyNotListen(config)
  if (obstacle) throw new Refusal(obstacle)

  opening = openCentralDatabase(config, (sentence) => say(sentence))
  const [database] = await Promise.all([prepared(config, opening), buildWebApps(say)])
  if (stoppedAt !== undefined) return
  database.embedded?.supervise(say)

  const provisionerUrl = config.role === 'web' ? undefined : await openProvisionerLogin(config, database)
  const consoleUrl = await openConsoleLogin(config, database)
  // Its first use makes it; in a trial it is there from the start, and no simulation is what let it in.
  if (database.embedded) await openConsoleOwnerLogin(config, database)
  server = startServer(config, { appUrl: database.appUrl, provisionerUrl, consoleUrl })
  const numbers = config.role === 'all' ? await openSequencerLogin(config, database) : undefined
  if (numbers !== undefined) sequencer = keepSequencer(config, numbers, say)
  else if (config.role === 'all') say(nobodyNumbers)
  await server.ready()
  say(greeting(config, (performance.now() - began) / 1000))
  throw new Refusal(await server.crashed)
}

const nobodyNumbers =
  'Le journal d’audit n’est pas numéroté : donnez SEQUENCER_DATABASE_URL.\n' +
  'Nobody numbers the audit log: give SEQUENCER_DATABASE_URL, the address of mgp_sequencer.'

/** What serves real people does not run with a log that nobody signs; where several processes do, one of them does. */
function requireWayToSequencer(config: Config): void {
  const { appEnv, role, databaseAdminUrl, sequencerDatabaseUrl } = config
  const isReal = appEnv === 'production' || appEnv === 'staging'
  if (!isReal || role !== 'all' || databaseAdminUrl !== undefined || sequencerDatabaseUrl !== undefined)
    return
  throw new ConfigError([
    `SEQUENCER_DATABASE_URL is missing: APP_ENV=${appEnv} with ROLE=all needs ` +
      `${variables.SEQUENCER_DATABASE_URL.expected}, or DATABASE_ADMIN_URL to make that login, or ROLE=web and ` +
      'ROLE=worker here and ROLE=sequencer elsewhere.',
  ])
}

/** The sequencer alone: on a machine, or for a user, that the server is not. */
async function launchSequencer(config: Config): Promise<void> {
  // readConfig saw to it for this role.
  const url = config.sequencerDatabaseUrl as string
  await requireSequencer(url)
  sequencer = keepSequencer(config, url, say)
  say('Le séquenceur du journal d’audit est en marche. The audit log’s sequencer runs. Arrêter : Ctrl+C')
}

async function prepared(config: Config, opened: Promise<CentralDatabase>): Promise<CentralDatabase> {
  const database = await opened
  await seedFirstRun(config, { ...database, provisioner: () => openProvisionerLogin(config, database) }, say)
  return database
}

/** One server per folder: a second one would find its port and its data in use. */
function holdDataDir(config: Config): void {
  const lock = tryLock(path.join(config.dataDir, 'server.lock'), { address: config.backofficeUrl })
  if ('release' in lock) {
    process.once('exit', lock.release)
    return
  }
  const { pid, address } = lock.heldBy
  throw new Refusal(
    `MaGestionPsy est déjà en marche ici. It already runs on this data (process ${pid}): ${address}\n` +
      'For a second one beside it: DATA_DIR=.data-2 PORT=3001 npm start',
  )
}

/** The server finishes the requests in flight, then the database writes its checkpoint. */
async function stop(code: number): Promise<void> {
  if (stoppedAt !== undefined) return
  stoppedAt = performance.now()
  // What was still being prepared fails when its database goes, and nobody wants to read about it.
  process.on('uncaughtException', () => {})
  if (server && code === 0) say('Arrêt en cours… Stopping…')
  await server?.stop()
  // After the server: what it wrote last gets its number too.
  await sequencer?.stop()
  // Also when Ctrl+C came while it was still being prepared.
  const database = await opening?.catch(() => undefined)
  await database?.stop()
  process.exit(code)
}

async function hurry(): Promise<void> {
  server?.kill()
  sequencer?.kill()
  const database = await opening?.catch(() => undefined)
  await database?.stop('immediate')
  process.exit(1)
}

function explain(error: unknown): string {
  if (error instanceof ConfigError) return error.problems.join('\n')
  if (error instanceof Refusal || error instanceof PostgresError) return error.message
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

function say(sentence: string): void {
  process.stdout.write(`${sentence}\n`)
}
