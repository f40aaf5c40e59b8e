/** The ways to tenants' databases that everything of the process stands on: what the catalogue says, and connections. */
import type { Clock } from '#platform/server/clock.ts'
import type { CentralDb } from '#platform/server/db.ts'
import type { Logger } from '#platform/server/log.ts'
import type { NewsDesk } from '#platform/server/news.ts'
import { openTenantDatabases, type TenantDatabases } from '#platform/server/tenant-db.ts'
import type { Vault } from '#platform/server/vault.ts'
import { openCatalogue, type Catalogue } from './catalogue.ts'
import { openClusters, type Clusters } from './clusters.ts'
import { openTemplates, type Templates } from './template.ts'
import { oldestServed, readSchema, type Schema } from './versions.ts'

export type Tenants = {
  schema: Schema
  catalogue: Catalogue
  clusters: Clusters
  templates: Templates
  databases: TenantDatabases
  close(): Promise<void>
}

export function openTenants(on: {
  db: CentralDb
  vault: Vault
  /** None on the command line, which does not live long. */
  desk?: Pick<NewsDesk, 'subscribe'>
  clock: Clock
  log: Logger
  /** How many connections to tenants' databases this process holds at most. */
  cap: number
  schema?: Schema
}): Tenants {
  const { log, schema = readSchema() } = on
  const catalogue = openCatalogue(on)
  const clusters = openClusters(on)
  const templates = openTemplates({ ...on, schema })
  const databases = openTenantDatabases({
    locate: (tenantId) => catalogue.locate(tenantId),
    cap: on.cap,
    served: { oldest: oldestServed, current: schema.current },
    log,
    // Whoever needs a cluster first finds out; the back-office says so without waiting for the minute to end.
    heard: (clusterId, trouble) =>
      void clusters
        .found(clusterId, trouble ?? undefined)
        .catch((error: unknown) =>
          log.warn({ err: error, cluster: clusterId }, 'an outage could not be noted'),
        ),
  })
  return {
    schema,
    catalogue,
    clusters,
    templates,
    databases,
    async close() {
      await databases.close()
      await clusters.close()
      catalogue.close()
    },
  }
}
