/** The practices' databases (decision 3): a handle on one says which, and there is none that does not. */
import { CamelCasePlugin, Kysely, PostgresDialect, type PostgresPoolClient } from 'kysely'
import type pg from 'pg'
import type { DB } from '#db/tenant-types.ts'
import { pgCode } from './db.ts'
import { Platform } from './errors.ts'
import type { Logger } from './log.ts'
import type { Measure } from './metrics.ts'
import { NotFound } from './requests.ts'
import { Forgotten, openConnections, type Lent, type Patience } from './tenant-connections.ts'
import { isUnreachable } from './tenant-connections/connecting.ts'
import { mayBeUsed, wayTo, type Use } from './tenant-connections/ways.ts'

/** Row types of the practices' databases, generated from db/tenant. */
export type { DB as TenantDatabase } from '#db/tenant-types.ts'

/** Each is a login of its own in the one database, and may there what its group may. */
export const tenantRoles = ['owner', 'practitioner', 'secretary', 'support', 'console', 'keeper'] as const
export type TenantRole = (typeof tenantRoles)[number]

const whose: unique symbol = Symbol('whose')

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
   * @param how held: the database refuses to write. These have connections of their own
   * @throws NotFound (no such tenant), Platform('tenant_…')
   */
  reading(tenantId: string, role: TenantRole, how?: { held?: boolean }): Promise<TenantDb>
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
   * ended here; PostgreSQL may see them out a moment later. Bare ones are their users' own.
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
  patience?: Patience
  /** Told when a cluster stops answering, with why, and when it answers again (null). */
  heard?(clusterId: string, trouble: string | null): void
}

export function openTenantDatabases(on: OpeningTenantDatabases): TenantDatabases {
  const connections = openConnections({
    cap: on.cap,
    ...(on.patience && { patience: on.patience }),
    heard(clusterId, trouble) {
      if (trouble === null) on.log.info({ cluster: clusterId }, 'a cluster of tenants answers again')
      else on.log.warn({ cluster: clusterId, trouble }, 'a cluster of tenants does not answer')
      on.heard?.(clusterId, trouble)
    },
  })
  // Columns are renamed; what stands inside a JSON value is data and keeps its keys.
  const camelCase = new CamelCasePlugin({ maintainNestedObjectKeys: true })

  async function placeOf(tenantId: string, role: TenantRole, use: Use): Promise<TenantPlace> {
    // A bug that forgets whose database it wants must not find any.
    if (!tenantId) throw new Error('a database of no tenant was asked for')
    const place = await on.locate(tenantId)
    if (!place) throw new NotFound()
    if (place.tenantId !== tenantId) throw new Error(`the catalogue answered ${tenantId} with another tenant`)
    mayBeUsed(place, role, use)
    return place
  }

  async function take(tenantId: string, role: TenantRole, use: Use): Promise<Lent> {
    for (let turn = 1; ; turn++) {
      const way = wayTo(await placeOf(tenantId, role, use), role, use, on)
      try {
        return await connections.take(way, { kept: use !== 'bare' })
      } catch (error) {
        if (!(error instanceof Forgotten)) throw error
        if (turn === 3) throw new Platform('tenant_unreachable', { cause: error })
      }
    }
  }

  const handleOn = (tenantId: string, role: TenantRole, use: Use): Kysely<DB> =>
    new Kysely<DB>({
      dialect: new PostgresDialect({
        pool: {
          options: {},
          connect: async () => asPoolClient(await take(tenantId, role, use)),
          end: () => Promise.resolve(),
        },
      }),
      plugins: [camelCase],
    })

  return {
    async reading(tenantId, role, { held = false } = {}) {
      const use = held ? 'look' : 'read'
      await placeOf(tenantId, role, use)
      return of(tenantId, handleOn(tenantId, role, use))
    },

    async within(tenantId, role, work, { readOnly = false } = {}) {
      const begin = handleOn(tenantId, role, readOnly ? 'read' : 'write').transaction()
      return (readOnly ? begin.setAccessMode('read only') : begin).execute((transaction) =>
        work(of(tenantId, transaction)),
      )
    },

    async bare(tenantId, role, work) {
      const { client, giveBack } = await take(tenantId, role, 'bare')
      try {
        return await work(client)
      } finally {
        giveBack()
      }
    },

    forget: (tenantId, how) => connections.forget(tenantId, how),
    figures: () => connections.figures(),
    close: () => connections.close(),
  }
}

/** What Kysely asks of a client: to be asked, and to be given back. */
function asPoolClient({ client, giveBack }: Lent): PostgresPoolClient {
  let broken = false
  const query = async (...question: Parameters<typeof client.query>): Promise<unknown> => {
    try {
      return await (client.query(...question) as unknown as Promise<unknown>) // without a callback it promises
    } catch (error) {
      if (isUnreachable(error)) {
        broken = true
        throw new Platform('tenant_unreachable', { cause: error })
      }
      // 25006: the database was set to reading only while it moves.
      if (pgCode(error) === '25006') throw new Platform('tenant_read_only', { cause: error })
      throw error
    }
  }
  return {
    query: query as unknown as PostgresPoolClient['query'], // Kysely asks with text and values, and no cursor
    release: (destroy) => giveBack({ broken: broken || destroy === true }),
  }
}

/** What `/metrics` tells of the connections to tenants' databases. */
export const tenantMeasures = (databases: Pick<TenantDatabases, 'figures'>): Measure[] =>
  (
    [
      ['open', 'Connections to tenants’ databases'],
      ['busy', 'Of them, those at work'],
      ['waiting', 'Questions that wait for a connection to a tenant’s database'],
      ['tenants', 'Tenants with an open connection'],
      ['evicted', 'Connections closed before their time to make room for another tenant, since the start'],
    ] as const
  ).map(([figure, help]) => ({
    name: `tenant_connections_${figure}`,
    help,
    read: () => Promise.resolve(databases.figures()[figure]),
  }))

const of = (tenantId: string, db: Kysely<DB>): TenantDb => Object.assign(db, { [whose]: tenantId })

/** @returns the tenant a handle belongs to */
export function tenantOf(db: TenantDb): string {
  return db[whose]
}
