import type { Jobs } from '#platform/server/jobs.ts'
import type { Handler } from '#platform/server/requests.ts'
import type { TenantDatabases } from '#platform/server/tenant-db.ts'
import type { Vault } from '#platform/server/vault.ts'
import { choosingCanaries } from './canary.ts'
import type { Catalogue } from './catalogue.ts'
import { askingForDrift } from './drifting.ts'
import { fleet } from './fleet.ts'
import { lifeHandlers } from './life/index.ts'
import { listing } from './listing.ts'
import { opening } from './opening.ts'
import { showing } from './showing.ts'
import { suspending } from './suspending.ts'
import { clusters } from './updating-clusters.ts'
import { servedVersions, type Schema } from './versions.ts'

export function tenancyHandlers(on: {
  vault: Vault
  schema: Schema
  catalogue: Pick<Catalogue, 'forget'>
  databases: Pick<TenantDatabases, 'forget' | 'within'>
  jobs: () => Jobs
}): readonly Handler[] {
  const parts = { ...on, versions: servedVersions(on.schema) }
  return [
    ...listing(parts),
    ...showing(parts),
    opening(parts),
    ...clusters,
    ...suspending(parts),
    ...lifeHandlers(parts),
    choosingCanaries(parts),
    ...fleet(parts),
    askingForDrift(parts),
  ]
}
