import type pg from 'pg'
import type { BackgroundWork, Errand, Jobs, Schedule } from '#platform/server/jobs.ts'
import type { CentralHandler } from '#platform/server/requests.ts'
import type { Sentences } from '#platform/server/sentences.ts'
import { askingHandlers } from './executing/asking.ts'
import { executingHandlers } from './executing/executing.ts'
import { findingOut } from './executing/finding-out.ts'
import { undoingHandlers } from './executing/undoing.ts'
import { sqlExportWork } from './exports/export-job.ts'
import { exportFiles, sweepingExports } from './exports/files.ts'
import { exportHandlers } from './exports/handlers.ts'
import { fleetExecutionHandlers } from './fleet/execution-handlers.ts'
import { fleetExecutionErrand, fleetExecutionSchedule, fleetExecutor } from './fleet/execution-running.ts'
import { fleetHandlers } from './fleet/handlers.ts'
import { fleetErrand, fleetRunner, fleetSchedule } from './fleet/running.ts'
import { lookingHandlers } from './looking/handlers.ts'
import type { Parts } from './parts.ts'
import { keepColumns } from './masking/columns.ts'
import { openDoors } from './targets/doors.ts'
import { forgettingRuns } from './runs/forgetting.ts'
import { runHandlers } from './runs/handlers.ts'
import type { Running } from './runs/running.ts'
import { forgettingQueries } from './saved-queries/forgetting.ts'
import { savedQueryHandlers } from './saved-queries/handlers.ts'
import { endingUnmaskings } from './unmasking/ending.ts'
import { unmaskingHandlers } from './unmasking/handlers.ts'

export { recordOf, simulateFromTerminal, type TerminalSimulation } from './terminal/simulating.ts'

export function sqlConsoleParts(
  on: Omit<Parts, 'doorsOf' | 'columns' | 'centralDatabase'> & {
    consoleDatabaseUrl: string | undefined
    pool: pg.Pool
    jobs: () => Jobs
    dataDir: string
    sentences: Sentences
  },
): {
  handlers: readonly CentralHandler[]
  works: readonly BackgroundWork[]
  errands: readonly Errand[]
  schedules: readonly Schedule[]
  close(): Promise<void>
} {
  const { db, log, tenants, consoleDatabaseUrl: url } = on
  const parts: Parts = {
    ...on,
    columns: keepColumns(),
    centralDatabase: url === undefined ? undefined : new URL(url).pathname.slice(1),
    doorsOf: openDoors({
      db,
      log,
      locate: (tenantId) => tenants.catalogue.locate(tenantId),
      newest: tenants.schema.current,
      consoleUrl: url,
    }),
  }
  const running: Running = new Map()
  const exporting = { ...parts, sentences: on.sentences, exportFiles: exportFiles(on.dataDir) }
  const fleet = fleetRunner({ ...parts, pool: on.pool })
  const executor = fleetExecutor({ ...parts, pool: on.pool })
  return {
    handlers: [
      ...lookingHandlers(parts),
      ...runHandlers(parts, running),
      ...askingHandlers(parts),
      ...executingHandlers(parts, running),
      ...undoingHandlers(parts, running),
      ...unmaskingHandlers(parts),
      ...fleetHandlers({ ...parts, jobs: on.jobs }),
      ...fleetExecutionHandlers({ ...parts, jobs: on.jobs }, fleetExecutionErrand(executor)),
      ...exportHandlers({ ...exporting, jobs: on.jobs }),
      ...savedQueryHandlers(parts),
    ],
    works: [sqlExportWork(exporting)],
    errands: [fleetErrand(fleet), fleetExecutionErrand(executor)],
    schedules: [
      findingOut(parts),
      endingUnmaskings(parts),
      fleetSchedule(fleet),
      fleetExecutionSchedule(executor),
      sweepingExports(exporting.exportFiles, parts),
      forgettingQueries(parts),
      forgettingRuns(parts),
    ],
    close: async () => void (await Promise.all([fleet.close(), executor.close()])),
  }
}
