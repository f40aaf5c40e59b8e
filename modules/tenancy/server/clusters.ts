/** The clusters that hold tenants' databases, and the provisioner's way into each. */
import pg from 'pg'
import type { Clock } from '#platform/server/clock.ts'
import { withLogin } from '#platform/server/database-logins.ts'
import { isOutage, pgCode, type CentralDb } from '#platform/server/db.ts'
import { uuidv7 } from '#platform/server/ids.ts'
import type { Logger } from '#platform/server/log.ts'
import { tell } from '#platform/server/news.ts'
import type { Vault } from '#platform/server/vault.ts'
import {
  clusterRowById,
  clusterRowByName,
  insertCluster,
  markReachable,
  markUnreachable,
  moveClusterTo,
  type ClusterRow,
} from './cluster-queries.ts'
import { loginOf, passwordOf, verifierOf } from './logins.ts'
import { ClusterUnreachable } from './works.ts'

/** The one that holds the central database too. */
export const mainCluster = 'main'

/** The provisioner at work on one cluster. Outages are noted on the cluster. @throws ClusterUnreachable */
export type Provisioner = {
  cluster: Pick<ClusterRow, 'id' | 'name' | 'address' | 'templateName'>
  /** With its password; the database in it is where it works from. */
  url: string
  /** On a connection that is kept for a while, in no database of a tenant. */
  run<R>(work: (client: pg.ClientBase) => Promise<R>): Promise<R>
  /**
   * On a connection of its own, as the provisioner, to a database none of a tenant's logins has ever been let into. What
   * somebody planted in another one would act with its rights, over all of the cluster.
   */
  inside<R>(databaseName: string, work: (client: pg.Client) => Promise<R>): Promise<R>
  /**
   * On a connection of its own to a database that tenants' logins come into, or came: as its own owner login. What is
   * planted there finds nobody's rights but those of who could plant it.
   */
  asItsOwner<R>(database: Lived, work: (client: pg.Client) => Promise<R>): Promise<R>
}

/** A tenant's database, and what its logins' passwords are derived from. */
export type Lived = { databaseName: string; loginRole: string; loginSecret: Uint8Array }

export type Clusters = {
  /** Puts the cluster of PROVISIONER_DATABASE_URL into the catalogue, or follows it to where it is now. */
  ensure(name: string, provisionerUrl: string, capacity?: number): Promise<string>
  /** @throws when there is no such cluster */
  provisioner(clusterId: string): Promise<Provisioner>
  /** Notes whether it answers, for whoever found out. */
  found(clusterId: string, trouble: unknown): Promise<void>
  close(): Promise<void>
}

const patienceMs = 3_000
const connections = 4

export const provisionerPlace = (clusterId: string) => `clusters.provisioner_url:${clusterId}`

export function openClusters(on: { db: CentralDb; vault: Vault; clock: Clock; log: Logger }): Clusters {
  const { db, vault, clock, log } = on
  const pools = new Map<string, { url: string; pool: pg.Pool }>()

  /** One pool a cluster: another address ends the former. */
  function poolOf(id: string, url: string): pg.Pool {
    const known = pools.get(id)
    if (known?.url === url) return known.pool
    void known?.pool.end()
    const pool = new pg.Pool({
      connectionString: url,
      max: connections,
      application_name: 'magestionpsy provisioner',
      connectionTimeoutMillis: patienceMs,
      idleTimeoutMillis: 10_000,
    })
    pool.on('error', (error) =>
      log.warn({ err: error, cluster: id }, 'an idle connection of the provisioner broke'),
    )
    pool.on('connect', (client) => client.on('error', () => {}))
    pools.set(id, { url, pool })
    return pool
  }

  async function found(id: string, trouble: unknown): Promise<void> {
    const isNews =
      trouble === undefined
        ? await markReachable(db, id)
        : await markUnreachable(db, id, said(trouble), clock.now())
    if (isNews) await tell(db, { topic: 'tenants', needs: 'tenants.read' })
  }

  /** An outage is noted before it is told; the first answer after one too. */
  async function reaching<R>(row: ClusterRow, work: () => Promise<R>): Promise<R> {
    try {
      const result = await work()
      if (row.unreachableSince) await found(row.id, undefined)
      return result
    } catch (error) {
      if (!isOutage(error)) throw error
      await found(row.id, error)
      throw new ClusterUnreachable(said(error))
    }
  }

  /**
   * Within a tenant's database an error says nothing of its cluster: a trigger raises whichever it likes, and its owner may
   * end our connection. Whether the cluster answers is asked where no tenant is.
   */
  async function believing<R>(row: ClusterRow, pool: pg.Pool, work: () => Promise<R>): Promise<R> {
    try {
      return await work()
    } catch (error) {
      if (isOutage(error)) await reaching(row, () => withPooled(pool, (client) => client.query('SELECT')))
      throw error
    }
  }

  return {
    async ensure(name, provisionerUrl, capacity) {
      const address = addressOf(provisionerUrl)
      const seal = (id: string) => vault.seal(Buffer.from(provisionerUrl), provisionerPlace(id))
      const fresh = uuidv7(clock.now().getTime())
      const row = await clusterRowByName(db, name)
      if (!row) {
        const made = { id: fresh, name, address, provisionerUrlSealed: seal(fresh) }
        if (await insertCluster(db, capacity === undefined ? made : { ...made, capacity })) return fresh
        return this.ensure(name, provisionerUrl)
      }
      const known = vault.open(row.provisionerUrlSealed, provisionerPlace(row.id)).toString()
      if (known !== provisionerUrl)
        await moveClusterTo(db, row.id, { address, provisionerUrlSealed: seal(row.id) })
      return row.id
    },

    async provisioner(clusterId) {
      const row = await clusterRowById(db, clusterId)
      if (!row) throw new Error(`there is no cluster ${clusterId}`)
      const url = vault.open(row.provisionerUrlSealed, provisionerPlace(row.id)).toString()
      const { id, name, address, templateName } = row
      return {
        cluster: { id, name, address, templateName },
        url,
        run: (work) => reaching(row, () => withPooled(poolOf(id, url), work)),
        inside: (databaseName, work) =>
          reaching(row, () => withOwn({ connectionString: databaseOn(url, databaseName) }, work)),
        asItsOwner: (database, work) => {
          const pool = poolOf(id, url)
          return believing(row, pool, () => withOwner(url, pool, database, work))
        },
      }
    },

    found,

    async close() {
      await Promise.all([...pools.values()].map(({ pool }) => pool.end()))
      pools.clear()
    },
  }
}

async function withPooled<R>(pool: pg.Pool, work: (client: pg.ClientBase) => Promise<R>): Promise<R> {
  const client = await pool.connect()
  let broken = true
  try {
    const result = await work(client)
    broken = false
    return result
  } finally {
    // Whatever a failure left behind on it (a transaction, a lock) goes with it.
    client.release(broken)
  }
}

/**
 * Whoever holds the login may have given it settings (`ALTER ROLE … SET`): those a connection begins with come before
 * them. The role is the owner of what is inside; what falls back from it falls back to this tenant's login.
 */
const ownSettings = [
  'role=mgp_tenant_owner',
  'search_path=public,pg_temp',
  'default_transaction_read_only=off',
  'default_transaction_isolation=read\\ committed',
  'lock_timeout=0',
  'statement_timeout=0',
  'transaction_timeout=0',
  'idle_in_transaction_session_timeout=0',
  'standard_conforming_strings=on',
  'check_function_bodies=on',
  'timezone=UTC',
]
  .map((setting) => `-c ${setting}`)
  .join(' ')

const wrongPassword = '28P01'

async function withOwner<R>(
  url: string,
  pool: pg.Pool,
  { databaseName, loginRole, loginSecret }: Lived,
  work: (client: pg.Client) => Promise<R>,
): Promise<R> {
  const login = loginOf(loginRole, 'owner')
  const password = passwordOf(loginSecret, login)
  const way = {
    connectionString: withLogin(databaseOn(url, databaseName), login, password),
    options: ownSettings,
  }
  let cameIn = false
  const come = () =>
    withOwn(way, async (client) => {
      cameIn = true
      return work(client)
    })
  try {
    return await come()
  } catch (error) {
    if (cameIn || pgCode(error) !== wrongPassword) throw error
    // A login may change its own password: the derived one is put back.
    const verifier = pg.escapeLiteral(verifierOf(password))
    await withPooled(pool, (client) => client.query(`ALTER ROLE ${login} PASSWORD ${verifier}`))
    return come()
  }
}

async function withOwn<R>(way: pg.ClientConfig, work: (client: pg.Client) => Promise<R>): Promise<R> {
  const client = new pg.Client({
    ...way,
    application_name: 'magestionpsy provisioner',
    connectionTimeoutMillis: patienceMs,
  })
  client.on('error', () => {})
  try {
    await client.connect()
    return await work(client)
  } finally {
    await client.end().catch(() => {})
  }
}

export function databaseOn(url: string, databaseName: string): string {
  const target = new URL(url)
  target.pathname = `/${databaseName}`
  return target.href
}

/** Host, port and how TLS is spoken: without who comes, and to which database. */
function addressOf(url: string): string {
  const target = new URL(url)
  target.username = ''
  target.password = ''
  target.pathname = ''
  return target.href
}

/** A host with several addresses fails with one error for each. */
function said(error: unknown): string {
  if (error instanceof AggregateError) return said(error.errors[0])
  return (error instanceof Error ? error.message : String(error)).slice(0, 2_000)
}
