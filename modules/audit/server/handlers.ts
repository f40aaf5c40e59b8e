import type pg from 'pg'
import type { Clock } from '#platform/server/clock.ts'
import type { CentralDb } from '#platform/server/db.ts'
import type { Jobs, Schedule } from '#platform/server/jobs.ts'
import type { Logger } from '#platform/server/log.ts'
import type { Handler } from '#platform/server/requests.ts'
import type { Sentences } from '#platform/server/sentences.ts'
import type { Vault } from '#platform/server/vault.ts'
import type { Audit } from './audit.ts'
import { asking } from './erasing/asking.ts'
import { listing } from './erasing/listing.ts'
import { previewing } from './erasing/previewing.ts'
import { retaining, retentionSchedule } from './erasing/retaining.ts'
import { exporting } from './exporting/exporting.ts'
import { listingUnsettled, operationsSchedule, type IsGone, type Tenants } from './operations.ts'
import { reading } from './reading.ts'
import { savedSearches } from './saved-searches/saved-searches.ts'
import { listing as searching } from './searching/listing.ts'

export const auditHandlers = (on: {
  vault: Vault
  db: CentralDb
  pool: pg.Pool
  jobs: () => Jobs
}): Handler[] => [
  ...searching(on),
  reading(on),
  ...savedSearches,
  exporting(on),
  ...listing,
  ...previewing,
  asking,
  ...retaining,
  listingUnsettled,
]

export const auditSchedules = (on: {
  audit: Audit
  clock: Clock
  sentences: Sentences
  log: Logger
  /** Where operations that nobody told of are looked for. */
  tenants: Tenants
  /** Where none of them will be found any more. */
  isGone: IsGone
}): Schedule[] => [
  retentionSchedule(on),
  operationsSchedule({
    operations: on.audit.operations,
    tenants: on.tenants,
    isGone: on.isGone,
    log: on.log,
  }),
]
