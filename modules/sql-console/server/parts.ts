import type { Audit } from '#server/audit'
import type { Tenants } from '#server/tenancy'
import type { Clock } from '#platform/server/clock.ts'
import type { AppEnv } from '#platform/server/config.ts'
import type { CentralDb } from '#platform/server/db.ts'
import type { Logger } from '#platform/server/log.ts'
import type { Vault } from '#platform/server/vault.ts'
import type { TargetId } from '#contract/sql-console'
import type { keepColumns } from './masking/columns.ts'
import type { Doors } from './simulating/simulating.ts'

/** Ways into a database, each connection a fresh one. */
export type Ways = Doors & {
  readonly schemaVersion: number | null
  /** That one, and no other that will stand in its place. */
  readonly database: string
}

/**
 * @param how `later`: nothing is opened yet, and the version is known once something is
 * @throws targetNotReady, NotFound, Platform('tenant_…')
 */
export type DoorsOf = (target: TargetId, as: 'console' | 'owner', how?: { later: boolean }) => Promise<Ways>

/** What all of it stands on. */
export type Parts = {
  db: CentralDb
  audit: Audit
  vault: Vault
  clock: Clock
  log: Logger
  environment: AppEnv
  tenants: Pick<Tenants, 'catalogue' | 'schema'>
  doorsOf: DoorsOf
  /** What tables are made of, and what each column holds. */
  columns: ReturnType<typeof keepColumns>
  /** Its name; undefined where no login was set up for it. */
  centralDatabase: string | undefined
}
