import type { CentralDb } from '#platform/server/db.ts'
import type { Clock } from '#platform/server/clock.ts'
import type { Jobs } from '#platform/server/jobs.ts'
import type { Logger } from '#platform/server/log.ts'
import type { Sentences } from '#platform/server/sentences.ts'
import type { TenantDatabases } from '#platform/server/tenant-db.ts'
import type { Carriers } from './carriers.ts'

/** What messages are made and sent with. */
export type Parts = {
  db: CentralDb
  databases: TenantDatabases
  jobs: () => Pick<Jobs, 'send'>
  sentences: Sentences
  clock: Clock
  log: Logger
  carriers: Carriers
}
