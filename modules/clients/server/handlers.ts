import type pg from 'pg'
import type { Audit } from '#server/audit'
import type { CentralDb } from '#platform/server/db.ts'
import type { Jobs } from '#platform/server/jobs.ts'
import type { Handler } from '#platform/server/requests.ts'
import { listingAccountManagers } from './account-managers.ts'
import { changingStatuses } from './changing-statuses.ts'
import { creating } from './creating.ts'
import { exporting } from './exporting/exporting.ts'
import { listing } from './listing/listing.ts'
import { savedViews } from './saved-views/saved-views.ts'
import { timeline } from './timeline/timeline.ts'
import { trashing } from './trashing.ts'
import { reading, updating } from './updating.ts'

export function clientHandlers(on: {
  db: CentralDb
  audit: Audit
  pool: pg.Pool
  jobs: () => Jobs
}): readonly Handler[] {
  return [
    ...listing(on),
    listingAccountManagers,
    reading,
    timeline(on),
    creating,
    updating,
    ...changingStatuses,
    ...trashing,
    ...savedViews,
    exporting(on),
  ]
}
