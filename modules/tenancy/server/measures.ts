import { tenantStates } from '#contract/tenancy'
import type { CentralDb } from '#platform/server/db.ts'
import type { Measure } from '#platform/server/metrics.ts'
import { tenantMeasures, type TenantDatabases } from '#platform/server/tenant-db.ts'
import { clustersUnreachable, tenantsByState } from './health-queries.ts'

/** What the clock of an operator rings for. */
export const tenancyMeasures = (on: {
  db: CentralDb
  databases: Pick<TenantDatabases, 'figures'>
}): Measure[] => [
  {
    name: 'tenants',
    help: 'Tenants by state',
    label: 'state',
    // Those that are none are told too: a line that vanishes rings no clock.
    read: async () => ({
      ...Object.fromEntries(tenantStates.map((state) => [state, 0])),
      ...(await tenantsByState(on.db)),
    }),
  },
  {
    name: 'tenant_clusters_unreachable',
    help: 'Clusters of tenants’ databases that do not answer',
    read: () => clustersUnreachable(on.db),
  },
  ...tenantMeasures(on.databases),
]
