/**
 * How the tenants fare: size, rows, connections, slow questions. Never all at once, since a database's size is a walk
 * through its files (0.94 s for 500 of them): the longest unmeasured first, a few at a time, as far as a run's budget goes.
 */
import type { Clock } from '#platform/server/clock.ts'
import type { CentralDb } from '#platform/server/db.ts'
import type { Schedule } from '#platform/server/jobs.ts'
import type { Logger } from '#platform/server/log.ts'
import { tell } from '#platform/server/news.ts'
import type { TenantDatabases } from '#platform/server/tenant-db.ts'
import type { Clusters } from './clusters.ts'
import { activityOf, insideOf, longestUnmeasured, writeHealth, type Activity } from './health-queries.ts'

export type Measuring = {
  databases: Pick<TenantDatabases, 'bare'>
  clusters: Pick<Clusters, 'provisioner'>
  clock: Clock
  log: Pick<Logger, 'warn'>
}

/** Of a run: after that it begins no further tenant. */
const budgetMs = 60_000
const atMost = 2_000
/** What a statement or an idle transaction has to last to count as slow. */
const slowAfter = 5
/** Connections a run holds at once. */
const atOnce = 3

type How = { budget?: number; limit?: number; slowAfterSeconds?: number }

/** By the clock, and a few at once when a process begins: what is new shows how it fares before the first five minutes are over. */
export function healthWatch(on: Measuring & { db: CentralDb }) {
  const leaving = new AbortController()
  const running = new Set<Promise<unknown>>()
  async function run(how: How = {}): Promise<void> {
    const measuring = measureTenants(on.db, on, { ...how, signal: leaving.signal })
    running.add(measuring)
    await measuring.finally(() => running.delete(measuring))
  }
  return {
    run,
    schedule: { name: 'tenant-health', cron: '*/5 * * * *', run: () => run() } satisfies Schedule,
    /** Begins no further tenant and waits for those it is at. */
    async close() {
      leaving.abort()
      await Promise.allSettled(running)
    },
  }
}

/** @returns how many were measured, and how many of those did not say how they fare */
export async function measureTenants(
  db: CentralDb,
  { databases, clusters, clock, log }: Measuring,
  {
    budget = budgetMs,
    limit = atMost,
    slowAfterSeconds = slowAfter,
    signal,
  }: How & { signal?: AbortSignal } = {},
): Promise<{ measured: number; silent: number }> {
  const waiting = await longestUnmeasured(db, limit)
  const activities = new Map<string, Promise<Activity | undefined>>()
  const activityOn = (clusterId: string) => {
    const known = activities.get(clusterId)
    if (known) return known
    const asking = clusters
      .provisioner(clusterId)
      .then((provisioner) => provisioner.run((cluster) => activityOf(cluster, slowAfterSeconds)))
      .catch((error: unknown) => {
        log.warn({ err: error, cluster: clusterId }, 'a cluster did not say who is connected to it')
        return undefined
      })
    activities.set(clusterId, asking)
    return asking
  }

  const told = { measured: 0, silent: 0 }
  const deadline = performance.now() + budget
  async function measureOn(): Promise<void> {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      if (signal?.aborted || performance.now() >= deadline) return
      const { id, clusterId, databaseName } = next
      // Before this run's own connections could be counted among them.
      const activity = await activityOn(clusterId)
      const here = activity && (activity.byDatabase.get(databaseName) ?? { connections: 0, slow: 0 })
      const inside = await databases.bare(id, 'keeper', insideOf).catch((error: unknown) => {
        log.warn({ err: error, tenant: id }, 'a tenant could not be measured')
        told.silent++
        return undefined
      })
      // What did not answer is measured too: it must not stand first in line for ever.
      await writeHealth(
        db,
        id,
        {
          sizeBytes: inside?.sizeBytes ?? null,
          rowsEstimated: inside?.rowsEstimated ?? null,
          connections: here?.connections ?? null,
          slowQueries: activity?.told ? (here?.slow ?? null) : null,
        },
        clock.now(),
      )
      told.measured++
    }
  }
  await Promise.all(Array.from({ length: atOnce }, measureOn))
  if (told.measured > 0) await tell(db, { topic: 'tenants', needs: 'tenants.read' })
  return told
}
