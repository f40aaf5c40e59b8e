import type pg from 'pg'
import type { Clock } from '#platform/server/clock.ts'
import type { CentralDb } from '#platform/server/db.ts'
import type { Errand, Jobs, Schedule } from '#platform/server/jobs.ts'
import type { Logger } from '#platform/server/log.ts'
import type { Measure } from '#platform/server/metrics.ts'
import type { Handler } from '#platform/server/requests.ts'
import { mainCluster } from './clusters.ts'
import { migratingErrand, migratingSchedule } from './fleet.ts'
import { tenancyHandlers } from './handlers.ts'
import { tenancyMeasures } from './measures.ts'
import { healthSchedule } from './measuring.ts'
import { fleetRunner } from './migrating-fleet.ts'
import { openWorks } from './running-works.ts'
import type { Tenants } from './tenants.ts'
import { watchingClusters } from './watching-clusters.ts'

export { openTenants, type Tenants } from './tenants.ts'
export { practicesAmong, type Practice } from './queries.ts'

/** What a process does with tenants beyond reaching their databases. */
export function tenancyParts(on: {
  tenants: Tenants
  db: CentralDb
  pool: pg.Pool
  clock: Clock
  log: Logger
  jobs: () => Jobs
}): {
  handlers: readonly Handler[]
  errands: readonly Errand[]
  schedules: readonly Schedule[]
  measures: readonly Measure[]
  /** In a process that runs jobs: puts the provisioner's cluster into the catalogue, and goes on with what others left. */
  start(provisionerUrl: string | undefined): Promise<void>
  close(): Promise<void>
} {
  const parts = { ...on, ...on.tenants }
  const { clusters, log } = parts
  const works = openWorks({ ...parts, kinds: [] })
  const fleet = fleetRunner({ ...parts, clusters: undefined as never })
  return {
    handlers: tenancyHandlers(parts),
    errands: [works.errand, migratingErrand(fleet)],
    schedules: [works.schedule, migratingSchedule(fleet), healthSchedule(parts), watchingClusters(parts)],
    measures: tenancyMeasures(parts),
    async start(provisionerUrl) {
      if (provisionerUrl !== undefined) await clusters.ensure(mainCluster, provisionerUrl)
      // Nobody waits for it: a work takes as long as it takes.
      void works.goOn().catch((error: unknown) => log.error({ err: error }, 'works could not be gone on with'))
    },
    close: () => works.close(),
  }
}
