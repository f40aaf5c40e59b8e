import type pg from 'pg'
import type { Audit } from '#server/audit'
import type { Members } from '#server/identity'
import type { Clock } from '#platform/server/clock.ts'
import type { CentralDb } from '#platform/server/db.ts'
import type { Files } from '#platform/server/files.ts'
import type { BackgroundWork, Errand, Jobs, Schedule } from '#platform/server/jobs.ts'
import type { Logger } from '#platform/server/log.ts'
import type { Measure } from '#platform/server/metrics.ts'
import type { Handler } from '#platform/server/requests.ts'
import type { Sentences } from '#platform/server/sentences.ts'
import type { Vault } from '#platform/server/vault.ts'
import { mainCluster } from './clusters.ts'
import { driftErrand, driftSchedule, driftWatch } from './drifting.ts'
import { migratingErrand, migratingSchedule } from './fleet.ts'
import { tenancyHandlers } from './handlers.ts'
import { tenancyMeasures } from './measures.ts'
import { healthWatch } from './measuring.ts'
import { fleetRunner } from './migrating-fleet.ts'
import { lifeErrands, lifeParts, lifeSchedules, lifeWorks, type LifeShared } from './life/index.ts'
import { finishing, lookingRound } from './reconciling.ts'
import { openWorks } from './running-works.ts'
import type { Tenants } from './tenants.ts'
import { watchingClusters } from './watching-clusters.ts'
import { workKindsOf } from './work-kinds.ts'

export { mainCluster } from './clusters.ts'
export { workKindsOf } from './work-kinds.ts'
export { openPractice } from './opening.ts'
export { openWorks, type Works, type WorkOutcome } from './running-works.ts'
export { openingAtOnce } from './opening-at-once.ts'
export { openTenants, type Tenants } from './tenants.ts'
export { clientsNamed, tenantsNamed, type NamedTenant } from './command-queries.ts'
export { driftWatch } from './drifting.ts'
export { driftsFound } from './drift-queries.ts'
export { askForMigration, fleetNow } from './fleet.ts'
export { holding } from './holding.ts'
export { fleetRunner } from './migrating-fleet.ts'
export { resumePractice, suspendPractice } from './suspending.ts'
export {
  askForBackup,
  askForMove,
  askForPurge,
  askForRestore,
  askForSwitch,
  askToDrop,
  backupsToRestore,
  certificateOf,
  dropGivenUp,
  exportAsMember,
  exportTo,
  isGone,
  lifeParts,
  mayComeBack,
  sparesBeside,
  troubleOf,
  ZipTooLarge,
  type Asked,
} from './life/index.ts'
export { makeSchema } from './template.ts'
export { listedClusters, setCluster } from './updating-clusters.ts'
export { readSchema } from './versions.ts'
export { practicesAmong, requireSecondFactor, type Practice } from './queries.ts'

/** What a process does with tenants beyond reaching their databases. */
export function tenancyParts(on: {
  tenants: Tenants
  db: CentralDb
  pool: pg.Pool
  vault: Vault
  audit: Audit
  clock: Clock
  log: Logger
  jobs: () => Jobs
  dataDir: string
  /** For exports somebody waits for. */
  files: Files
  sentences: Sentences
  forgetPractice: LifeShared['forgetPractice']
  /** Lets the holder into a practice that was just made. */
  inviteHolder: Members['invite']
  /** How the provisioner connects, where this process makes practices. */
  provisionerDatabaseUrl: string | undefined
}): {
  handlers: readonly Handler[]
  works: readonly BackgroundWork[]
  errands: readonly Errand[]
  schedules: readonly Schedule[]
  measures: readonly Measure[]
  /** In a process that runs jobs: puts the provisioner's cluster into the catalogue, and goes on with what others left. */
  start(): Promise<void>
  close(): Promise<void>
} {
  const parts = { ...on, ...on.tenants }
  const { clusters, log } = parts
  const works = openWorks({ ...parts, kinds: workKindsOf(parts) })
  const fleet = fleetRunner(parts)
  const drift = driftWatch(parts)
  const health = healthWatch(parts)
  const life = lifeParts(parts)
  const reconciling = { ...parts, goOn: works.goOn }
  return {
    handlers: tenancyHandlers(parts),
    works: lifeWorks({ ...life, audit: on.audit, sentences: on.sentences }),
    errands: [works.errand, migratingErrand(fleet), driftErrand(drift), ...lifeErrands(life)],
    schedules: [
      works.schedule,
      finishing(reconciling),
      lookingRound(reconciling),
      migratingSchedule(fleet),
      driftSchedule(drift),
      health.schedule,
      watchingClusters(parts),
      ...lifeSchedules({ ...life, jobs: on.jobs }),
    ],
    measures: tenancyMeasures(parts),
    async start() {
      const url = on.provisionerDatabaseUrl
      if (url !== undefined) await clusters.ensure(mainCluster, url)
      // Nobody waits for it: a work takes as long as it takes.
      const failed = (error: unknown) =>
        log.error({ err: error }, 'what was left of tenants could not be gone on with')
      void works.goOn().catch(failed)
      void fleet.goOn().catch(failed)
      void health.run({ limit: 50 }).catch(failed)
    },
    async close() {
      drift.close()
      await Promise.all([works.close(), fleet.close(), health.close()])
    },
  }
}
