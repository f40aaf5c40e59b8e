/** The practices' databases (decision 3): a handle on one says which, and there is none that does not. */
import type { Kysely } from 'kysely'
import type pg from 'pg'
import type { DB } from '#db/tenant-types.ts'
import type { Logger } from './log.ts'

/** Row types of the practices' databases, generated from db/tenant. */
export type { DB as TenantDatabase } from '#db/tenant-types.ts'

/** Each is a login of its own in the one database, and may there what its group may. */
export const tenantRoles = ['owner', 'practitioner', 'secretary', 'support', 'console', 'keeper'] as const
export type TenantRole = (typeof tenantRoles)[number]

declare const whose: unique symbol

/** A handle on one practice's database in one role. It cannot be made without a tenant; `tenantOf` says which. */
export type TenantDb = Kysely<DB> & { readonly [whose]: string }

/** A handle on some tables: a module names those it asks, as with `Tables` of the central database. */
export type TenantTables<Names extends keyof DB> = Kysely<Pick<DB, Names>>

export type TenantState = 'provisioning' | 'active' | 'suspended' | 'moving' | 'purging' | 'purged'

/** Where a tenant is and how one gets in: what the catalogue says. */
export type TenantPlace = {
  tenantId: string
  name: string
  kind: 'practitioner' | 'secretary'
  state: TenantState
  schemaVersion: number | null
  clusterId: string
  clusterName: string
  /** Without a login and a database: `postgres://host:port`, with TLS options where it has any. */
  address: string
  databaseName: string
  /** What its logins begin with: `<loginRole>_secretary`. */
  loginRole: string
  passwordOf(role: TenantRole): string
}

export type TenantDatabases = {
  /**
   * For reading: each question takes a connection for itself.
   * @throws NotFound (no such tenant), Platform('tenant_…')
   */
  reading(tenantId: string, role: TenantRole): Promise<TenantDb>
  /** One transaction: commits when the work is done, rolls back when it throws. */
  within<R>(
    tenantId: string,
    role: TenantRole,
    work: (db: TenantDb) => Promise<R>,
    how?: { readOnly?: boolean },
  ): Promise<R>
  /** A bare connection for COPY and DDL (migrations, backups): not kept, without time limits, counted under the cap. */
  bare<R>(tenantId: string, role: TenantRole, work: (client: pg.Client) => Promise<R>): Promise<R>
  /**
   * Ends its connections: the idle ones now, those at work when they are back (or at once: hard). Resolves when they are
   * ended. Bare ones are their users' own.
   */
  forget(tenantId: string, how?: { hard?: boolean }): Promise<void>
  figures(): TenantFigures
  close(): Promise<void>
}

export type TenantFigures = {
  /** Connections, those being opened or closed among them. */
  open: number
  busy: number
  /** Who waits for one. */
  waiting: number
  /** Tenants with an open connection. */
  tenants: number
  /** Closed before their time, since somebody else needed the place. */
  evicted: number
}

/** The schema versions this server serves. */
export type ServedVersions = { oldest: number; current: number }

export type OpeningTenantDatabases = {
  /** Asked before each use: the catalogue keeps what it knows for a second. */
  locate(tenantId: string): Promise<TenantPlace | undefined>
  /** Of connections, all tenants together (TENANT_CONNECTIONS). */
  cap: number
  served: ServedVersions
  log: Logger
}

export function openTenantDatabases(_on: OpeningTenantDatabases): TenantDatabases {
  throw new Error('the connection keeper stands in the next commit')
}

/** @returns the tenant a handle belongs to */
export function tenantOf(db: TenantDb): string {
  return db[whose]
}
