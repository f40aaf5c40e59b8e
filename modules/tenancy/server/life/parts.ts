import { join } from 'node:path'
import type { Audit } from '#server/audit'
import type { Clock } from '#platform/server/clock.ts'
import type { CentralDb } from '#platform/server/db.ts'
import type { Files } from '#platform/server/files.ts'
import type { Logger } from '#platform/server/log.ts'
import type { TenantDatabases } from '#platform/server/tenant-db.ts'
import { tenantFiles, type TenantFiles } from '#platform/server/tenant-files.ts'
import { openTenantFolders, type TenantFolders } from '#platform/server/tenant-folders.ts'
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
  audit: Pick<Audit, 'write' | 'operations'>
  clusters: Clusters
  templates: Templates
  catalogue: Pick<Catalogue, 'forget'>
  databases: Pick<TenantDatabases, 'forget' | 'within'>
  files: TenantFiles
  backups: TenantFolders
  /** Where exports wait for whoever asked for them. */
  exported: Files
  /** What its people said to support, which lies outside its database. @returns how many tickets are forgotten */
  forgetTickets: (tenantId: string) => Promise<number>
  schema: Schema
}

/** What the process has of it; the rest lies in its DATA_DIR. */
export type LifeShared = Omit<LifeParts, 'files' | 'backups' | 'exported' | 'forgetTickets'> & {
  files: Files
  dataDir: string
  /** By the help desk, which stands above: whoever puts a process together hands it down. */
  forgetPractice: (on: { clock: Clock; dataDir: string }, db: CentralDb, tenantId: string) => Promise<number>
}

export const lifeParts = (on: LifeShared): LifeParts => ({
  ...on,
  files: tenantFiles(on.dataDir),
  backups: openTenantFolders(join(on.dataDir, 'backups')),
  exported: on.files,
  forgetTickets: (tenantId) => on.forgetPractice(on, on.db, tenantId),
})
