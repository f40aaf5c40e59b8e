/** Where a login leads, and what its first question must find there: the right database, as whom one meant to be, of whom it is. */
import type pg from 'pg'
import type { TenantPlace } from '#platform/server/tenant-db.ts'

export type WayIn = {
  /** Two with the same lead to the same place as the same login. */
  key: string
  /** Whose connections are counted together. */
  group: string
  config(): pg.ClientConfig
  /**
   * @param along questions of ours that go with the first one: their answers are worth something once it is answered well
   * @throws Misled
   */
  greet(client: pg.Client, along?: string): Promise<Greeting & { along?: unknown[] }>
}

/** `oid`: the database's own number; one that was put in its place has another, and so have its tables. */
export type Greeting = { version: number; oid: string }

/** It leads somewhere else than it should: nothing that is typed goes there. */
export class Misled extends Error {
  readonly found: Record<string, unknown>
  constructor(found: Record<string, unknown>) {
    super('a connection of the console led to another database than it should')
    this.name = 'Misled'
    this.found = found
  }
}

export function wayToTenant(place: TenantPlace, as: 'console' | 'owner'): WayIn {
  const user = `${place.loginRole}_${as}`
  const { databaseName, tenantId } = place
  return {
    key: `${place.address} ${databaseName} ${user}`,
    group: user,
    config() {
      const url = new URL(place.address)
      url.pathname = `/${databaseName}`
      url.username = user
      url.password = encodeURIComponent(place.passwordOf(as))
      return { connectionString: url.href }
    },
    async greet(client, along = '') {
      // One question each: to plan them together takes a backend that knows nothing yet half as long again.
      const results = await client.query(
        `SELECT current_database() AS database, oid, session_user AS login FROM pg_database WHERE datname = current_database();
         SELECT tenant_id AS tenant FROM public.practice; SELECT version FROM public.schema_migrations; ${along}`,
      )
      const [{ rows: found }, { rows: practices }, { rows: versions }, ...more] =
        results as unknown as ToTenant // node-postgres gives a list for a list
      const { database, login, oid } = found[0]! // there is always one
      const tenant = practices[0]?.tenant
      if (database !== databaseName || login !== user || tenant !== tenantId)
        throw new Misled({ database, login, tenant })
      return { version: newest(versions), oid: String(oid), along: more }
    },
  }
}

/** Which cluster and database the server itself works on: what is meant by `central`. */
export type Central = { cluster: string; database: string }

/** @param central asked of the server's own connections */
export function wayToCentral(url: string, central: () => Promise<Central>): WayIn {
  const user = decodeURIComponent(new URL(url).username)
  return {
    key: `central ${url}`,
    group: `central ${user}`,
    config: () => ({ connectionString: url }),
    async greet(client) {
      const [meant, { rows }] = await Promise.all([
        central(),
        client.query<Found & { cluster: string; version: number | null }>(
          `SELECT ${whichCluster} AS cluster, current_database() AS database, ${ownNumber} AS oid, session_user AS login, version
           FROM (SELECT) AS always LEFT JOIN public.schema_migrations ON true`,
        ),
      ])
      const { cluster, database, login, oid } = rows[0]! // there is always one
      if (cluster !== meant.cluster || database !== meant.database || login !== user)
        throw new Misled({ cluster, database, login })
      return { version: newest(rows), oid }
    },
  }
}

/** Given by initdb, and the same on its standbys alone. */
export const whichCluster = '(SELECT system_identifier::text FROM pg_control_system())'

const ownNumber = '(SELECT oid::text FROM pg_database WHERE datname = current_database())'

type ToTenant = [
  { rows: { database: string; oid: number; login: string }[] },
  { rows: { tenant: string }[] },
  { rows: { version: number }[] },
  ...unknown[],
]
type Found = { database: string; oid: string; login: string }

/** A row a migration: what is looked up for an aggregate takes longer. */
const newest = (rows: readonly { version: number | null }[]): number =>
  Math.max(0, ...rows.map(({ version }) => version ?? 0))
