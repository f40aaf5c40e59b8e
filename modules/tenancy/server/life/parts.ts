import type { Audit } from '#server/audit'
import type { Clock } from '#platform/server/clock.ts'
import type { CentralDb } from '#platform/server/db.ts'
import type { Logger } from '#platform/server/log.ts'
import type { TenantDatabases } from '#platform/server/tenant-db.ts'
import type { TenantFiles } from '#platform/server/tenant-files.ts'
import type { TenantFolders } from '#platform/server/tenant-folders.ts'
import type { Vault } from '#platform/server/vault.ts'
import type { Catalogue } from '../catalogue.ts'
import type { Clusters } from '../clusters.ts'
import type { Templates } from '../template.ts'
import type { Schema } from '../versions.ts'

/** What work on a tenant's life stands on. */
export type LifeParts = {
  db: CentralDb
  vault: Vault
  clock: Clock
  log: Logger
  audit: Pick<Audit, 'write'>
  clusters: Clusters
  templates: Templates
  catalogue: Pick<Catalogue, 'forget'>
  databases: Pick<TenantDatabases, 'forget'>
  files: TenantFiles
  backups: TenantFolders
  schema: Schema
}
