/** The clusters that hold tenants' databases, and the provisioner's way into each. */
import pg from 'pg'
import type { Clock } from '#platform/server/clock.ts'
import { isOutage, type CentralDb } from '#platform/server/db.ts'
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
  /** On a connection of its own to one of its databases. */
  inside<R>(databaseName: string, work: (client: pg.Client) => Promise<R>): Promise<R>
}

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
        inside: (databaseName, work) => reaching(row, () => withOwn(databaseOn(url, databaseName), work)),
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

async function withOwn<R>(url: string, work: (client: pg.Client) => Promise<R>): Promise<R> {
  const client = new pg.Client({
    connectionString: url,
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
